package io.towncrier.fleet.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.fleet.PersonalValue;
import io.towncrier.fleet.PersonalValues;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What is kept sealed of a device's person. It reads the tables of the feature devices. */
@ApplicationScoped
class PostgresPersonalValues implements PersonalValues {
  private static final String OF_DEVICE =
      """
      SELECT NULL::text AS account_id, device.push_sealed AS sealed
      FROM device
      WHERE device.id = $1 AND device.push_sealed IS NOT NULL
      UNION ALL
      SELECT account.id, account.subject_sealed
      FROM device_account AS link
      JOIN account ON account.id = link.account_id
      WHERE link.device_id = $1
      """;

  private final Database database;

  PostgresPersonalValues(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<PersonalValue>> of(String deviceId) {
    return database.rowsAlone(OF_DEVICE, row -> value(deviceId, row), deviceId);
  }

  private static PersonalValue value(String deviceId, Row row) {
    Sealed sealed = new Sealed(row.optionalBytes("sealed").orElseThrow());
    Optional<String> account = row.optionalText("account_id");
    return account.isEmpty()
        ? new PersonalValue(
            PersonalValue.Kind.PUSH_ADDRESS, account, sealed, PushAddress.placeOf(deviceId))
        : new PersonalValue(
            PersonalValue.Kind.SUBJECT,
            account,
            sealed,
            new Place("account", "subject_sealed", account.get()));
  }
}
