package io.towncrier.releases.editing;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.FieldError;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImportRulesTest {
  private static final Instant NOW = Instant.parse("2026-05-10T12:00:00Z");
  private static final Release OUT =
      release("2.0").publishedAt("2026-05-01T00:00:00Z").rolledOutTo(5_000).build();

  @Test
  void whatWasHaltedStaysHalted() {
    Release halted = OUT.with(OUT.rollout().halted(NOW));

    assertThat(fields(halted, OUT)).containsExactly("releases[0].rollout.state");
    assertThat(fields(halted, OUT.with(OUT.rollout().paused(NOW))))
        .containsExactly("releases[0].rollout.state");
    assertThat(fields(halted, halted.inState(Release.State.WITHDRAWN))).isEmpty();
  }

  @Test
  void whatWasPausedMayBeHaltedAndNotResumed() {
    Release paused = OUT.with(OUT.rollout().paused(NOW));

    assertThat(fields(paused, OUT)).containsExactly("releases[0].rollout.state");
    assertThat(fields(paused, OUT.with(OUT.rollout().halted(NOW)))).isEmpty();
  }

  @Test
  void whatWasWithdrawnStaysWithdrawn() {
    assertThat(fields(OUT.inState(Release.State.WITHDRAWN), OUT))
        .containsExactly("releases[0].state");
  }

  @Test
  void whatIsOutIsNoDraftAnyMore() {
    assertThat(fields(OUT, OUT.inState(Release.State.DRAFT))).containsExactly("releases[0].state");
  }

  @Test
  void theShareThatIsInForceDoesNotShrink() {
    assertThat(fields(OUT, OUT.with(share(4_999)))).containsExactly("releases[0].rollout");
    assertThat(fields(OUT, OUT.publishedAt(NOW.plusSeconds(1))))
        .containsExactly("releases[0].rollout");
    assertThat(fields(OUT, OUT.with(share(5_001)))).isEmpty();
  }

  @Test
  void aDraftMayBecomeAnything() {
    assertThat(fields(OUT.inState(Release.State.DRAFT), OUT)).isEmpty();
  }

  @Test
  void whereSomebodyElseApprovesOnlyDraftsComeIn() {
    ImportRules rules = new ImportRules(Map.of(id(OUT), Optional.empty()), true, NOW);

    assertThat(rules.errorsOf(document(OUT)))
        .extracting(FieldError::field)
        .containsExactly("releases[0].state");
    assertThat(rules.errorsOf(document(OUT.inState(Release.State.DRAFT)))).isEmpty();
  }

  @Test
  void whatStandsThereAlreadyIsNotLookedAt() {
    assertThat(new ImportRules(Map.of(), true, NOW).errorsOf(document(OUT))).isEmpty();
  }

  private static Rollout share(int buckets) {
    return new Rollout(
        List.of(new Phase(buckets, Optional.empty(), Duration.ZERO)),
        Optional.empty(),
        Rollout.State.RUNNING,
        Optional.empty(),
        Duration.ZERO);
  }

  private static List<String> fields(Release known, Release given) {
    ImportRules rules = new ImportRules(Map.of(id(known), Optional.of(known)), false, NOW);
    return rules.errorsOf(document(given)).stream().map(FieldError::field).toList();
  }

  private static ReleaseId id(Release release) {
    return new ReleaseId("archer", release.version());
  }

  private static Catalogue document(Release release) {
    return new Catalogue(
        Optional.empty(), List.of(), List.of(new Catalogue.Entry(List.of("archer"), release)));
  }
}
