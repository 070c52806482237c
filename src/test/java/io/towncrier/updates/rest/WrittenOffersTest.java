package io.towncrier.updates.rest;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.SerializedString;
import io.towncrier.releases.Release;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WrittenOffersTest {
  private final WrittenOffers offers = new WrittenOffers();
  private final AtomicInteger written = new AtomicInteger();

  @Test
  void whatIsAskedForAgainIsNotWrittenAgain() {
    Release release = release("1.0").build();

    assertThat(get(release, release, "en")).isSameAs(get(release, release, "en"));
    assertThat(written).hasValue(1);
  }

  @Test
  void anotherTargetLanguageOrObjectIsAnotherOffer() {
    Release one = release("1.0").build();
    Release changed = release("1.0").build();

    get(one, one, "en");
    get(one, one, "de");
    get(one, changed, "en");
    get(changed, one, "en");
    get(changed, changed, "en");

    assertThat(written).hasValue(5);
  }

  @Test
  void whatIsAskedForNowAndThenStaysAndTheRestIsForgotten() {
    Release often = release("1.0").build();
    Release once = release("2.0").build();
    get(often, often, "en");
    get(once, once, "en");
    for (int i = 0; i < 40_000; i++) {
      Release other = release("3.0").build();
      get(other, other, "en");
      get(often, often, "en");
    }
    int before = written.get();

    get(often, often, "en");
    assertThat(written).hasValue(before);
    get(once, once, "en");
    assertThat(written).hasValue(before + 1);
  }

  private SerializedString get(Release release, Release target, String language) {
    return offers.get(
        new WrittenOffers.Offer(release, target, language),
        () -> new SerializedString("written " + written.incrementAndGet()));
  }
}
