package io.towncrier.privacy;

import io.towncrier.platform.GivenConfig;
import java.nio.file.Path;
import java.util.Base64;

/** Keys for tests of other features. */
public final class TestKeys {
  private TestKeys() {}

  public static BlindIndex blindIndex() {
    return new BlindIndex(
        new KeyRing(
            GivenConfig.in(Path.of("target"))
                .withMasterKey(Base64.getEncoder().encodeToString(new byte[32]))));
  }
}
