package io.towncrier.ddi;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.ddi.actions.Action;
import io.towncrier.ddi.actions.Action.State;
import io.towncrier.ddi.actions.ConfigLink;
import io.towncrier.ddi.actions.History;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Channels;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.SampleRelease;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a client is to do, from the decision and from what it has done. */
class PlanTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final SampleRelease NEW = both("2.0");
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void whatIsOfferedForTheFirstTimeIsOffered() {
    assertThat(plan(NEW)).isEqualTo(new Plan.Offer("2.0"));
    assertThat(plan(both("1.0"))).isEqualTo(new Plan.Nothing(Optional.empty()));
  }

  @Test
  void outsideOfTheWindowOneClientWaitsAndTheOtherHearsOfItInAdvance() {
    SampleRelease atNight =
        both("2.0")
            .installedWithin(
                new InstallWindow(
                    Optional.of(new InstallWindow.Hours(LocalTime.of(2, 0), LocalTime.of(4, 0))),
                    Set.of(),
                    Optional.empty()));

    assertThat(plan(ClientKind.SWUPDATE, atNight))
        .isEqualTo(Plan.Nothing.because(Plan.WINDOW_CLOSED));
    assertThat(plan(ClientKind.RAUC, atNight)).isEqualTo(new Plan.Offer("2.0"));
    Action begun = offered("2.0").in(State.RUNNING, NOW);
    assertThat(plan(ClientKind.SWUPDATE, List.of(begun), atNight))
        .as("what has begun inside of it ends")
        .isEqualTo(new Plan.GoOn(begun));
  }

  @Test
  void anOfferThatWasTakenBackEndsAsFarAsItHasCome() {
    Action shown = offered("2.0");
    Action begun = shown.in(State.RUNNING, NOW);

    assertThat(plan(ClientKind.SWUPDATE, List.of(shown), both("1.0")))
        .as("not begun: it is just not shown any more")
        .isEqualTo(new Plan.Nothing(Optional.empty()));
    assertThat(plan(ClientKind.SWUPDATE, List.of(begun), both("1.0")))
        .isEqualTo(new Plan.Cancel(begun));
    assertThat(plan(ClientKind.SWUPDATE, List.of(begun), both("3.0")))
        .as("another one has come")
        .isEqualTo(new Plan.Cancel(begun));
    assertThat(plan(ClientKind.SWUPDATE, List.of(begun.refusingToCancel(NOW)), both("3.0")))
        .isEqualTo(Plan.Nothing.because(Plan.INSTALLING));
    assertThat(plan(ClientKind.SWUPDATE, List.of(shown), both("3.0")))
        .isEqualTo(new Plan.Offer("3.0"));
  }

  @Test
  void whoWaitsForADownloadIsNotAskedToCancelTheOneThatHasBegun() {
    Action begun = offered("2.0").in(State.RUNNING, NOW);
    Plan waits = Plan.Nothing.because("download-budget");

    assertThat(held(Refusal.DOWNLOAD_BUDGET, List.of(begun))).isEqualTo(waits);
    assertThat(held(Refusal.DOWNLOAD_BUDGET, List.of(begun.in(State.DOWNLOADED, NOW))))
        .isEqualTo(waits);
    assertThat(held(Refusal.DOWNLOAD_BUDGET, List.of(offered("1.5")))).isEqualTo(waits);
    assertThat(held(Refusal.DOWNLOAD_BUDGET, List.of(begun.refusingToCancel(NOW))))
        .isEqualTo(Plan.Nothing.because(Plan.INSTALLING));
    assertThat(held(Refusal.RETRY_LATER, List.of(begun)))
        .as("every other hold takes it back")
        .isEqualTo(new Plan.Cancel(begun));
  }

  @Test
  void attemptsAreCountedByTheOutcomeAlone() {
    Action failed = ended(false);
    Action succeeded = ended(true);

    assertThat(plan(ClientKind.RAUC, List.of(failed, failed, failed), NEW))
        .as("an operator lets it try again, or its product allows more attempts")
        .isEqualTo(new Plan.Offer("2.0"));
    assertThat(plan(ClientKind.RAUC, List.of(succeeded), NEW))
        .as("it fell back, and that is worth another attempt")
        .isEqualTo(new Plan.Offer("2.0"));
    assertThat(held(Refusal.RETRY_LATER, List.of(failed)))
        .isEqualTo(Plan.Nothing.because("retry-later"));
    assertThat(held(Refusal.AWAITING_RESTART, List.of(succeeded)))
        .isEqualTo(Plan.Nothing.because("awaiting-restart"));
  }

  @Test
  void aReleaseWithoutAFileForTheClientIsNotOffered() {
    Artifact withoutSha1 =
        new Artifact("fw.swu", SampleFiles.SWU.url(), 1, SampleFiles.SWU.sha256());
    Artifact tooLarge =
        new Artifact(
            "fw.swu",
            SampleFiles.SWU.url(),
            1L << 31,
            SampleFiles.SWU.sha256(),
            SampleFiles.SWU.sha1(),
            Optional.empty());
    for (SampleRelease release :
        List.of(
            release("2.0"),
            release("2.0").with(withoutSha1),
            release("2.0").with(tooLarge),
            release("2.0").with(SampleFiles.RAUCB),
            release("2.0").with(SampleFiles.SWU, SampleFiles.file("b.swu")))) {
      assertThat(plan(ClientKind.SWUPDATE, release))
          .isEqualTo(Plan.Nothing.because(Plan.NO_ARTIFACT));
    }
    assertThat(plan(ClientKind.RAUC, release("2.0").with(SampleFiles.file("image.bin"))))
        .as("rauc takes the only file, whatever it is called")
        .isEqualTo(new Plan.Offer("2.0"));
  }

  @Test
  void clientsAreToldApartByTheSettingAndElseByTheirHeader() {
    assertThat(ClientKind.of(false, "rauc-hawkbit-c-agent/1.3")).isEqualTo(ClientKind.RAUC);
    assertThat(ClientKind.of(false, "SWUpdate")).isEqualTo(ClientKind.SWUPDATE);
    assertThat(ClientKind.of(false, null)).isEqualTo(ClientKind.SWUPDATE);
    assertThat(ClientKind.of(true, null)).isEqualTo(ClientKind.RAUC);
  }

  @Test
  void theLinkForFactsEndsWithAnyAnswerButBehindASuccessWithAnotherVersion() {
    ConfigLink asked = ConfigLink.asked(ConfigLink.State.ASKED, NOW);
    ConfigLink restart = ConfigLink.asked(ConfigLink.State.RESTART, NOW);

    assertThat(asked.answered(false, DAY, NOW)).isEqualTo(ConfigLink.NONE);
    assertThat(restart.answered(false, DAY, NOW)).as("sent before the reboot").isEqualTo(restart);
    assertThat(restart.answered(true, DAY, NOW)).isEqualTo(ConfigLink.NONE);
    assertThat(restart.answered(false, DAY, NOW.plus(DAY))).isEqualTo(ConfigLink.NONE);
    assertThat(restart.isShown(DAY, NOW.plus(DAY))).isFalse();
    assertThat(asked.isShown(DAY, NOW.plus(DAY).plus(DAY))).isTrue();
  }

  private static SampleRelease both(String version) {
    return release(version).with(SampleFiles.SWU, SampleFiles.RAUCB);
  }

  private static Action offered(String version) {
    return Action.offered(7, version, NOW.minusSeconds(60));
  }

  private static Action ended(boolean success) {
    return offered("2.0")
        .ended(
            success ? State.SUCCEEDED : State.FAILED,
            new Action.Ended(success, false, List.of(), Optional.empty()),
            NOW);
  }

  private static Plan plan(SampleRelease... releases) {
    return plan(ClientKind.SWUPDATE, releases);
  }

  private static Plan plan(ClientKind client, SampleRelease... releases) {
    return plan(client, List.of(), releases);
  }

  private static Plan plan(ClientKind client, List<Action> actions, SampleRelease... releases) {
    return Plan.of(decided(releases), new History(actions), client);
  }

  private static Plan held(Refusal reason, List<Action> actions) {
    return Plan.of(decided(NEW).heldBack(reason), new History(actions), ClientKind.RAUC);
  }

  private static CheckResult decided(SampleRelease... releases) {
    return SampleChecks.of(
            SampleProduct.product("archer").build(),
            Arrays.stream(releases).map(SampleRelease::build).toList(),
            new Channels(List.of("stable")),
            InstantSource.fixed(NOW))
        .run("archer", installed("1.0").in("DE").at("Europe/Berlin").build())
        .await()
        .atMost(Duration.ofSeconds(5));
  }
}
