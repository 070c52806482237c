package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceTraces;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;

/** What a device that goes has allowed. */
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
