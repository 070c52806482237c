-- Of an account's own: no version since account_ids writes account_id, and each claim paid for an entry of nothing (docs/adr/0039).
-- What looks for an account among the few rows that are being sent reads them by delivery_sending.
DROP INDEX IF EXISTS delivery_sending_account;
