package io.towncrier.delivery.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.delivery.ladder.ReportedStep.PushName;
import io.towncrier.notices.counts.LadderCounts;
import io.towncrier.notices.counts.LadderProgress;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten thousand phones, of which three tenths are silent and one in twenty lies or replays. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class LadderFleetIT {
  private static final int PHONES = 10_000;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant ACCEPTED =
      Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

  private static final String REGISTER =
      """
      INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
        cohort, secret_index, registered_at, last_seen_on, revision)
      SELECT 'dev_' || ? || n, 'PHONE', 'router-app-android', '3.0.1', 'DE', 'Europe/Berlin', 'de',
        'stable', 'c-' || n, decode(md5(? || n), 'hex'), now(), current_date, 0
      FROM generate_series(1, 10000) AS n
      """;

  private static final String ACCEPT =
      """
      INSERT INTO delivery (notice_id, device_id, state, due_at, finished_at)
      SELECT notice.id, device.id, 'ACCEPTED', ?::timestamptz, ?::timestamptz
      FROM device, notice
      WHERE device.id LIKE 'dev_' || ? || '%' AND notice.id = ANY (ARRAY[?, ?])
        AND (notice.id = ? OR right(device.id, 1) = '0')
      """;

  private final Ladder ladder;
  private final LadderCounts counts;
  private final String fleet = UUID.randomUUID().toString().replace("-", "") + "x";

  LadderFleetIT(Ladder ladder, LadderCounts counts) {
    this.ladder = ladder;
    this.counts = counts;
  }

  @BeforeEach
  void register() {
    Api.importSample();
    Sql.run(REGISTER, fleet, fleet);
  }

  @AfterEach
  void remove() {
    Sql.run("DELETE FROM delivery WHERE device_id LIKE 'dev_' || ? || '%'", fleet);
    Sql.run("DELETE FROM device WHERE id LIKE 'dev_' || ? || '%'", fleet);
  }

  @Test
  void theFigureIsRightWithinOnePercentAndNoForgedStepIsTaken() {
    String notice = begun();
    String others = begun();
    String accepted = ACCEPTED.toString();
    Sql.run(ACCEPT, accepted, accepted, fleet, notice, others, notice);
    Random random = new Random(68);
    List<ReportedStep> told = new ArrayList<>();
    List<ReportedStep> forged = new ArrayList<>();
    long inTime = 0;
    for (int n = 1; n <= PHONES; n++) {
      String device = "dev_" + fleet + n;
      // Nine in ten within two minutes, some much later.
      long delay = random.nextInt(10) == 0 ? 121 + random.nextInt(50_000) : 1 + random.nextInt(120);
      inTime += delay <= 120 ? 1 : 0;
      if (random.nextInt(100) >= 30) {
        List<ReportedStep> honest = honest(device, notice, ACCEPTED.plusSeconds(delay));
        told.addAll(honest);
        if (random.nextInt(100) < 5) {
          forged.addAll(forged(device, others, notice, n % 10 == 0));
          told.addAll(honest); // Once more.
        }
      }
    }
    Collections.shuffle(forged, random);

    assertThat(take(forged)).doesNotContain(Verdict.TAKEN, Verdict.NOT_YET);
    assertThat(take(told)).containsOnly(Verdict.TAKEN, Verdict.REPEATED);
    assertThat(take(forged)).doesNotContain(Verdict.TAKEN, Verdict.NOT_YET);

    LadderProgress progress = LadderProgress.of(counts.ladder(notice).await().atMost(SOON));
    double share = progress.marks().get(2).share().orElseThrow();
    assertThat(share).isCloseTo((double) inTime / PHONES, within(0.01));
    assertThat(progress.reached()).isEqualTo(rows("arrived_at", notice));
    assertThat(progress.steps().get(3).devices()).isEqualTo(rows("shown_at", notice));
    assertThat(rows("steps_since", others)).isZero();
    assertThat(counts.ladder(others).await().atMost(SOON).counts()).isEmpty();
  }

  private static List<ReportedStep> honest(String device, String notice, Instant shown) {
    return List.of(
        app(device, notice, PushStep.ARRIVED, shown.minusMillis(400)),
        app(device, notice, PushStep.SHOWN, shown));
  }

  /** Of others' deliveries, before acceptance, of the future, in the name of the provider. */
  private static List<ReportedStep> forged(
      String device, String others, String own, boolean isItsOwnToo) {
    List<ReportedStep> forged = new ArrayList<>();
    forged.add(app(device, own, PushStep.SHOWN, ACCEPTED.minusSeconds(3_600)));
    forged.add(app(device, own, PushStep.OPENED, Instant.now().plusSeconds(3_600)));
    forged.add(app(device, own, PushStep.HELD, ACCEPTED.plusSeconds(1)));
    forged.add(app(device, own, PushStep.SEEN, ACCEPTED.plusSeconds(1)));
    if (!isItsOwnToo) {
      forged.add(app(device, others, PushStep.SHOWN, ACCEPTED.plusSeconds(1)));
    }
    return forged;
  }

  private static ReportedStep app(String device, String notice, PushStep step, Instant at) {
    return new ReportedStep(
        new PushName.OfNotice(device, notice),
        step,
        StepSource.APP,
        Optional.of(at),
        Optional.empty());
  }

  private List<Verdict> take(List<ReportedStep> steps) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int from = 0; from < steps.size(); from += Ladder.MOST) {
      List<ReportedStep> page = steps.subList(from, Math.min(steps.size(), from + Ladder.MOST));
      verdicts.addAll(ladder.take(page).await().atMost(SOON));
    }
    return verdicts;
  }

  private static long rows(String column, String notice) {
    return Long.parseLong(
        Sql.text("SELECT count(" + column + ") FROM delivery WHERE notice_id = ?", notice));
  }

  /** A notice to one phone; the fleet's deliveries are added. */
  private static String begun() {
    return Api.announce("Fleet", Map.of("devices", List.of(Api.phone("en").id())));
  }
}
