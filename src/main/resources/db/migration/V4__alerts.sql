-- Alerts by channel, with the defaults that an owner began with. Every change is kept.

-- Names of categories, as in categories_off. Rows from before began with everything on.
ALTER TABLE notification_alerts
  ADD COLUMN in_app_off         text[]      NOT NULL DEFAULT '{}',
  ADD COLUMN default_off        text[]      NOT NULL DEFAULT '{}', -- categories_off at the first use
  ADD COLUMN default_in_app_off text[]      NOT NULL DEFAULT '{}', -- in_app_off at the first use
  ADD COLUMN first_used_at      timestamptz NOT NULL DEFAULT now();

-- Personal data of the owner: goes with the owner's row.
CREATE TABLE notification_alerts_history (
  owner      text        NOT NULL REFERENCES notification_alerts (owner) ON DELETE CASCADE,
  version    int         NOT NULL, -- that the change made
  changed_at timestamptz NOT NULL,
  source     text        NOT NULL CHECK (source IN ('DEVICE', 'ACCOUNT', 'OPERATOR', 'RETENTION')),
  was        jsonb       NOT NULL,
  became     jsonb       NOT NULL,
  PRIMARY KEY (owner, version)
);

-- Which categories were essential since when; a row for each change of the configuration.
CREATE TABLE essential_categories (
  id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  since  timestamptz NOT NULL DEFAULT now(),
  was    text[], -- null in the first row
  became text[]      NOT NULL
);
