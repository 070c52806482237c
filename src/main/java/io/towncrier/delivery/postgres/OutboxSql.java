package io.towncrier.delivery.postgres;

/** The statements of the outbox; the first three are the opt-out fence (docs/adr/0004). */
final class OutboxSql {
  private static final String OPEN_CONTENTS =
      """
      FROM push_content AS content
      WHERE NOT content.settled
        AND (content.halted_because IS NULL OR content.halted_because = 'notice-cancelled')
        AND ($1::text IS NULL OR content.notice_id = $1)
        AND (content.urgent OR NOT $2)
      """;

  /** The category that a halt of the cell may leave out. */
  static final String SECURITY = "security";

  // From notice to notice, in any order: those that are halted cost the others nothing, and none
  // waits for a larger one to be through.
  static final String LOCK_DUE =
      """
      SELECT due.notice_id, due.device_id, due.attempts, due.about_device_id, due.generation,
        due.passed
      FROM (SELECT content.notice_id
      """
          + OPEN_CONTENTS
          + """
            AND (content.category = 'security' OR NOT $4)
            ORDER BY random()) AS open
          CROSS JOIN LATERAL (
            SELECT delivery.notice_id, delivery.device_id, delivery.attempts,
              delivery.about_device_id, delivery.generation, delivery.passed
            FROM delivery
            WHERE delivery.notice_id = open.notice_id AND delivery.provider = $5
              AND delivery.state IN ('PENDING', 'SENDING')
              AND delivery.due_at <= now()
            ORDER BY delivery.due_at
            LIMIT $3
            FOR UPDATE SKIP LOCKED) AS due
          LIMIT $3
          """;

  // By the index of open notices: what is urgent comes first, and one that is due is enough.
  static final String MOST_URGENT_DUE =
      """
      SELECT open.urgent
      FROM (SELECT content.notice_id, content.urgent
      """
          + OPEN_CONTENTS
          + """
            ) AS open
          -- Limited, so that each notice is looked up by itself, whatever the planner thinks of it.
          CROSS JOIN LATERAL (
            SELECT 1 FROM delivery
            WHERE delivery.notice_id = open.notice_id AND delivery.provider = $3
              AND delivery.state IN ('PENDING', 'SENDING')
              AND delivery.due_at <= now()
            LIMIT 1) AS due
          ORDER BY open.urgent DESC
          LIMIT 1
          """;

  // A look back: some of it may have become due since the claim that found nothing.
  static final String UNTIL_NEXT_DUE =
      """
      SELECT greatest(0,
        ceil(1000 * extract(epoch FROM min(next.due_at) - now())))::bigint AS wait_millis
      FROM push_content AS content
      CROSS JOIN LATERAL (
        SELECT delivery.due_at FROM delivery
        WHERE delivery.notice_id = content.notice_id
          AND delivery.state IN ('PENDING', 'SENDING')
          AND delivery.due_at > now() - interval '250 ms'
        ORDER BY delivery.due_at
        LIMIT 1) AS next
      WHERE NOT content.settled
        AND (content.halted_because IS NULL OR content.halted_because = 'notice-cancelled')
      HAVING count(*) > 0
      """;

  static final String RESUME =
      """
      UPDATE push_content SET halted_because = NULL
      WHERE push_content.notice_id = $1
        AND push_content.halted_because <> 'notice-cancelled'
      """;

  private static final String NOTHING_WAITS =
      """
        AND NOT EXISTS (
          SELECT 1 FROM notice_walk AS walk
          WHERE walk.notice_id = content.notice_id AND walk.through_at IS NULL)
        AND NOT EXISTS (
          SELECT 1 FROM delivery
          WHERE delivery.notice_id = content.notice_id
            AND delivery.state IN ('PENDING', 'SENDING'))
      """;

  // Locked first and looked at again in a statement of its own: in the same one, what was planned
  // while it waited for the lock would not be seen.
  static final String LOCK_SETTLED =
      """
      SELECT content.notice_id FROM push_content AS content
      WHERE NOT content.settled
      """
          + NOTHING_WAITS
          + "ORDER BY content.notice_id FOR UPDATE SKIP LOCKED";

