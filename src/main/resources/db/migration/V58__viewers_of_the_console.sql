-- Who may look at the console and change nothing (docs/adr/0063). The former version knows operators alone: what it opens is an
-- operator's, and a viewer's session has a mark that it takes for no session at all.
--
-- Classification (table, column: class; purpose; retention; readers)
-- console_session.role: public; says what the session may do; as hash; console
ALTER TABLE console_session ADD COLUMN role text NOT NULL DEFAULT 'operator' CHECK (role IN ('operator', 'viewer'));
