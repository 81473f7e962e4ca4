-- What the upstream says of the work itself, as a JSON object of texts (seconds, size); null for nothing.
ALTER TABLE task ADD COLUMN details ${text};

-- Products that only the key of the task's channel can fetch. name is the name of the file it becomes, reference what the
-- plugin calls it; fetched_at is null until the file is there.
CREATE TABLE task_product (
    name         ${key} NOT NULL PRIMARY KEY,
    task_id      ${key} NOT NULL,
    kind         ${name} NOT NULL,
    reference    ${name} NOT NULL,
    content_type ${name},
    created_at   BIGINT NOT NULL,
    fetched_at   BIGINT
) ${options};

CREATE INDEX task_product_task ON task_product (task_id);
CREATE INDEX task_product_open ON task_product (fetched_at, created_at);
