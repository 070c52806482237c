package io.towncrier.artifacts.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.artifacts.ArtifactName;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LinkKeyTest {
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final ArtifactName NAME = new ArtifactName("a".repeat(64), "r1.img");

  private final LinkKey key = new LinkKey(new byte[32]);
  private final Map<String, String> link = query(key.sign(NAME, NOON));

  @Test
  void aLinkIsGoodForItsFileUntilItExpires() {
    assertThat(isGood(key, NAME, link, NOON.minusSeconds(1))).isTrue();
    assertThat(isGood(key, NAME, link, NOON)).isFalse();
  }

  @Test
  void nothingInALinkCanBeChanged() {
    Instant before = NOON.minusSeconds(1);
    assertThat(isGood(key, new ArtifactName("b".repeat(64), "r1.img"), link, before)).isFalse();
    assertThat(isGood(key, new ArtifactName("a".repeat(64), "r2.img"), link, before)).isFalse();
    assertThat(isGood(new LinkKey(new byte[] {1}), NAME, link, before)).isFalse();
    String later = Long.toString(NOON.plusSeconds(9).getEpochSecond());
    assertThat(key.isGood(NAME, later, link.get("signature"), before)).isFalse();
    for (String expires : new String[] {null, "", "x", "-1", "9".repeat(30)}) {
      assertThat(key.isGood(NAME, expires, link.get("signature"), before)).isFalse();
    }
    for (String signature : new String[] {null, "", "*", "AAAA"}) {
      assertThat(key.isGood(NAME, link.get("expires"), signature, before)).isFalse();
    }
  }

  private static boolean isGood(
      LinkKey key, ArtifactName name, Map<String, String> link, Instant now) {
    return key.isGood(name, link.get("expires"), link.get("signature"), now);
  }

  private static Map<String, String> query(String pathAndQuery) {
    Map<String, String> members = new TreeMap<>();
    for (String member : pathAndQuery.split("\\?", 2)[1].split("&", -1)) {
      String[] parts = member.split("=", 2);
      members.put(parts[0], parts[1]);
    }
    return members;
  }
}
