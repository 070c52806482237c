package io.towncrier.privacy.keys;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Offload;
import io.towncrier.privacy.keys.KeyVersionStore.Stored;
import io.towncrier.privacy.keys.Wrapping.Unwrapped;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads the versions of the keys, and opens those that are not open yet. */
@ApplicationScoped
public class OpenKeys {
  /** Of a new database. The first version was derived from the master key. */
  private static final int FRESH = FirstKeys.VERSION + 1;

  private final KeyVersionStore store;
  private final List<Wrapping> wrappings;
  private final Keysets keysets;
  private final LiveKeys live;
  private final InstantSource clock;

  @Inject
  OpenKeys(
      KeyVersionStore store,
      @Any Instance<Wrapping> wrappings,
      Keysets keysets,
      LiveKeys live,
      InstantSource clock) {
    this(store, wrappings.stream().toList(), keysets, live, clock);
  }

  public OpenKeys(
      KeyVersionStore store,
      List<Wrapping> wrappings,
      Keysets keysets,
      LiveKeys live,
      InstantSource clock) {
    this.store = store;
    this.wrappings = List.copyOf(wrappings);
    this.keysets = keysets;
    this.live = live;
    this.clock = clock;
  }

  /** Opens what the database has. */
  public Uni<Opened> run() {
    Instant now = clock.instant();
    return store
        .read()
        .chain(
            stored ->
                stored.versions().isEmpty()
                    ? Uni.createFrom().item(new Opened.None())
                    : stored.versions().stream().allMatch(v -> live.stillOpen(v).isPresent())
                        ? Uni.createFrom().item(open(stored, now))
                        : Offload.run(() -> open(stored, now)));
  }

  /** Makes the first version of a database: new keys; whether no other process was faster. */
  public Uni<Boolean> begin() {
    return Offload.run(() -> keysets.generate(FRESH)).chain(material -> begin(FRESH, material));
  }

  /**
   * Makes the version of a database that was used without versions; likewise.
   *
   * @param masterKey from which its keys are derived
   */
  public Uni<Boolean> goOnWith(byte[] masterKey) {
    return begin(FirstKeys.VERSION, masterKey);
  }

  private Uni<Boolean> begin(int version, byte[] material) {
    return Offload.run(() -> wrapped(version, KeyVersion.Use.WRITTEN, material))
        .chain(wrapped -> store.addFirst(wrapped, checkValue(version, material)));
  }

  /** New keys for a version, that nobody writes yet. May block. */
  public Coming coming(int version) {
    byte[] material = keysets.generate(version);
    return new Coming(
        wrapped(version, KeyVersion.Use.COMING, material), checkValue(version, material));
  }

  /** The same keys, wrapped as new ones are. May block. */
  public KeyVersion rewrapped(KeyVersion version) {
    Unwrapped unwrapped = unwrap(version);
    if (unwrapped instanceof Unwrapped.Material material) {
      return wrapped(version.version(), version.use(), material.bytes());
    }
    if (unwrapped instanceof Unwrapped.Refused refused) {
      throw new IllegalStateException(refused.because());
    }
    throw new ForgottenCase(unwrapped);
  }

  private byte[] checkValue(int version, byte[] material) {
    return open(version, material).mac("key-check", "towncrier");
  }

  private KeyVersion wrapped(int version, KeyVersion.Use use, byte[] material) {
    Wrapping by =
        wrappings.stream()
            .filter(Wrapping::isConfigured)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("TOWNCRIER_KMS_KEY is for functions"));
    return new KeyVersion(version, use, by.wrap(material, version), by.name());
  }

  private Unwrapped unwrap(KeyVersion version) {
    return wrappings.stream()
        .filter(by -> by.knows(version.wrappedBy()))
        .findFirst()
        .map(by -> by.unwrap(version.wrapped(), version.version(), version.wrappedBy()))
        .orElseGet(
            () ->
                new Unwrapped.Refused(
                    "the keys of this database are wrapped by %s, and this process does not know how to ask for it. Set TOWNCRIER_KMS_KEY."
                        .formatted(version.wrappedBy())));
  }

  private VersionKeys open(int version, byte[] material) {
    return version == FirstKeys.VERSION ? FirstKeys.of(material) : keysets.open(version, material);
  }

  private Opened open(Stored stored, Instant at) {
    List<VersionKeys> opened = new ArrayList<>();
    for (KeyVersion version : stored.versions()) {
      VersionKeys known = live.stillOpen(version).orElse(null);
      if (known != null) {
        opened.add(known);
        continue;
      }
      Unwrapped unwrapped = unwrap(version);
      if (unwrapped instanceof Unwrapped.Refused refused) {
        return new Opened.Refused(refused.because());
      }
      if (!(unwrapped instanceof Unwrapped.Material material)) {
        throw new ForgottenCase(unwrapped);
      }
      opened.add(open(version.version(), material.bytes()));
    }
    live.keep(stored, opened, at);
    return new Opened.All();
  }

  /**
   * A version that is announced.
   *
   * @param checkValue what a release that knows no versions compares
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to be stored, never compared.
  public record Coming(KeyVersion version, byte[] checkValue) {}

  /** What became of it. */
  public sealed interface Opened {
    /** The database has no versions yet. */
    record None() implements Opened {}

    /** All are open, and live. */
    record All() implements Opened {}

    /** One of them is not. */
    record Refused(String because) implements Opened {}
  }
}
