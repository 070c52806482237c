-- Routers whose clients speak hawkBit's DDI or poll as RAUC does (docs/adr/0054). What a poll needs stands in the device's own row: a
-- poll of a device that has nothing to do reads that row and writes nothing.
--
-- column                        | class        | purpose                                   | retention        | readers
-- device.controller_index       | pseudonymous | finds the device of a DDI path            | as the device    | api
-- device.token_index            | secret       | proves a token that was imported as a hash | until it is shown | api
-- device.config_link            | pseudonymous | whether the device is asked for its facts | as the device    | api
-- device.config_link_at         | pseudonymous | since when                                | as the device    | api
-- device.action_open            | pseudonymous | whether a poll has to look into ddi_action | as the device    | api
-- device.boot_id                | pseudonymous | tells two starts of a RAUC device apart   | as the device    | api
-- device.imported_at            | public       | whose reports count; when it was imported | as the device    | api
-- ddi_action.*                  | pseudonymous | what a device was offered and said of it  | last 20 a device | api, operators
-- gateway_token.token_index     | secret       | proves a GatewayToken                     | until deleted    | api
-- gateway_token.created_by, revoked_by | pseudonymous | which operator did it              | as the token     | api, operators
-- gateway_token, other columns  | public       | what a GatewayToken is for                | as the token     | api, operators
ALTER TABLE device
  ADD COLUMN controller_index bytea,       -- keyed hash of the controllerId; null: the device never spoke DDI by one
  ADD COLUMN token_index      bytea,       -- keyed hash of the SHA-256 of its token, while the token itself was not shown yet
  ADD COLUMN config_link      text CHECK (config_link IN ('ASKED', 'RESTART')),
  ADD COLUMN config_link_at   timestamptz,
  ADD COLUMN action_open      boolean NOT NULL DEFAULT false,
  ADD COLUMN boot_id          text,        -- as RAUC said it last
  ADD COLUMN imported_at      timestamptz; -- when an operator imported it; null: it registered by itself

-- An offer of one release to one device, as DDI numbers it. At most one of a device is open.
CREATE TABLE ddi_action (
  device_id      text        NOT NULL REFERENCES device (id) ON DELETE CASCADE,
  number         int         NOT NULL CHECK (number > 0), -- by chance, so that one of another device is never hit
  version        text        NOT NULL,
  state          text        NOT NULL CHECK (state IN
    ('OFFERED', 'RUNNING', 'DOWNLOADED', 'SUCCEEDED', 'FAILED', 'ROLLED_BACK', 'CANCELLED', 'WITHDRAWN')),
  cancel_refused boolean     NOT NULL DEFAULT false,
  finished       text CHECK (finished IN ('SUCCESS', 'FAILURE')), -- the first final result
  contradicted   boolean     NOT NULL DEFAULT false,              -- whether another final result came later
  of_download    boolean     NOT NULL DEFAULT false,              -- whether it failed before it was installed
  details        text[]      NOT NULL DEFAULT '{}',               -- of the final result; addresses are masked
  later_details  text[]      NOT NULL DEFAULT '{}',               -- of the one that contradicts it
  offered_at     timestamptz NOT NULL,
  changed_at     timestamptz NOT NULL,
  PRIMARY KEY (device_id, number)
);

-- Lets a gateway of the maker's speak for the devices of one product.
CREATE TABLE gateway_token (
  id          text PRIMARY KEY,
  product_id  text        NOT NULL,
  country     text,        -- of devices that it brings; null: not known
  token_index bytea       NOT NULL UNIQUE,
  created_at  timestamptz NOT NULL,
  created_by  text        NOT NULL,
  revoked_at  timestamptz,
  revoked_by  text
);
