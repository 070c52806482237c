package io.towncrier.releases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelsTest {
  private static final Channels CHANNELS = new Channels(List.of("stable", "beta", "nightly"));

  @ParameterizedTest
  @CsvSource({
    "stable, stable, true",
    "stable, beta, false",
    "stable, nightly, false",
    "beta, stable, true",
    "beta, beta, true",
    "beta, nightly, false",
    "nightly, stable, true",
    "nightly, nightly, true"
  })
  void whoFollowsAChannelIsReachedByItAndByEveryMoreCarefulOne(
      String followed, String releasedOn, boolean reached) {
    assertThat(CHANNELS.reaches(followed, releasedOn)).isEqualTo(reached);
  }

  @ParameterizedTest
  @CsvSource({"stable, gone", "gone, stable", "gone, gone", "'', stable", "STABLE, stable"})
  void anUnknownChannelReachesNobody(String followed, String releasedOn) {
    assertThat(CHANNELS.reaches(followed, releasedOn)).isFalse();
  }

  @Test
  void itKnowsItsChannels() {
    assertThat(CHANNELS.contains("beta")).isTrue();
    assertThat(CHANNELS.contains("Beta")).isFalse();
  }

  @Test
  void itKeepsACopy() {
    List<String> names = new ArrayList<>(List.of("stable"));
    Channels channels = new Channels(names);
    names.add("beta");

    assertThat(channels.inOrder()).containsExactly("stable");
  }

  @Test
  void newChannelsBetweenTheKnownOnesKeepTheirOrder() {
    Channels wider = new Channels(List.of("stable", "canary", "beta", "nightly", "daily"));

    assertThat(wider.keepsOrderOf(CHANNELS)).isTrue();
    assertThat(wider.without(CHANNELS)).containsExactlyInAnyOrder("canary", "daily");
    assertThat(CHANNELS.without(CHANNELS)).isEmpty();
    assertThat(new Channels(List.of("beta", "stable", "nightly")).keepsOrderOf(CHANNELS)).isFalse();
  }
}
