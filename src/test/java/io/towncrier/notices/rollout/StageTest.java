package io.towncrier.notices.rollout;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.updates.decision.ProductReleases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final Product PRODUCT = SampleProduct.product("archer").build();
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");

  @Test
  void aReleaseThatIsNotOutYetIsNoNewStage() {
    Release out = release("1.0").build().publishedAt(NOW.minusSeconds(60));
    Release later = release("2.0").build().publishedAt(NOW.plusSeconds(60));
    assertThat(at(NOW, out, later)).isEqualTo(at(NOW, out));
    assertThat(at(NOW.plusSeconds(60), out, later)).isNotEqualTo(at(NOW, out, later));
  }

  @Test
  void theSameReleasesAreTheSameStageWhateverTheirOrderAndTheTime() {
    Release first = release("1.0").build().publishedAt(NOW.minusSeconds(60));
    Release second = release("2.0").build().publishedAt(NOW.minusSeconds(60));
    assertThat(at(NOW, first, second)).isEqualTo(at(NOW.plus(Duration.ofDays(1)), second, first));
  }

  @Test
  void whatIsWithdrawnIsAnotherStage() {
    Release out = release("1.0").build().publishedAt(NOW.minusSeconds(60));
    assertThat(at(NOW, out.inState(Release.State.WITHDRAWN))).isNotEqualTo(at(NOW, out));
  }

  private static String at(Instant now, Release... releases) {
    return Stage.textAt(ProductReleases.of(PRODUCT, List.of(releases)), now);
  }
}
