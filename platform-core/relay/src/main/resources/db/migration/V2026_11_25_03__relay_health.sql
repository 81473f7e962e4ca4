CREATE TABLE channel_key_rest (
    channel_id BIGINT NOT NULL,
    key_mark ${key} NOT NULL,
    kind ${name} NOT NULL,
    reason ${text} NOT NULL,
    strikes INTEGER NOT NULL,
    since BIGINT NOT NULL,
    until_at BIGINT NOT NULL,
    PRIMARY KEY (channel_id, key_mark)
) ${options};
