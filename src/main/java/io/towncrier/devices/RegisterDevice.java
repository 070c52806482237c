package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.residency.CrossBorderConsent;
import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.BlindIndex;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Ignored;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Takes a new device in. Its secret is shown here once and never again. */
@ApplicationScoped
public class RegisterDevice {
  private final DeviceStore store;
  private final DeviceSecrets secrets;
  private final BlindIndex index;
  private final AdmitDevice admit;
  private final Transactions transactions;
  private final InstantSource clock;

  RegisterDevice(
      DeviceStore store,
      DeviceSecrets secrets,
      BlindIndex index,
      AdmitDevice admit,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.secrets = secrets;
    this.index = index;
    this.admit = admit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Fails with a problem when the product is not known, the device is another cell's, or too many
   * register.
   */
  public Uni<Registered> run(Application application) {
    return admit.run(application).chain(facts -> add(application, facts));
  }

  private Uni<Registered> add(Application application, ClientFacts facts) {
    Instant now = clock.instant();
    Device device =
        new Device(
            Ids.next(Device.PREFIX),
            application.kind(),
            application.product(),
            Device.Facts.of(facts),
            false,
            Device.Push.NONE,
            now,
            LocalDate.ofInstant(now, ZoneOffset.UTC),
            0);
    Secret secret = DeviceSecrets.next();
    return transactions
        .inTransaction(
            () ->
                store
                    .add(
                        device,
                        new DeviceStore.Keyed(
                            secrets.indexOf(secret),
                            application.identifier().map(v -> index.all("identifier", v)),
                            application.ecv().map(v -> index.all("ecv", v))),
                        application.kit())
                    .chain(() -> admit.note(device.id(), application, facts))
                    // Last: the row that counts is held until the commit.
                    .chain(() -> store.countRegistration(now))
                    .invoke(RegisterDevice::refuse))
        .replaceWith(new Registered(device.id(), secret, facts.ignored()));
  }

  private static void refuse(Optional<Duration> wait) {
    if (wait.isPresent()) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("Too many devices register at present.")
          .asException(wait.get());
    }
  }

  /**
   * What a device registers with.
   *
   * @param facts as they were read
   * @param identifier its own unique one; kept only as a keyed hash
   * @param ecv environmental characteristic value; kept only as a keyed hash
   * @param crossBorder that its user has agreed that data cross a border
   * @param kit version of the kit that its app has
   */
  public record Application(
      Device.Kind kind,
      String product,
      ClientFacts facts,
      Optional<Secret> identifier,
      Optional<Secret> ecv,
      Optional<CrossBorderConsent> crossBorder,
      Optional<String> kit) {}

  /** The new device, its credential, and what of its facts could not be read. */
  public record Registered(String deviceId, Secret secret, Ignored ignored) {}
}
