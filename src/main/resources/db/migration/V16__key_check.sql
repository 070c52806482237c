-- Which master keys this database was made with (docs/adr/0026). One row for each live version of the key.
CREATE TABLE key_check (
  version int PRIMARY KEY,
  value   bytea NOT NULL -- keyed hash of a fixed text: the same key gives the same value, and the value gives no key
);
