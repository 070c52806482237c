package io.towncrier.releases.editing;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.ReleaseStore.Act;
import io.towncrier.testing.Configs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApprovalsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final ReleaseStore.Stored DRAFT =
      new ReleaseStore.Stored(
          new ReleaseId("archer", "2.0"),
          release("2.0").draft().build(),
          0,
          Optional.of("olga"),
          List.of("olga"),
          Optional.empty());

  @Test
  void eitherSwitchForbidsTheWriters() {
    for (boolean releases : new boolean[] {true, false}) {
      for (boolean notices : new boolean[] {true, false}) {
        Approvals approvals = approvals(releases, notices);
        assertThat(approvals.forbid(DRAFT, "olga")).isEqualTo(releases || notices);
        assertThat(approvals.forbid(DRAFT, "otto")).isFalse();
      }
    }
  }

  @Test
  void whoWroteAPartIsAWriterAndWhoWroteItAnewIsTheOnlyOne() {
    ReleaseStore.Stored more = DRAFT.after(DRAFT.release(), new Act.WroteMore("otto"));
    assertThat(more.writers()).containsExactly("olga", "otto");
    assertThat(more.author()).contains("olga");
    assertThat(Approvals.told(more)).isEqualTo("written by olga, otto");

    ReleaseStore.Stored anew = more.after(more.release(), new Act.WroteAnew("oda"));
    assertThat(anew.writers()).containsExactly("oda");
    assertThat(anew.revision()).isEqualTo(2);
  }

  @Test
  void whoLetsItOutIsNoWriterAndIsRemembered() {
    ReleaseStore.Stored out = DRAFT.after(DRAFT.release(), new Act.LetOut("oda", NOW));
    assertThat(out.writers()).containsExactly("olga");
    assertThat(out.releasedBy()).contains("oda");
    ReleaseStore.Stored stopped = out.after(out.release(), new Act.Other());
    assertThat(stopped.releasedBy()).contains("oda");
  }

  private static Approvals approvals(boolean releases, boolean notices) {
    return new Approvals(
        Configs.of(
            ReleasesConfig.class,
            Map.of("towncrier.releases.approvals", Boolean.toString(releases))),
        () -> notices);
  }
}
