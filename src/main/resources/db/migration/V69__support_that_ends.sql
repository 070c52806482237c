-- Which end of support other systems were told (docs/adr/0053): each day that is set is told once.
CREATE TABLE told_support (
  product_id text PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE,
  last_day   date NOT NULL
);
