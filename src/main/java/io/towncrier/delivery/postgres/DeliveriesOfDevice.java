package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.recall.RecallGround;
import io.towncrier.devices.retirement.DeviceTraces;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes the deliveries of a device that is removed. */
@ApplicationScoped
class DeliveriesOfDevice implements DeviceTraces {
  // Before the device, in the order of claims: left to the foreign key, a claim that holds one of
  // them would wait for the device, and the device for the claim. What a provider may still hold is
  // called back from the address that the push went to (docs/adr/0070). That address is all that is
  // left of the device, and goes with the recall.
  private static final String DELETE =
      """
      WITH gone AS (
        DELETE FROM delivery WHERE delivery.device_id = $1
        RETURNING delivery.notice_id, delivery.state, delivery.provider, delivery.accepted_as,
          delivery.held_until, delivery.recall)
      UPDATE held_push
      SET accepted_as = CASE WHEN held_push.provider = gone.provider THEN gone.accepted_as END,
        recall_at = now(),
        held_until = CASE WHEN coalesce(gone.recall, 'WAITING') <> 'WAITING' THEN now()
          WHEN gone.state = 'SENDING' THEN held_push.held_until
          ELSE least(held_push.held_until, coalesce(gone.held_until, now())) END
      FROM gone
      WHERE held_push.device_id = $1 AND held_push.notice_id = gone.notice_id
      """;

  // First, in the order in which intents are expanded.
  private static final String FORGET_INTENTS =
      "DELETE FROM recall_intent WHERE recall_intent.owner = $1";

  // Notices to phones about this device stay, and no longer name it. Pushes of a release for it are
  // called back: nobody can install it any more.
  private static final String FORGET =
      """
      UPDATE delivery AS held
      SET about_device_id = NULL,
        recall = CASE WHEN called.back THEN 'WAITING' ELSE held.recall END,
        recall_because = CASE WHEN called.back THEN %s ELSE held.recall_because END,
        recall_at = CASE WHEN called.back THEN now() ELSE held.recall_at END,
        held_until = CASE WHEN called.back AND held.state = 'SENDING'
          THEN greatest(held.held_until, held.lease_until + interval '1 day')
          ELSE held.held_until END
      FROM (
        SELECT held.notice_id, held.device_id, content.about_version IS NOT NULL AND %s AS back
        FROM delivery AS held
        JOIN push_content AS content ON content.notice_id = held.notice_id
        WHERE held.about_device_id = $1) AS called
      WHERE held.notice_id = called.notice_id AND held.device_id = called.device_id
      """
          .formatted(RecallSql.literal(RecallGround.DEVICE_REMOVED), RecallSql.IS_HELD);

  private final Database database;

  DeliveriesOfDevice(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> remove(String deviceId) {
    return database
        .update(FORGET_INTENTS, deviceId)
        .chain(() -> database.update(DELETE, deviceId))
        .chain(() -> database.update(FORGET, deviceId))
        .replaceWithVoid();
  }
}
