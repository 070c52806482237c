package io.towncrier.privacy;

import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.Secrets;
import java.nio.file.Path;
import java.util.Base64;

/** Keys for tests of other features. */
public final class TestKeys {
  private TestKeys() {}

  /** As it stands in the settings. */
  public static final String MASTER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

  public static BlindIndex blindIndex() {
    return new BlindIndex(keys());
  }

  public static Vault vault() {
    return new AesGcmVault(keys());
  }

  private static KeyRing keys() {
    return new KeyRing(GivenConfig.in(Path.of("target")).withMasterKey(MASTER_KEY), Secrets.PLAIN);
  }
}
