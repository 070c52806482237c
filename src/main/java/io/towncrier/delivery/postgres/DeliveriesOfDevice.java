package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.retirement.DeviceTraces;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes the deliveries of a device that is removed. */
@ApplicationScoped
class DeliveriesOfDevice implements DeviceTraces {
  // Before the device, in the order of claims: left to the foreign key, a claim that holds one of
  // them would wait for the device, and the device for the claim.
  private static final String DELETE = "DELETE FROM delivery WHERE delivery.device_id = $1";

  // First, in the order in which intents are expanded.
  private static final String FORGET_INTENTS =
      "DELETE FROM recall_intent WHERE recall_intent.owner = $1";

  // Notices to phones about this device stay, and no longer name it.
  private static final String FORGET =
      """
      UPDATE delivery SET about_device_id = NULL WHERE delivery.about_device_id = $1
      """;

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
