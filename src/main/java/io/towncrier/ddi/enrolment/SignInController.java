package io.towncrier.ddi.enrolment;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceStore;
import io.towncrier.platform.Ids;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Signs a client in; a gateway's unknown device is registered at first sight. */
@ApplicationScoped
public class SignInController {
  private final ControllerStore store;
  private final ControllerKeys keys;
  private final DeviceStore devices;
  private final Transactions transactions;
  private final InstantSource clock;

  SignInController(
      ControllerStore store,
      ControllerKeys keys,
      DeviceStore devices,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.keys = keys;
    this.devices = devices;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** By the device's own token; empty when it is not the device's. */
  public Uni<Optional<Controller>> byTarget(ControllerKey key) {
    return store.signIn(key).call(found -> renewed(found, key));
  }

  /**
   * By a gateway's token; empty when the token is none, or the device is not of its product.
   *
   * @param admit called before a device is registered, which it may refuse
   */
  public Uni<Optional<Controller>> byGateway(ControllerKey.Gateway key, Runnable admit) {
    return store
        .signIn(key)
        .call(found -> renewed(found, key))
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(known)
                    : store
                        .gateway(key.token())
                        .chain(
                            gateway ->
                                gateway.isEmpty()
                                    ? Uni.createFrom().item(Optional.empty())
                                    : firstSight(gateway.get(), key, admit)));
  }

  private Uni<Optional<Controller>> firstSight(
      ControllerStore.Gateway gateway, ControllerKey.Gateway key, Runnable admit) {
    Instant now = clock.instant();
    ControllerStore.Newcomer newcomer =
        new ControllerStore.Newcomer(
            Ids.next(Device.PREFIX),
            gateway.product(),
            gateway.country(),
            key.controller(),
            keys.secret(unusable()),
            Optional.empty(),
            false,
            now);
    return transactions
        .inTransaction(
            () ->
                store
                    .add(newcomer)
                    // It is there already: of another product, or revoked.
                    .call(added -> added ? count(admit, now) : Uni.createFrom().voidItem()))
        .chain(() -> store.signIn(key));
  }

  /** Once a day, while two versions of the keys live: what is left of the old one ends with it. */
  private Uni<Void> renewed(Optional<Controller> found, ControllerKey key) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return key.mayBeOld() && found.filter(d -> today.isAfter(d.checkIn().lastSeen())).isPresent()
        ? store.renew(found.orElseThrow().id(), key)
        : Uni.createFrom().voidItem();
  }

  private Uni<Void> count(Runnable admit, Instant now) {
    return Uni.createFrom()
        .voidItem()
        .invoke(admit)
        // Last: the row that counts is held until the commit.
        .chain(() -> devices.countRegistration(now))
        .invoke(
            wait -> {
              if (wait.isPresent()) {
                throw ProblemCode.TOO_MANY_REQUESTS
                    .with("Too many devices register at present.")
                    .asException(wait.get());
              }
            })
        .replaceWithVoid();
  }

  /** A secret that nobody is shown: the gateway speaks for this device. */
  static Secret unusable() {
    return Ids.nextSecret("sec");
  }
}
