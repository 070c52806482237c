-- The three users of the application, as towncrier_admin. None has a password: rds_iam lets them in by token. It makes who is
-- missing: all three in a new cell, one in a cell that is older than that user. Who is there already stays as it is.
--
-- RDS asks every member of rds_iam for a token, also one by way of another role, and PostgreSQL makes the one who creates a role a
-- member of it. So the administrator creates none: with the maker, who is dropped at the end, the only ways from the
-- administrator to rds_iam are gone, and its password goes on to open the database. DatabaseRolesTest tries it.
BEGIN;
SELECT set_config('towncrier.was_member', pg_has_role(current_user, 'rds_iam', 'MEMBER')::text, true);
CREATE ROLE towncrier_maker CREATEROLE;
GRANT towncrier_maker TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;

SET LOCAL ROLE towncrier_maker;
DO $$
DECLARE
  missing text;
BEGIN
  FOR missing IN
    SELECT asked.name FROM unnest(ARRAY['towncrier_owner', 'towncrier', 'towncrier_sender']) AS asked (name)
    WHERE NOT EXISTS (SELECT 1 FROM pg_roles AS role WHERE role.rolname = asked.name)
  LOOP
    EXECUTE format('CREATE ROLE %I LOGIN', missing);
    IF missing = 'towncrier_owner' THEN
      GRANT towncrier_owner TO towncrier_maker WITH INHERIT FALSE, SET TRUE;
    ELSE
      -- On the roles, as the proxy refuses or loses what a connection sets. The service thinks no second between two statements.
      EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', missing, '5s');
      EXECUTE format('ALTER ROLE %I SET lock_timeout = %L', missing, '4s');
      EXECUTE format('ALTER ROLE %I SET tcp_user_timeout = %L', missing, '10s');
    END IF;
  END LOOP;
END
$$;
RESET ROLE;

GRANT rds_iam TO towncrier_owner, towncrier, towncrier_sender;
GRANT ALL ON DATABASE towncrier TO towncrier_owner;
GRANT CONNECT ON DATABASE towncrier TO towncrier, towncrier_sender;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO towncrier_owner;
GRANT USAGE ON SCHEMA public TO towncrier, towncrier_sender;

-- The owner migrates: what it makes, the service may read and write, but not alter. Who sends gets single columns of it, which the
-- function migrate gives it behind each migration (src/main/resources/db/roles/sender.sql).
-- Only the owner says so, and the maker may speak for an owner that it has just made; an older one has said it.
DO $$
BEGIN
  IF pg_has_role('towncrier_maker', 'towncrier_owner', 'SET') THEN
    SET LOCAL ROLE towncrier_owner;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO towncrier;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO towncrier;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO towncrier;
    RESET ROLE;
  END IF;
END
$$;

DROP ROLE towncrier_maker;
DO $$
BEGIN
  IF pg_has_role(current_user, 'rds_iam', 'MEMBER') AND NOT current_setting('towncrier.was_member')::boolean THEN
    RAISE EXCEPTION '% has become a member of rds_iam, which would take its password away: nothing is changed', current_user;
  END IF;
END
$$;
COMMIT;
