package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Secret;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.BlindIndex;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.processors.AddressUse;
import io.towncrier.privacy.processors.ToErase;
import jakarta.enterprise.context.ApplicationScoped;

/** Looks for an address among those of the devices, by its keyed hash. */
@ApplicationScoped
class PostgresAddressUse implements AddressUse {
  private final Database database;
  private final Vault vault;
  private final BlindIndex index;

  PostgresAddressUse(Database database, Vault vault, BlindIndex index) {
    this.database = database;
    this.vault = vault;
    this.index = index;
  }

  @Override
  public Uni<Use> of(ToErase what) {
    Secret address = vault.open(what.sealed(), PushAddress.placeOf(what.deviceId()));
    return database
        .rows(
            ProcessorSql.USED,
            PostgresAddressUse::use,
            KeyedHashes.of(index.all(PushAddress.purposeOf(what.processor()), address).all()),
            what.deviceId())
        .map(found -> found.get(0));
  }

  private static Use use(Row row) {
    if (row.flag("used")) {
      return Use.SOMEBODY;
    }
    return row.flag("being_proved") ? Use.SOMEBODY_SAYS_SO : Use.NOBODY;
  }
}