  static final String SETTLE =
      """
      UPDATE push_content AS content SET settled = true
      WHERE content.notice_id = ANY ($1)
      """
          + NOTHING_WAITS
          + "RETURNING content.notice_id";

  static final String LOCK_CONTENTS =
      """
      SELECT content.notice_id, content.category, content.texts::text, content.default_language,
        content.expires_at, content.halted_because, content.urgent, content.about_product,
        content.about_version, content.local_time, content.local_over_seconds,
        content.trace_parent
      FROM push_content AS content
      WHERE content.notice_id = ANY ($1)
      ORDER BY content.notice_id
      FOR SHARE
      """;

  // While it is being sent a delivery is due again when its lease ends: one index finds both.
  static final String RECORD_CLAIM =
      """
      UPDATE delivery
      SET state = decided.state, reason = decided.reason, account_id = NULL,
        account_ids = CASE WHEN decided.state = 'SENDING'
          THEN string_to_array(decided.account_ids, ',') END,
        provider = coalesce(decided.provider, delivery.provider),
        passed = coalesce(string_to_array(decided.passed, ','), delivery.passed),
        claim_id = CASE WHEN decided.state = 'SENDING' THEN $7 END,
        lease_until = CASE WHEN decided.state = 'SENDING' THEN now() + $8 * interval '1 ms' END,
        due_at = CASE WHEN decided.state = 'SENDING' THEN now() + $8 * interval '1 ms'
          ELSE coalesce(decided.due_at,
            CASE WHEN delivery.state = 'SENDING' THEN delivery.claimed_due_at END,
            delivery.due_at) END,
        claimed_due_at = CASE WHEN delivery.state = 'SENDING' THEN delivery.claimed_due_at
          ELSE delivery.due_at END,
        finished_at = CASE WHEN decided.state = 'SUPPRESSED' THEN now() END,
        -- A push whose lease ran out may have been sent; nobody holds a push longer than a day.
        held_until = CASE WHEN delivery.state = 'SENDING'
          THEN greatest(delivery.held_until, delivery.lease_until + interval '1 day')
          ELSE delivery.held_until END,
        -- It is wanted again: a recall of what was sent before says nothing of this one.
        recall = CASE WHEN decided.state = 'SENDING' THEN NULL ELSE delivery.recall END,
        recall_because = CASE WHEN decided.state = 'SENDING' THEN NULL
          ELSE delivery.recall_because END,
        recall_answer = CASE WHEN decided.state = 'SENDING' THEN NULL
          ELSE delivery.recall_answer END,
        recall_at = CASE WHEN decided.state = 'SENDING' THEN NULL ELSE delivery.recall_at END
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[],
          $9::text[], $10::text[])
        AS decided (notice_id, device_id, state, reason, due_at, account_ids, provider, passed)
      WHERE delivery.notice_id = decided.notice_id AND delivery.device_id = decided.device_id
      """;

  // By the lease, which a row has while it is being sent and no longer: asked for by its state, the
  // planner, who knows of none that is being sent, goes through all of them for each result.
  static final String RECORD_RESULTS =
      """
      UPDATE delivery
      SET state = result.state, reason = result.reason, accepted_as = result.accepted_as,
        -- Who may have taken it is left alone until nobody can be writing to it any more.
        due_at = greatest(coalesce(result.due_at, delivery.claimed_due_at, delivery.due_at),
          CASE WHEN result.moved_to IS NOT NULL AND NOT result.nothing_sent
            THEN delivery.lease_until END),
        provider = coalesce(result.moved_to, delivery.provider),
        passed = coalesce(string_to_array(result.passed, ','), delivery.passed),
        lease_until = NULL, account_ids = NULL,
        attempts = delivery.attempts + CASE WHEN result.tried THEN 1 ELSE 0 END,
        finished_at = CASE WHEN result.state IN ('ACCEPTED', 'DEAD') THEN now() END,
        pruned = result.pruned,
        generation = delivery.generation + CASE WHEN result.nothing_sent THEN 1 ELSE 0 END,
        -- One of several tries may be held, so the last says nothing of those before.
        held_until = greatest(delivery.held_until,
          now() + result.held_millis * interval '1 ms')
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[],
          $7::text[], $8::boolean[], $9::boolean[], $10::boolean[], $11::bigint[], $12::text[],
          $13::text[])
        AS result (notice_id, device_id, state, reason, due_at, accepted_as, claim_id, tried,
          pruned, nothing_sent, held_millis, passed, moved_to)
      WHERE delivery.notice_id = result.notice_id AND delivery.device_id = result.device_id
        AND delivery.lease_until IS NOT NULL AND delivery.claim_id = result.claim_id
      """;

