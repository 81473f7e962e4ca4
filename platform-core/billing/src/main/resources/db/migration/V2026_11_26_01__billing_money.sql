-- Plans, codes, parts of a usage, and what a charge was computed with.

-- The versions of the price list hold the rules, so that no second copy can differ from them.
DROP TABLE price_rule;

-- price_group and priced_at, with price_version, find the price of a request again. plan_item is the item of a plan that
-- pays with one unit of the window that began at plan_window; null when credits pay.
ALTER TABLE reservation ADD COLUMN price_group ${name} NOT NULL DEFAULT '';
ALTER TABLE reservation ADD COLUMN priced_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE reservation ADD COLUMN plan_item ${name};
ALTER TABLE reservation ADD COLUMN plan_window BIGINT;
UPDATE reservation SET priced_at = created_at;

-- units is how often a price for a call was charged; usage_parts holds the rarer counts of a usage as JSON.
ALTER TABLE ledger_entry ADD COLUMN units BIGINT;
ALTER TABLE ledger_entry ADD COLUMN usage_parts ${text};
ALTER TABLE ledger_entry ADD COLUMN plan_item ${name};

-- What a user has used of the items of plans. used counts in the window that began at window_start.
CREATE TABLE plan_usage (
    user_id      BIGINT NOT NULL,
    item         ${name} NOT NULL,
    window_start BIGINT NOT NULL,
    used         BIGINT NOT NULL,
    updated_at   BIGINT NOT NULL,
    PRIMARY KEY (user_id, item)
) ${options};

-- One row for each user who ever had a plan. anchor_at is the moment from which months are counted; paid_share, in
-- millionths, is what was paid for the time that is left, of its list price.
CREATE TABLE plan_subscription (
    user_id     BIGINT NOT NULL PRIMARY KEY,
    level       INTEGER NOT NULL,
    expires_at  BIGINT NOT NULL,
    anchor_at   BIGINT NOT NULL,
    total_month BIGINT NOT NULL,
    enterprise  ${bool} NOT NULL,
    paid_share  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
) ${options};

-- Gift codes (type is set: each user may use one of a type) and redeem codes (type is null). expires_at may be null.
CREATE TABLE credit_code (
    code       ${key} NOT NULL PRIMARY KEY,
    type       ${name},
    micro      BIGINT NOT NULL,
    max_uses   BIGINT NOT NULL,
    uses       BIGINT NOT NULL,
    expires_at BIGINT,
    batch      ${key} NOT NULL,
    created_by ${name} NOT NULL,
    created_at BIGINT NOT NULL
) ${options};

CREATE INDEX credit_code_batch ON credit_code (batch);
CREATE INDEX credit_code_time ON credit_code (created_at);

-- Who used a code, and when. type repeats that of the code, so that the database itself refuses a second gift of a type;
-- it is null for redeem codes.
CREATE TABLE credit_code_use (
    code    ${key} NOT NULL,
    user_id BIGINT NOT NULL,
    type    ${name},
    micro   BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    PRIMARY KEY (code, user_id)
) ${options};

CREATE UNIQUE INDEX credit_code_use_gift ON credit_code_use (user_id, type);
