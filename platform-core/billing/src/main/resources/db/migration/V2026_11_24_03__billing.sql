-- Money. Amounts are micro-credits, times are epoch milliseconds UTC.

-- What a user owns (balance = credited - settled), holds for running calls (reserved = sum of open reservations)
-- and has spent (used). version guards every update.
CREATE TABLE credit_account (
    user_id    BIGINT NOT NULL PRIMARY KEY,
    balance    BIGINT NOT NULL,
    reserved   BIGINT NOT NULL,
    used       BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
) ${options};

-- One row for each accepted request, free ones included. closed_at is null while state is OPEN.
CREATE TABLE reservation (
    request_id    ${key} NOT NULL PRIMARY KEY,
    user_id       BIGINT NOT NULL,
    micro         BIGINT NOT NULL,
    model         ${name} NOT NULL,
    price_version BIGINT NOT NULL,
    node          ${key} NOT NULL,
    process       ${key} NOT NULL,
    state         ${key} NOT NULL,
    created_at    BIGINT NOT NULL,
    closed_at     BIGINT
) ${options};

-- Finds the open ones: they are the rows without closed_at.
CREATE INDEX reservation_closed ON reservation (closed_at);

-- Every change of a balance, and every outcome of a request even when it moved nothing.
-- micro is signed; written_off is the part of a cost that was not charged. request_id is the request, or the key that
-- keeps a credit from being booked twice.
CREATE TABLE ledger_entry (
    id              ${id},
    user_id         BIGINT NOT NULL,
    request_id      ${key} NOT NULL,
    kind            ${key} NOT NULL,
    micro           BIGINT NOT NULL,
    written_off     BIGINT NOT NULL,
    balance_after   BIGINT NOT NULL,
    actor           ${name} NOT NULL,
    reason          ${text} NOT NULL,
    model           ${name},
    price_version   BIGINT,
    usage_input     BIGINT,
    usage_output    BIGINT,
    usage_cached    BIGINT,
    usage_reasoning BIGINT,
    usage_estimated ${bool},
    created_at      BIGINT NOT NULL
) ${options};

CREATE UNIQUE INDEX ledger_entry_request ON ledger_entry (request_id, kind);
CREATE INDEX ledger_entry_user ON ledger_entry (user_id, id);

-- The current price rules. Prices are exact decimals, written as text.
CREATE TABLE price_rule (
    id        BIGINT NOT NULL PRIMARY KEY,
    position  BIGINT NOT NULL,
    type      ${name} NOT NULL,
    models    ${text} NOT NULL,
    input     ${name} NOT NULL,
    output    ${name} NOT NULL,
    anonymous ${bool} NOT NULL
) ${options};

-- All versions of the price list, each with its rules as JSON, so that any charge can be computed again.
CREATE TABLE price_version (
    version    BIGINT NOT NULL PRIMARY KEY,
    rules      ${text} NOT NULL,
    created_at BIGINT NOT NULL
) ${options};