  // A hint for claims, which decide by the address that they lock: it needs no lock of the device.
  // Notice by notice, as LOCK_DUE. It may look through very much: sorted, so that it has ended
  // before any row is locked. Who reads a notice waits for such a lock.
  static final String HAND_OVER =
      """
      WITH found AS MATERIALIZED (
        SELECT due.notice_id, due.device_id, due.provider
        FROM (
          SELECT open.notice_id, open.device_id, open.provider
          FROM push_content AS content
          CROSS JOIN LATERAL (
            SELECT waiting.notice_id, waiting.device_id, next.provider
            FROM delivery AS waiting
            CROSS JOIN LATERAL (
              SELECT other.provider
              FROM (
                SELECT device.push_provider AS provider, 1 AS preference
                FROM device WHERE device.id = waiting.device_id
                UNION ALL
                SELECT further.provider, further.preference
                FROM push_address AS further
                WHERE further.device_id = waiting.device_id) AS other
              WHERE other.provider = ANY ($2::text[])
              ORDER BY other.provider = ANY (waiting.passed), other.preference
              LIMIT 1) AS next
            WHERE waiting.notice_id = content.notice_id AND waiting.provider = $1
              AND waiting.state = 'PENDING' AND waiting.due_at <= now()
            ORDER BY waiting.due_at
            LIMIT $3) AS open
          WHERE NOT content.settled AND content.halted_because IS NULL
          LIMIT $3) AS due
        ORDER BY due.device_id, due.notice_id),
      moved AS (
        SELECT held.notice_id, held.device_id, found.provider
        FROM found
        JOIN delivery AS held
          ON held.notice_id = found.notice_id AND held.device_id = found.device_id
        WHERE held.provider = $1 AND held.state = 'PENDING'
        FOR UPDATE OF held SKIP LOCKED)
      UPDATE delivery
      SET provider = moved.provider,
        -- Where all were gone past, a new round begins.
        passed = CASE WHEN moved.provider = ANY (delivery.passed) THEN ARRAY[$1::text]
          ELSE array_append(array_remove(delivery.passed, $1::text), $1::text) END
      FROM moved
      WHERE delivery.notice_id = moved.notice_id AND delivery.device_id = moved.device_id
      """;

  static final String OPEN =
      """
      INSERT INTO push_content (notice_id, category, default_language, texts, expires_at, urgent,
        about_product, about_version, local_time, local_over_seconds, trace_parent)
      VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9, $10, $11)
      """;

  static final String EXTEND =
      """
      UPDATE push_content
      SET settled = false, expires_at = greatest(push_content.expires_at, $2)
      WHERE push_content.notice_id = $1
      """;

  // Nearly always it is not, and nothing is locked.
  static final String UNSETTLE =
      """
      UPDATE push_content SET settled = false
      WHERE push_content.notice_id = $1 AND push_content.settled
      """;

  static final String IS_OPEN =
      "SELECT push_content.notice_id FROM push_content WHERE push_content.notice_id = $1";

  // A cancelled notice is called back. The intent is no statement of its own (docs/adr/0070).
  static final String HALT =
      """
      WITH intent AS (
        INSERT INTO recall_intent (notice_id)
        SELECT $1::text WHERE $2::text = 'notice-cancelled')
      UPDATE push_content SET halted_because = $2
      WHERE push_content.notice_id = $1
        AND (push_content.halted_because IS NULL OR $2 = 'notice-cancelled')
      """;

