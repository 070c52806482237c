package io.towncrier.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsTest {
  @Test
  void aKindIsAboutEveryTopicThatShowsIt() {
    Map<String, Long> topics = Topics.of(Map.of("rollout", 7L, "notice", 5L, "rollouts", 3L));
    assertThat(topics)
        .containsEntry("rollouts", 7L)
        .containsEntry("releases", 7L)
        .containsEntry("notices", 5L)
        .containsEntry("halts", 3L)
        .containsEntry("audit", 7L)
        .containsEntry("products", 0L);
  }

  @Test
  void aKindThatNobodyHasNamedIsATopicOfItsOwn() {
    assertThat(Topics.of(Map.of("artifact", 9L)))
        .containsEntry("artifact", 9L)
        .containsEntry("audit", 9L)
        .containsEntry("notices", 0L);
  }
}
