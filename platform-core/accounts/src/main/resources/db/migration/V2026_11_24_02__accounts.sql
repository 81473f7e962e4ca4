CREATE TABLE users (
    id ${id},
    username ${name} NOT NULL,
    email ${name},
    password_hash VARCHAR(255) NOT NULL,
    admin ${bool} NOT NULL,
    banned ${bool} NOT NULL,
    session_version INTEGER NOT NULL,
    must_change_password ${bool} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    CONSTRAINT users_username UNIQUE (username),
    CONSTRAINT users_email UNIQUE (email)
) ${options};

-- The key named 'default' is the one GET /apikey serves; hash is SHA-256 in hex, sealed is the key itself, encrypted.
CREATE TABLE api_keys (
    id ${id},
    user_id BIGINT NOT NULL,
    name ${name} NOT NULL,
    hash VARCHAR(64) NOT NULL,
    sealed VARCHAR(255) NOT NULL,
    prefix VARCHAR(16) NOT NULL,
    scopes VARCHAR(255) NOT NULL,
    disabled ${bool} NOT NULL,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT,
    CONSTRAINT api_keys_hash UNIQUE (hash),
    CONSTRAINT api_keys_name UNIQUE (user_id, name),
    CONSTRAINT api_keys_user FOREIGN KEY (user_id) REFERENCES users (id)
) ${options};

CREATE TABLE audit_log (
    id ${id},
    actor ${name} NOT NULL,
    action VARCHAR(64) NOT NULL,
    subject ${name} NOT NULL,
    detail ${text} NOT NULL,
    at BIGINT NOT NULL
) ${options};
