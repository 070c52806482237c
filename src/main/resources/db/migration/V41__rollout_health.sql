-- The figures at which rollouts were halted by themselves (docs/adr/0051): who resumes one is judged by what comes after.
-- Classification: outcome_baseline, all columns: public (numbers without a device); health of rollouts; for ever; operators
CREATE TABLE outcome_baseline (
  product_id text   NOT NULL,
  version    text   NOT NULL,
  what       text   NOT NULL,
  devices    bigint NOT NULL,
  PRIMARY KEY (product_id, version, what)
);
