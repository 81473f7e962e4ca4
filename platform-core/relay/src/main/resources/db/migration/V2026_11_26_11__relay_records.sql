-- What a request record did not tell so far.
--
-- status is the HTTP status the client got, 0 when it left before or when that was not written down. channel_name is the
-- channel's name at that time. paid_by is empty for credits. written_off is the part of the cost, in micro-credits, that
-- the account could not pay. task_id names the task whose end closes the call's reservation, empty for none.
ALTER TABLE request_record ADD COLUMN cached_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE request_record ADD COLUMN reasoning_tokens BIGINT NOT NULL DEFAULT 0;
ALTER TABLE request_record ADD COLUMN estimated ${bool} NOT NULL DEFAULT 0;
ALTER TABLE request_record ADD COLUMN status INTEGER NOT NULL DEFAULT 0;
ALTER TABLE request_record ADD COLUMN channel_name ${name} NOT NULL DEFAULT '';
ALTER TABLE request_record ADD COLUMN paid_by ${name} NOT NULL DEFAULT '';
ALTER TABLE request_record ADD COLUMN written_off BIGINT NOT NULL DEFAULT 0;
ALTER TABLE request_record ADD COLUMN task_id ${key} NOT NULL DEFAULT '';

-- Answers, whole or in part, have left under a 200. Names and tasks are those of today, which is the best that is known.
UPDATE request_record SET status = 200 WHERE outcome IN ('answered', 'broken');
UPDATE request_record
   SET channel_name = COALESCE((SELECT c.name FROM channel c WHERE c.id = request_record.channel_id), '');
UPDATE request_record
   SET task_id = COALESCE((SELECT MAX(t.id) FROM task t WHERE t.request_id = request_record.request_id), '');

CREATE INDEX request_record_model ON request_record (model, started_at);
CREATE INDEX request_record_channel ON request_record (channel_id, started_at);
CREATE INDEX request_record_task ON request_record (task_id, started_at);

-- Finds the changes of balances that were no calls, which the request log shows too, among all the charges.
CREATE INDEX ledger_entry_kind ON ledger_entry (kind, created_at);
