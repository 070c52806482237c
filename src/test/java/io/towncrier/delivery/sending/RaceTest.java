package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushHalts;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.StillWanted;
import io.towncrier.devices.DeviceStore;
import io.towncrier.platform.Traces;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.AlertsStore;
import jakarta.inject.Inject;
import java.time.InstantSource;

/** The shipped worker, and one that is like it but for one lock. */
abstract class RaceTest {
  @Inject RaceField field;
  @Inject DrainOutbox shipped;
  @Inject DeliveryConfig config;
  @Inject Outbox outbox;
  @Inject DeviceStore devices;
  @Inject AlertsStore alerts;
  @Inject PushProviders providers;
  @Inject Pace pace;
  @Inject StillWanted wanted;
  @Inject PushHalts halts;
  @Inject RecordResults results;
  @Inject Transactions transactions;
  @Inject InstantSource clock;
  @Inject Database database;
  @Inject Traces traces;

  /** Claims with a plain SELECT of the alerts, where the shipped one has FOR SHARE. */
  DrainOutbox unlocked() {
    UnlockedAlerts unlocked = new UnlockedAlerts(alerts, database);
    return new DrainOutbox(
        pace,
        new Claims(
            halts,
            outbox,
            new ClaimFacts(outbox, devices, unlocked, wanted),
            transactions,
            clock,
            config),
        results,
        providers,
        config,
        traces);
  }
}
