-- The three users of the application, once for a new cell, as towncrier_admin. None has a password: rds_iam lets them in by token.
--
-- RDS asks every member of rds_iam for a token, also one by way of another role, and PostgreSQL makes the one who creates a role a
-- member of it. So the administrator creates none: with the maker, who is dropped at the end, the only ways from the
-- administrator to rds_iam are gone, and its password goes on to open the database. DatabaseRolesTest tries it.
BEGIN;
SELECT set_config('towncrier.was_member', pg_has_role(current_user, 'rds_iam', 'MEMBER')::text, true);
CREATE ROLE towncrier_maker CREATEROLE;
GRANT towncrier_maker TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;

SET LOCAL ROLE towncrier_maker;
CREATE ROLE towncrier_owner LOGIN;
CREATE ROLE towncrier LOGIN;
CREATE ROLE towncrier_sender LOGIN;
GRANT towncrier_owner TO towncrier_maker WITH INHERIT FALSE, SET TRUE;
-- On the roles, as the proxy refuses or loses what a connection sets. The service thinks no second between two statements.
ALTER ROLE towncrier SET idle_in_transaction_session_timeout = '5s';
ALTER ROLE towncrier SET lock_timeout = '4s';
ALTER ROLE towncrier SET tcp_user_timeout = '10s';
ALTER ROLE towncrier_sender SET idle_in_transaction_session_timeout = '5s';
ALTER ROLE towncrier_sender SET lock_timeout = '4s';
ALTER ROLE towncrier_sender SET tcp_user_timeout = '10s';
RESET ROLE;

GRANT rds_iam TO towncrier_owner, towncrier, towncrier_sender;
GRANT ALL ON DATABASE towncrier TO towncrier_owner;
GRANT CONNECT ON DATABASE towncrier TO towncrier, towncrier_sender;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO towncrier_owner;
GRANT USAGE ON SCHEMA public TO towncrier, towncrier_sender;

-- The owner migrates: what it makes, the service may read and write, but not alter. Who sends gets single columns of it, which the
-- function migrate gives it behind each migration (src/main/resources/db/roles/sender.sql).
SET LOCAL ROLE towncrier_owner;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO towncrier;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO towncrier;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO towncrier;
RESET ROLE;

DROP ROLE towncrier_maker;
DO $$
BEGIN
  IF pg_has_role(current_user, 'rds_iam', 'MEMBER') AND NOT current_setting('towncrier.was_member')::boolean THEN
    RAISE EXCEPTION '% has become a member of rds_iam, which would take its password away: nothing is changed', current_user;
  END IF;
END
$$;
COMMIT;
