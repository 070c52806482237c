package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A case that is added to a sealed type is forgotten nowhere (docs/adr/0041). */
@Tag("zoneless")
class LaddersTest {
  /** Methods whose question is about some cases alone: a new one is rightly none of them. */
  private static final Set<String> ASK_FOR_SOME =
      Set.of(
          "delivery.sending.DeliveryCounters.isAboutAddress",
          // What is neither known nor to be proved is already the answer.
          "devices.address.ChangePushAddress.push",
          // Every other state of a notice is refused as the wrong one.
          "notices.PauseNotice.letGoOn",
          "notices.PauseNotice.pause",
          // A refusal is logged, a start is counted.
          "notices.StartScheduledNotices.start",
          // Columns that few cases have; for the others they are null.
          "notices.postgres.NoticeRows.write",
          "notices.rest.ScheduleBody.of",
          "releases.ReleaseStore$Stored.after",
          "releases.postgres.PostgresReleases.update",
          // Only a moment in the future can have passed.
          "notices.schedule.Schedule.defect",
          // A key that is present is used.
          "server.commands.Commands.reset");

  @Test
  void whoAsksForTwoCasesAsksForAll() {
    assertThat(Ladders.forgetful(ImportedClasses.OURS).keySet())
        .as(
            "ask for each case, and end with ForgottenCase: %s",
            Ladders.forgetful(ImportedClasses.OURS))
        .isEqualTo(ASK_FOR_SOME);
  }

  @Test
  void aLadderWithASilentDefaultIsCaught() {
    assertThat(Ladders.forgetful(ImportedClasses.KNOWN_BAD))
        .containsEntry("updates.SilentDefault.of", "Third");
  }
}
