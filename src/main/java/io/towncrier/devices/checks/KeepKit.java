package io.towncrier.devices.checks;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DeviceStore;
import io.towncrier.platform.Transactions;
import io.towncrier.updates.ReadFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which version of the kit a device's app has. It belongs to the app: another version of the
 * app that names none has none, and is pushed to as before.
 */
@ApplicationScoped
public class KeepKit {
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,4}(\\.[0-9]{1,4}){0,2}");

  private final DeviceStore store;
  private final Transactions transactions;

  KeepKit(DeviceStore store, Transactions transactions) {
    this.store = store;
    this.transactions = transactions;
  }

  /** The version that a text names; empty when it names none, as of an app without the kit. */
  public static Optional<String> read(@Nullable String text) {
    return Optional.ofNullable(text).filter(given -> VERSION.matcher(given).matches());
  }

  /**
   * After a check; writes only a change.
   *
   * @param given the facts as they came
   * @param kit as it came: null when it was left out
   */
  public Uni<Void> keep(CheckIns.CheckIn device, ReadFacts given, @Nullable String kit) {
    Optional<String> next = next(device, given, kit);
    return next.equals(device.kit())
        ? Uni.createFrom().voidItem()
        : transactions.inTransaction(() -> store.keepKit(device.id(), next));
  }

  static Optional<String> next(CheckIns.CheckIn device, ReadFacts given, @Nullable String kit) {
    if (kit != null) {
      return read(kit);
    }
    String version = given.version();
    boolean sameApp = version == null || version.equals(device.facts().version());
    return sameApp ? device.kit() : Optional.empty();
  }
}
