-- What the operator wants of each plugin; every node moves itself towards it.
-- origin tells who chose the version: BUNDLED rows follow the distribution, OPERATOR rows do not.
-- A removed plugin keeps its row, so that the distribution does not bring it back.
-- canary_share is the share of new calls in percent that the version gets; null means all of them. Nothing sets it yet.
CREATE TABLE plugin (
    id               ${name} NOT NULL PRIMARY KEY,
    version          ${name} NOT NULL,
    file_name        ${name} NOT NULL,
    sha256           ${key} NOT NULL,
    previous_version ${name},
    previous_file    ${name},
    previous_sha256  ${key},
    enabled          ${bool} NOT NULL,
    removed          ${bool} NOT NULL,
    origin           ${key} NOT NULL,
    canary_share     INTEGER,
    updated_at       BIGINT NOT NULL
) ${options};
