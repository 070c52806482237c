package io.towncrier.privacy;

import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.Secrets;
import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.KeyVersion;
import io.towncrier.privacy.keys.KeyVersion.Use;
import io.towncrier.privacy.keys.KeyVersionStore.Stored;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.keys.Wrapping.Unwrapped.Material;
import io.towncrier.privacy.tink.TinkKeysets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Keys for tests of other features. */
public final class TestKeys {
  private TestKeys() {}

  /** As it stands in the settings. */
  public static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

  public static BlindIndex blindIndex() {
    return blindIndex(FirstKeys.of(new byte[32]));
  }

  /** With these keys; the first ones are written. */
  public static BlindIndex blindIndex(VersionKeys... keys) {
    return new BlindIndex(live(keys));
  }

  /** Keys of messages under {@link #MASTER_KEY}, generation 1. */
  public static MessageKeys messageKeys() {
    return messageKeys(FirstKeys.of(new byte[32]));
  }

  /** With these keys; the first ones are written. */
  public static MessageKeys messageKeys(VersionKeys... keys) {
    return new MessageKeys(live(keys));
  }

  public static Vault vault() {
    return new AesGcmVault(live(FirstKeys.of(new byte[32])));
  }

  /** With the keys of a database under this master key; one without versions is used as before. */
  public static Vault vaultOf(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT key_version.version, key_version.wrapped, key_version.wrapped_by"
                    + " FROM key_version WHERE key_version.use = 'WRITTEN'")) {
      if (!rows.next()) {
        return vault();
      }
      KeyRing ring =
          new KeyRing(GivenConfig.in(Path.of("target")).withMasterKey(MASTER_KEY), Secrets.PLAIN);
      int version = rows.getInt(1);
      byte[] material =
          ((Material)
                  new MasterKeyWrapping(ring).unwrap(rows.getBytes(2), version, rows.getString(3)))
              .bytes();
      return new AesGcmVault(
          live(
              version == FirstKeys.VERSION
                  ? FirstKeys.of(material)
                  : new TinkKeysets().open(version, material)));
    }
  }

  /** Keys that live; the first ones are written. */
  public static LiveKeys live(VersionKeys... keys) {
    LiveKeys live = new LiveKeys(InstantSource.system());
    List<KeyVersion> versions =
        Arrays.stream(keys)
            .map(
                one ->
                    new KeyVersion(
                        one.version(),
                        one == keys[0] ? Use.WRITTEN : Use.FORMER,
                        new byte[] {(byte) one.version()},
                        "test"))
            .toList();
    live.keep(new Stored(1, versions), List.of(keys), Instant.EPOCH);
    return live;
  }
}
