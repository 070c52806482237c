package io.towncrier.privacy;

import io.towncrier.platform.Secrets;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.KeyVersion;
import io.towncrier.privacy.keys.Keysets;
import io.towncrier.privacy.keys.SealedForm;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.keys.Wrapping;
import java.util.ArrayList;
import java.util.List;

/** The keys of an installation that is not running: for commands. */
public final class OfflineKeys {
  private final KeyRing keys;
  private final Wrapping wrapping;
  private final Keysets keysets;
  private final List<VersionKeys> open = new ArrayList<>();

  private OfflineKeys(KeyRing keys, Keysets keysets) {
    this.keys = keys;
    this.wrapping = new MasterKeyWrapping(keys);
    this.keysets = keysets;
  }

  public static OfflineKeys of(TowncrierConfig config, Keysets keysets) {
    return new OfflineKeys(new KeyRing(config, Secrets.PLAIN), keysets);
  }

  public KeyState state() {
    return keys.state();
  }

  /** Makes the key file when there is no key; whether it has. */
  public boolean makeIfMissing() {
    return keys.makeIfMissing();
  }

  /**
   * Opens what the master key opens of the versions of a database; of one without versions the keys
   * that are derived from it.
   *
   * @return whether a version is open
   */
  public boolean open(List<KeyVersion> versions) {
    open.clear();
    for (KeyVersion version : versions) {
      if (wrapping.knows(version.wrappedBy())
          && wrapping.unwrap(version.wrapped(), version.version(), version.wrappedBy())
              instanceof Wrapping.Unwrapped.Material material) {
        open.add(opened(version.version(), material.bytes()));
      }
    }
    boolean any = !open.isEmpty();
    if (versions.isEmpty()) {
      open.add(keys.first());
    }
    return any;
  }

  /** New keys for a version, wrapped by the master key. */
  public KeyVersion coming(int version) {
    return new KeyVersion(
        version,
        KeyVersion.Use.COMING,
        wrapping.wrap(keysets.generate(version), version),
        wrapping.name());
  }

  /** What the database keeps of a version that {@link #coming} has made. */
  public byte[] checkValue(KeyVersion coming) {
    return opened(coming.version(), material(coming)).mac("key-check", "towncrier");
  }

  /** Whether a change of the key file was begun and has not come to its end. */
  public boolean isChanging() {
    return keys.isFile() && keys.hasNext();
  }

  /**
   * The same versions, wrapped by the next master key: a file that is made and takes the place of
   * the other one with {@link #takeNext}; or what is set as the master key now.
   */
  public List<KeyVersion> rewrapped(List<KeyVersion> versions) {
    Wrapping next = keys.isFile() ? new MasterKeyWrapping(keys, keys.makeNext()) : wrapping;
    return versions.stream()
        .map(
            version ->
                new KeyVersion(
                    version.version(),
                    version.use(),
                    next.wrap(material(version), version.version()),
                    next.name()))
        .toList();
  }

  /** After every version is wrapped by the next master key. */
  public void takeNext() {
    if (keys.isFile()) {
      keys.takeNext();
    }
  }

  private byte[] material(KeyVersion version) {
    Wrapping.Unwrapped unwrapped =
        wrapping.unwrap(version.wrapped(), version.version(), version.wrappedBy());
    if (unwrapped instanceof Wrapping.Unwrapped.Material material) {
      return material.bytes();
    }
    throw new IllegalStateException("version %d does not open".formatted(version.version()));
  }

  private VersionKeys opened(int version, byte[] material) {
    return version == FirstKeys.VERSION ? FirstKeys.of(material) : keysets.open(version, material);
  }

  /** Whether one of the open versions opens a sealed value. */
  public boolean opens(KeyCheckStore.Sample sample) {
    int version = SealedForm.version(sample.sealed().bytes());
    return open.stream().anyMatch(keys -> keys.version() == version && sample.opensWith(keys));
  }

  /** The version of the keys that are derived from the master key itself. */
  public int version() {
    return KeyRing.VERSION;
  }

  /** What a database without versions keeps of the master key; 32 bytes. */
  public byte[] checkValue() {
    return keys.checkValue();
  }
}
