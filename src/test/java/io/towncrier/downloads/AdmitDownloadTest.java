package io.towncrier.downloads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.CountryCode;
import io.towncrier.testing.Configs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmitDownloadTest {
  private static final long RATE = 100_000_000;
  private static final long IMAGE = 20_000_000;
  private static final Download GERMAN = new Download("DE", IMAGE, Urgency.USUAL);
  private static final InstantSource STILL = InstantSource.fixed(Instant.ofEpochSecond(Wave.BEGIN));

  private final FakeBuckets rows = new FakeBuckets();
  private final WaitCounters counters = new WaitCounters();

  @Test
  void aThousandDevicesOfTwoProcessesBeginWithinTheBudget() {
    Wave germany = new Wave();
    germany.run(
        1_000, GERMAN, List.of(process(germany), process(germany)), AdmitDownloadTest::await);

    assertThat(germany.bytes()).isEqualTo(1_000 * IMAGE);
    assertThat(germany.aboveRate(RATE)).isLessThanOrEqualTo(10 * RATE + IMAGE);
    // 200 s at the budget's rate; who is too late for its turn comes once more.
    assertThat(germany.took()).isBetween(Duration.ofSeconds(190), Duration.ofMinutes(15));
    assertThat(germany.mostAtOnce()).isLessThanOrEqualTo(50);
  }

  @Test
  void aRegionDoesNotWaitForAnother() {
    AdmitDownload process = process(STILL);
    exhaust(process, GERMAN);

    assertThat(await(process.run(new Download("NZ", IMAGE, Urgency.USUAL)))).isEmpty();
    Download nowhere = Download.in(Optional.empty(), IMAGE, Urgency.USUAL);
    assertThat(nowhere.region()).isEqualTo("ZZ");
    assertThat(await(process.run(nowhere))).isEmpty();
    assertThat(await(process.run(GERMAN))).isPresent();
    assertThat(counters.of("DE")).isEqualTo(2);
    assertThat(counters.of("NZ")).isZero();
    assertThat(counters.all()).isEqualTo(2);
  }

  @Test
  void onceASecondIsUsedUpTheOthersOfItCostNoStatement() {
    AdmitDownload process = process(STILL);
    exhaust(process, GERMAN);
    int before = rows.statements();

    Duration last = Duration.ZERO;
    for (int i = 0; i < 500; i++) {
      Duration wait = await(process.run(GERMAN)).orElseThrow();
      assertThat(wait).isGreaterThanOrEqualTo(last);
      last = wait;
    }

    assertThat(rows.statements()).isEqualTo(before);
    // A row of 500 images at five a second, behind the first minute.
    assertThat(last).isBetween(Duration.ofSeconds(159), Duration.ofSeconds(163));
  }

  @Test
  void anAdmissionIsOneStatementOnceTheRowIsKnown() {
    AdmitDownload process = process(STILL);
    await(process.run(GERMAN));
    int before = rows.statements();

    assertThat(await(process.run(GERMAN))).isEmpty();

    assertThat(rows.statements() - before).isEqualTo(1);
  }

  @Test
  void aProcessThatKnowsAnOldRowLooksAgain() {
    AdmitDownload one = process(STILL);
    AdmitDownload other = process(STILL);
    await(one.run(GERMAN));
    await(other.run(GERMAN));

    assertThat(await(one.run(GERMAN))).isEmpty();

    assertThat(room()).isEqualTo(10 * RATE - 3 * IMAGE);
  }

  @Test
  void aProcessThatEndsBeforeItAnswersCostsOneDownload() {
    AdmitDownload process = process(STILL);
    rows.loseAnswers(true);
    assertThatThrownBy(() -> await(process.run(GERMAN))).isInstanceOf(IllegalStateException.class);
    rows.loseAnswers(false);

    assertThat(await(process(STILL).run(GERMAN))).isEmpty();
    assertThat(room()).isEqualTo(10 * RATE - 2 * IMAGE);
    assertThat(await(process.run(GERMAN))).isEmpty();
    assertThat(room()).isEqualTo(10 * RATE - 3 * IMAGE);
  }

  @Test
  void whatIsUrgentIsAdmittedWhereOthersWait() {
    AdmitDownload process = process(STILL);
    exhaust(process, GERMAN);

    Download security = new Download("DE", IMAGE, Urgency.SECURITY);
    assertThat(await(process.look(security))).isEmpty();
    exhaust(process, security);
    Download byHand = new Download("DE", IMAGE, Urgency.BY_HAND);
    assertThat(await(process.run(byHand))).isEmpty();
    exhaust(process, byHand);

    assertThat(room()).isBetween(-10 * RATE - IMAGE, -10 * RATE);
    assertThat(await(process.look(security)).orElseThrow())
        .isLessThanOrEqualTo(Duration.ofHours(1));
  }

  @Test
  void withoutABudgetOrWithoutAFileNothingIsAsked() {
    AdmitDownload off = new AdmitDownload(rows, budget(Map.of()), counters, STILL);
    assertThat(off.isOn()).isFalse();
    assertThat(await(off.run(GERMAN))).isEmpty();
    assertThat(await(off.look(GERMAN))).isEmpty();
    assertThat(await(process(STILL).run(new Download("DE", 0, Urgency.USUAL)))).isEmpty();
    assertThat(rows.statements()).isZero();
  }

  @Test
  void aLookTakesNothing() {
    AdmitDownload process = process(STILL);
    assertThat(await(process.look(GERMAN))).as("nothing was begun yet").isEmpty();
    await(process.run(GERMAN));
    long before = room();

    assertThat(await(process.look(GERMAN))).isEmpty();
    exhaust(process, GERMAN);
    assertThat(await(process.look(GERMAN))).isPresent();

    assertThat(room()).isLessThan(before);
    long now = room();
    await(process.look(GERMAN));
    assertThat(room()).isEqualTo(now);
  }

  @Test
  void aBudgetThatIsNoneIsRefusedByItsName() {
    for (String wrong : List.of("0", "-1", "100000000000001")) {
      assertThatThrownBy(() -> budget(Map.of("towncrier.downloads.budget", wrong)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TOWNCRIER_DOWNLOADS_BUDGET");
    }
    assertThat(Download.in(CountryCode.parse("de"), 1, Urgency.USUAL).region()).isEqualTo("DE");
  }

  /** Until the first one has to wait. */
  private static void exhaust(AdmitDownload process, Download download) {
    int admitted = 0;
    while (await(process.run(download)).isEmpty()) {
      admitted++;
      assertThat(admitted).as("the bucket has no end").isLessThan(1_000);
    }
  }

  private long room() {
    return await(rows.find("DE")).orElseThrow().room();
  }

  private AdmitDownload process(InstantSource clock) {
    return new AdmitDownload(
        rows, budget(Map.of("towncrier.downloads.budget", "" + RATE)), counters, clock);
  }

  private static DownloadBudget budget(Map<String, String> given) {
    return new DownloadBudget(Configs.of(DownloadsConfig.class, given));
  }

  private static <T> T await(Uni<T> answer) {
    return answer.await().indefinitely();
  }
}
