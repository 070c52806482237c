-- Bounds of time (docs/adr/0029) belong to the role: a pooler refuses them on a connection, or loses them. They hold for connections
-- that are opened from now on. A role that works but does not migrate gets the same from its administrator (infra/database/roles.sql).
DO $$
DECLARE
  bound text;
BEGIN
  FOREACH bound IN ARRAY ARRAY[
    -- A process that stands still in the middle of a transaction lets go of its locks.
    'idle_in_transaction_session_timeout = ''5s''',
    -- Below the time in which every request is answered.
    'lock_timeout = ''4s''',
    -- A client that takes no answer off the wire is gone.
    'tcp_user_timeout = ''10s''']
  LOOP
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET ', session_user, current_database()) || bound;
  END LOOP;
END $$;
