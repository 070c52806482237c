-- The two users of the application, once for a new cell, as towncrier_admin. Neither has a password: rds_iam lets them in by token.
CREATE ROLE towncrier_owner LOGIN;
CREATE ROLE towncrier LOGIN;
GRANT rds_iam TO towncrier_owner, towncrier;

-- The owner migrates: what it makes, the other may read and write, but not alter.
GRANT ALL ON DATABASE towncrier TO towncrier_owner;
GRANT CONNECT ON DATABASE towncrier TO towncrier;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO towncrier_owner;
GRANT USAGE ON SCHEMA public TO towncrier;
GRANT towncrier_owner TO towncrier_admin;
ALTER DEFAULT PRIVILEGES FOR ROLE towncrier_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO towncrier;
ALTER DEFAULT PRIVILEGES FOR ROLE towncrier_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO towncrier;
ALTER DEFAULT PRIVILEGES FOR ROLE towncrier_owner IN SCHEMA public
  GRANT EXECUTE ON FUNCTIONS TO towncrier;