  // SKIP LOCKED: what a claim has locked waits for the row that this transaction has changed, and
  // will see the change; to wait for it here would be a circle.
  static final String SUPPRESS_OF_NOTICE =
      """
      UPDATE delivery SET state = 'SUPPRESSED', reason = $2, finished_at = now()
      WHERE (delivery.notice_id, delivery.device_id) IN (
        SELECT waiting.notice_id, waiting.device_id FROM delivery AS waiting
        WHERE waiting.notice_id = $1 AND waiting.state = 'PENDING'
        LIMIT $3
        FOR UPDATE SKIP LOCKED)
      """;

  static final String CANCELLED_WITH_PENDING =
      """
      SELECT content.notice_id FROM push_content AS content
      WHERE NOT content.settled AND content.halted_because = 'notice-cancelled'
        AND EXISTS (
          SELECT 1 FROM delivery
          WHERE delivery.notice_id = content.notice_id AND delivery.state = 'PENDING')
      ORDER BY content.notice_id
      """;

  // What is pending, in other words: called so, the planner, who knows of nothing that waits, goes
  // through all that does, in place of what is this device's. The intent to call back what was sent
  // before is no statement of its own: an opt-out waits for none (docs/adr/0070).
  static final String SUPPRESS_OF_OWNER =
      """
      WITH intent AS (INSERT INTO recall_intent (owner) VALUES ($1::text))
      UPDATE delivery SET state = 'SUPPRESSED', reason = $3, finished_at = now()
      WHERE (delivery.notice_id, delivery.device_id) IN (
        SELECT waiting.notice_id, waiting.device_id
        FROM delivery AS waiting
        WHERE waiting.state NOT IN ('SENDING', 'ACCEPTED', 'SUPPRESSED', 'DEAD')
          AND waiting.device_id IN (
            SELECT $1::text UNION
            SELECT link.device_id FROM device_account AS link WHERE link.account_id = $1)
          AND ($2::text[] IS NULL OR EXISTS (
            SELECT 1 FROM push_content AS content
            WHERE content.notice_id = waiting.notice_id AND content.category = ANY ($2)))
        FOR UPDATE SKIP LOCKED)
      """;

  static final String CLAIMS_OF_OWNER =
      """
      SELECT DISTINCT delivery.claim_id FROM delivery
      WHERE delivery.state = 'SENDING' AND delivery.lease_until > clock_timestamp()
        AND (delivery.device_id = $1 OR $1 = ANY (delivery.account_ids)
          -- Claimed by the version before, which knew of one account.
          OR delivery.account_id = $1
          -- Claimed before the device was linked.
          OR delivery.device_id IN (
            SELECT link.device_id FROM device_account AS link WHERE link.account_id = $1))
        AND ($2::text[] IS NULL OR delivery.claim_id = ANY ($2))
      UNION
      -- A challenge to an address that the device has brought is a push to it as well.
      SELECT proof.id FROM push_proof AS proof
      WHERE proof.device_id = $1 AND proof.lease_until > clock_timestamp()
        AND ($2::text[] IS NULL OR proof.id = ANY ($2))
      UNION
      -- So is one to its address for a later registration.
      SELECT question.id FROM push_question AS question
      WHERE question.holder_id = $1 AND question.lease_until > clock_timestamp()
        AND ($2::text[] IS NULL OR question.id = ANY ($2))
      """;

  static final String CLAIMS_OF_NOTICE =
      """
      SELECT DISTINCT delivery.claim_id FROM delivery
      WHERE delivery.state = 'SENDING' AND delivery.lease_until > clock_timestamp()
        AND delivery.notice_id = $1
        AND ($2::text[] IS NULL OR delivery.claim_id = ANY ($2))
      """;

  // The key is the category that goes on; challenges are of none.
  static final String CLAIMS_OF_CELL =
      """
      SELECT DISTINCT delivery.claim_id FROM delivery
      JOIN push_content AS content ON content.notice_id = delivery.notice_id
      WHERE delivery.state = 'SENDING' AND delivery.lease_until > clock_timestamp()
        AND content.category <> $1
        AND ($2::text[] IS NULL OR delivery.claim_id = ANY ($2))
      UNION
      SELECT proof.id FROM push_proof AS proof
      WHERE proof.lease_until > clock_timestamp()
        AND ($2::text[] IS NULL OR proof.id = ANY ($2))
      """;

  private OutboxSql() {}
}
