package io.towncrier.releases.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutClaimsTest {
  private static final Share SHARE = new Share("archer/2.0", 500);

  @Test
  void whatAClientSaysIsReadById() {
    RolloutClaims claims = RolloutClaims.parse(SHARE.id() + "-in.0123abcd-out").orElseThrow();

    assertThat(claims.areInside(SHARE)).isTrue();
    assertThat(claims.areAbout(SHARE)).isTrue();
    assertThat(claims.outside()).containsExactly("0123abcd");
  }

  @Test
  void whatWasSaidOfAnEarlierShareOrAnotherRolloutIsNotSaid() {
    RolloutClaims claims = RolloutClaims.parse(SHARE.id() + "-in").orElseThrow();

    assertThat(claims.areAbout(new Share("archer/2.0", 501))).isFalse();
    assertThat(claims.areAbout(new Share("archer/2.1", 500))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "in",
        "0123abcd",
        "0123abcd-IN",
        "0123abcd-in.",
        "0123abcw-in",
        "0123abcd-in.0123abcd-out"
      })
  void everythingElseIsNotRead(String text) {
    assertThat(RolloutClaims.parse(text)).isEmpty();
  }

  @Test
  void theIdStaysTheSameAndIsAnotherForEachShare() {
    Set<String> ids = new HashSet<>();
    for (int product = 0; product < 20; product++) {
      for (int buckets = 1; buckets < Bucket.COUNT; buckets++) {
        ids.add(new Share("p" + product + "/1.0", buckets).id());
      }
    }

    assertThat(SHARE.id()).isEqualTo("hud6mkgc");
    assertThat(ids).hasSize(20 * (Bucket.COUNT - 1)).allMatch(id -> id.matches("[0-9a-v]{8}"));
  }
}
