CREATE TABLE channel (
    id ${id},
    name ${name} NOT NULL,
    type ${name} NOT NULL,
    priority INTEGER NOT NULL,
    weight INTEGER NOT NULL,
    models ${text} NOT NULL,
    retry INTEGER NOT NULL,
    secret ${text} NOT NULL,
    endpoint ${text} NOT NULL,
    mapper ${text} NOT NULL,
    active ${bool} NOT NULL,
    user_groups ${text} NOT NULL,
    proxy ${text} NOT NULL,
    extra ${text} NOT NULL,
    updated_at BIGINT NOT NULL
) ${options};

CREATE TABLE request_record (
    request_id ${key} NOT NULL PRIMARY KEY,
    user_id BIGINT NOT NULL,
    key_id BIGINT NOT NULL,
    model ${name} NOT NULL,
    upstream_model ${name} NOT NULL,
    channel_id BIGINT NOT NULL,
    plugin_id ${name} NOT NULL,
    plugin_version ${name} NOT NULL,
    generation BIGINT NOT NULL,
    streamed ${bool} NOT NULL,
    outcome ${name} NOT NULL,
    fault ${name} NOT NULL,
    attempts INTEGER NOT NULL,
    input_tokens BIGINT NOT NULL,
    output_tokens BIGINT NOT NULL,
    micro BIGINT NOT NULL,
    started_at BIGINT NOT NULL,
    first_token_ms BIGINT NOT NULL,
    duration_ms BIGINT NOT NULL,
    notes ${text} NOT NULL
) ${options};

CREATE INDEX request_record_user ON request_record (user_id, started_at);
CREATE INDEX request_record_time ON request_record (started_at);
