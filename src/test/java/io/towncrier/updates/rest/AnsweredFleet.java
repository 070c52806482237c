package io.towncrier.updates.rest;

import io.towncrier.releases.CatalogueStore.Content;
import io.towncrier.releases.CatalogueStore.Revision;
import io.towncrier.releases.Release;
import io.towncrier.testing.Configs;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckCounters;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.UpdatesConfig;
import io.towncrier.updates.decision.RandomFleet;
import io.towncrier.updates.snapshots.SnapshotSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The service over one random catalogue, at whichever moment it is asked. */
final class AnsweredFleet {
  private static final UpdatesConfig CONFIG =
      Configs.of(UpdatesConfig.class, Map.of("towncrier.updates.checks-per-second", "1000000000"));
  private static final AnswerWriter WRITER = new AnswerWriter(AnswerWriterTest.JSON);
  private static final Duration SOON = Duration.ofSeconds(5);

  private final RandomFleet fleet;
  private final AnswerCheck check;

  private Instant now = RandomFleet.NOW;

  AnsweredFleet(RandomFleet fleet, List<Release> releases) {
    this.fleet = fleet;
    Content content =
        new Content(
            new Revision("cat_1", 1),
            fleet.channels(),
            Map.of(fleet.product(), releases),
            fleet.halt());
    this.check =
        AnswerCheck.from(SnapshotSource.fixed(content), new CheckCounters(), CONFIG, this::now);
  }

  AnsweredFleet at(Instant moment) {
    now = moment;
    return this;
  }

  private Instant now() {
    return now;
  }

  CheckResult ask(RandomClient client) {
    return check.run(fleet.product().id(), client.facts()).await().atMost(SOON);
  }

  static String json(CheckResult answer) {
    return new String(WRITER.body(answer, AnswerForm.JSON), StandardCharsets.UTF_8);
  }

  /** Both forms and the tag. */
  static String bytes(CheckResult answer) {
    return answer.tag()
        + ' '
        + json(answer)
        + ' '
        + new String(WRITER.body(answer, AnswerForm.PLAIN), StandardCharsets.UTF_8);
  }
}
