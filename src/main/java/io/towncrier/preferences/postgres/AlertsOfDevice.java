package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.retirement.DeviceTraces;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** Deletes the notification alerts of a device that is removed. */
@ApplicationScoped
class AlertsOfDevice implements DeviceTraces {
  private static final String DELETE =
      "DELETE FROM notification_alerts WHERE notification_alerts.owner = $1";

  private final Database database;

  AlertsOfDevice(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> remove(String deviceId) {
    return database.update(DELETE, deviceId).replaceWithVoid();
  }
}
