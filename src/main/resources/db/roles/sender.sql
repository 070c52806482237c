-- What the function that sends may do, column by column (docs/adr/0067). The function migrate runs this behind each migration, as
-- the owner of the tables. SenderRoleIT compares it with the statements of a send: nothing may be missing, and nothing too much.
-- A column that is not named here is refused, as is one that is added later.
DO $$
DECLARE
  granted text;
BEGIN
  -- One at a time: of two that change the rights to a table at once, one would fail.
  PERFORM pg_advisory_xact_lock(hashtext('towncrier.role_grants'));
  FOR granted IN
    SELECT given.table_name FROM information_schema.column_privileges AS given
    WHERE given.grantee = 'towncrier_sender' AND given.table_schema = 'public'
    UNION
    SELECT given.table_name FROM information_schema.table_privileges AS given
    WHERE given.grantee = 'towncrier_sender' AND given.table_schema = 'public'
  LOOP
    EXECUTE format('REVOKE ALL ON public.%I FROM towncrier_sender', granted);
  END LOOP;
END $$;

-- Whether pushes go out at all. FOR SHARE needs UPDATE of any column: `what` is checked, so nothing can be lifted with it.
GRANT SELECT (what, since, security_since), UPDATE (what) ON cell_halt TO towncrier_sender;
GRANT SELECT (revision) ON key_ring TO towncrier_sender;
GRANT SELECT (version, use, wrapped, wrapped_by) ON key_version TO towncrier_sender;
GRANT
  SELECT (system_identifier, marker, mark, marked_at, held_because, held_at),
  UPDATE (system_identifier, marker, held_because, held_at)
  ON installation TO towncrier_sender;
GRANT SELECT (due, kind, after_id, erased), UPDATE (due, kind, after_id, erased) ON erasure_replay TO towncrier_sender;

-- How many go out: the budget and the breakers of a provider's account.
GRANT
  SELECT (id, ordinary, reserved, as_of, ramp_from, pace, slowed_at, slowed_until, fuse_from, fuse_pushes, fuse_gone, fuse_until),
  INSERT (id, ordinary, reserved, as_of, ramp_from, pace, slowed_at, slowed_until, fuse_from, fuse_pushes, fuse_gone, fuse_until),
  UPDATE (ordinary, reserved, as_of, ramp_from, pace, slowed_at, slowed_until, fuse_from, fuse_pushes, fuse_gone, fuse_until)
  ON push_account TO towncrier_sender;
GRANT
  SELECT (account_id, product_id, failures, open_until, because, window_from, answered, unanswered, probed),
  INSERT (account_id, product_id, failures, open_until, because, window_from, answered, unanswered, probed),
  UPDATE (failures, open_until, because, window_from, answered, unanswered, probed)
  ON push_breaker TO towncrier_sender;
GRANT SELECT (notice_id, accepted), INSERT (notice_id, accepted), UPDATE (accepted) ON notice_sent TO towncrier_sender;

-- What goes out. A notice that a provider refuses is halted; the statement that halts could call back as well.
GRANT
  SELECT (notice_id, category, texts, default_language, expires_at, halted_because, urgent, settled, about_product, about_version,
    local_time, local_over_seconds, trace_parent),
  UPDATE (halted_because)
  ON push_content TO towncrier_sender;
GRANT INSERT (notice_id) ON recall_intent TO towncrier_sender;
GRANT
  SELECT (notice_id, device_id, state, attempts, due_at, claimed_due_at, lease_until, claim_id, about_device_id, provider,
    generation, held_until, recall, recall_because, recall_answer, recall_at, passed),
  UPDATE (state, reason, attempts, finished_at, due_at, claimed_due_at, lease_until, claim_id, account_id, account_ids, accepted_as,
    pruned, provider, generation, held_until, recall, recall_because, recall_answer, recall_at, passed)
  ON delivery TO towncrier_sender;
-- Counted by a trigger on deliveries, with the rights of the role that changes them.
GRANT INSERT (notice_id, axis, value, state, devices, tried, pruned, seen) ON notice_change TO towncrier_sender;

-- To whom. No identifier, no secret, no hash of either; an address that is gone is taken away.
GRANT
  SELECT (id, product_id, version, country, time_zone, language, channel, cohort, hardware, release_counter,
    counter_unreadable, kit, last_seen_on, push_provider, push_kind, push_sealed, revision),
  UPDATE (push_provider, push_kind, push_sealed, push_index, push_confirmed_on, revision)
  ON device TO towncrier_sender;
-- Those behind the first. One that is gone is marked, and a trigger deletes it: this role deletes nothing.
GRANT
  SELECT (device_id, provider, preference, kind, sealed, address_index, confirmed_on),
  UPDATE (gone)
  ON push_address TO towncrier_sender;
GRANT SELECT (id, name) ON product TO towncrier_sender;
GRANT SELECT (device_id, account_id) ON device_account TO towncrier_sender;
-- Who has switched what off. FOR SHARE again: the column that may be changed decides nothing.
GRANT
  SELECT (owner, push, categories_off, quiet_from, quiet_to, in_app_off, delivery_receipts, version),
  INSERT (owner, push, categories_off, default_off, in_app_off, default_in_app_off),
  UPDATE (default_in_app_off)
  ON notification_alerts TO towncrier_sender;
