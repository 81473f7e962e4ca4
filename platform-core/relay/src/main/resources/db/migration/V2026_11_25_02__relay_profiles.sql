CREATE TABLE channel_profile (
    id ${key} NOT NULL PRIMARY KEY,
    family ${key} NOT NULL,
    body ${text} NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    revision BIGINT NOT NULL
) ${options};
