-- Who is signed in to the console (docs/adr/0056). The former version knows no such table and does not miss it.
--
-- Classification (table, column: class; purpose; retention; readers)
-- console_session.hash: secret; finds a session by its cookie; until sign-out, 8 hours at most; console
-- console_session.operator: personal; names the operator in the audit log; as hash; console, operators
-- console_session.multi_factor: public; whether changes need a stronger sign-in; as hash; console
-- console_session.mark: pseudonymous; ends the session with the token that opened it; as hash; console
-- console_session.opened_at: pseudonymous; ends the session after 8 hours; as hash; console
-- console_session.used_at: pseudonymous; ends the session when nobody uses it for 30 minutes; as hash; console
CREATE TABLE console_session (
  hash         bytea PRIMARY KEY,      -- keyed hash of what the cookie holds
  operator     text        NOT NULL,   -- subject
  multi_factor boolean     NOT NULL,
  mark         text        NOT NULL,   -- of the local token; empty for a session opened by OIDC
  opened_at    timestamptz NOT NULL,
  used_at      timestamptz NOT NULL    -- by a person, not by a timer of the page; to the minute
);
CREATE INDEX console_session_opened ON console_session (opened_at);
