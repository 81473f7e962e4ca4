-- Work that upstreams do for minutes or hours. A row is written before the work is handed in, so upstream_id is null
-- until the upstream has answered; finished_at is null while the work goes on.
--
-- key_mark stands for the key line of the channel, hook_hash is the SHA-256 of the token in the address the upstream may
-- call. hold names the ledger's reservation it is paid from; closed is 1 when nothing is left to be paid or given back.
CREATE TABLE task (
    id             ${key} NOT NULL PRIMARY KEY,
    request_id     ${key} NOT NULL,
    user_id        BIGINT NOT NULL,
    channel_id     BIGINT NOT NULL,
    channel_type   ${name} NOT NULL,
    key_mark       ${key} NOT NULL,
    action         ${name} NOT NULL,
    model          ${name} NOT NULL,
    public_model   ${name} NOT NULL,
    hook_hash      ${key} NOT NULL,
    node           ${key} NOT NULL,
    upstream_id    ${name},
    phase          ${key} NOT NULL,
    progress       INTEGER NOT NULL,
    artifacts      ${text} NOT NULL,
    buttons        ${text} NOT NULL,
    words          ${text},
    used           ${text},
    fault          ${text},
    memo           ${text} NOT NULL,
    hold           ${key},
    held           BIGINT NOT NULL,
    price_version  BIGINT NOT NULL,
    input_estimate BIGINT NOT NULL,
    closed         ${bool} NOT NULL,
    next_check_at  BIGINT NOT NULL,
    checks         INTEGER NOT NULL,
    version        BIGINT NOT NULL,
    created_at     BIGINT NOT NULL,
    updated_at     BIGINT NOT NULL,
    finished_at    BIGINT
) ${options};

CREATE UNIQUE INDEX task_hook ON task (hook_hash);
CREATE INDEX task_user ON task (user_id, upstream_id);
CREATE INDEX task_channel ON task (channel_id, upstream_id);
CREATE INDEX task_request ON task (request_id);

-- Finds what a node has not finished.
CREATE INDEX task_unfinished ON task (node, closed);
