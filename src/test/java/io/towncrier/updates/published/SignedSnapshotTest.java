package io.towncrier.updates.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.CatalogueStore.Revision;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignedSnapshotTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00.123Z");
  private static final byte[] DOCUMENT = "{\"channels\":[]}\n".getBytes(StandardCharsets.UTF_8);

  private final SnapshotKeyPair keys = SnapshotKeyPair.make();
  private final byte[] object =
      new SignedSnapshot(new Revision("cat_x", 7), NOW, "91e5a107a837", DOCUMENT)
          .sealed(keys.keys().getPrivate());

  @Test
  void whatWasSealedOpensAsItWas() {
    SignedSnapshot opened = open(object).orElseThrow();
    assertThat(opened.revision()).isEqualTo(new Revision("cat_x", 7));
    assertThat(opened.signedAt()).isEqualTo(NOW);
    assertThat(opened.document()).isEqualTo(DOCUMENT);
  }

  @Test
  void anotherBitAnywhereIsNotOurs() {
    for (int at = 0; at < object.length; at++) {
      byte[] touched = object.clone();
      touched[at] ^= 4;
      assertThat(open(touched)).as("byte %d", at).isEmpty();
    }
  }

  @Test
  void aPartOfItIsNotOurs() {
    for (int length = 0; length < object.length; length++) {
      assertThat(open(Arrays.copyOf(object, length))).as("%d bytes", length).isEmpty();
    }
    assertThat(open(Arrays.copyOf(object, object.length + 1))).isEmpty();
  }

  @Test
  void anyOfTheTrustedKeysCountsAndNoOther() {
    PublicKey other = SnapshotKeyPair.make().keys().getPublic();
    assertThat(SignedSnapshot.open(object, List.of(other))).isEmpty();
    assertThat(SignedSnapshot.open(object, List.of())).isEmpty();
    assertThat(SignedSnapshot.open(object, List.of(other, keys.keys().getPublic()))).isPresent();
  }

  private Optional<SignedSnapshot> open(byte[] bytes) {
    return SignedSnapshot.open(bytes, List.of(keys.keys().getPublic()));
  }
}
