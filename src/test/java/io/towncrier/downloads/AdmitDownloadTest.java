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
  private final FakeAdmissions devices = new FakeAdmissions();
  private final WaitCounters counters = new WaitCounters();
  private int asked;

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

    assertThat(ask(process, new Download("NZ", IMAGE, Urgency.USUAL))).isEmpty();
    Download nowhere = Download.in(Optional.empty(), IMAGE, Urgency.USUAL);
    assertThat(nowhere.region()).isEqualTo("ZZ");
    assertThat(ask(process, nowhere)).isEmpty();
    assertThat(ask(process, GERMAN)).isPresent();
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
      Duration wait = ask(process, GERMAN).orElseThrow();
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
    ask(process, GERMAN);
    int before = rows.statements();

    assertThat(ask(process, GERMAN)).isEmpty();

    assertThat(rows.statements() - before).isEqualTo(1);
  }

  @Test
  void aProcessThatKnowsAnOldRowLooksAgain() {
    AdmitDownload one = process(STILL);
    AdmitDownload other = process(STILL);
    ask(one, GERMAN);
    ask(other, GERMAN);

    assertThat(ask(one, GERMAN)).isEmpty();

    assertThat(room()).isEqualTo(10 * RATE - 3 * IMAGE);
  }

  @Test
  void aProcessThatEndsBeforeItAnswersCostsOneDownload() {
    AdmitDownload process = process(STILL);
    rows.loseAnswers(true);
    assertThatThrownBy(() -> ask(process, GERMAN)).isInstanceOf(IllegalStateException.class);
    rows.loseAnswers(false);

    assertThat(ask(process(STILL), GERMAN)).isEmpty();
    assertThat(room()).isEqualTo(10 * RATE - 2 * IMAGE);
    assertThat(ask(process, GERMAN)).isEmpty();
    assertThat(room()).isEqualTo(10 * RATE - 3 * IMAGE);
  }

  @Test
  void aSecurityReleaseIsAdmittedWhereAllOthersWait() {
    AdmitDownload process = process(STILL);
    exhaust(process, GERMAN);
    Download byHand = new Download("DE", IMAGE, Urgency.BY_HAND);
    assertThat(ask(process, byHand)).isEmpty();
    exhaust(process, byHand);
    assertThat(room()).isGreaterThan(2 * RATE);

    Download security = new Download("DE", IMAGE, Urgency.SECURITY);
    assertThat(await(process.look("dev_other", "2.0", security))).isEmpty();
    exhaust(process, security);

    assertThat(room()).isBetween(-IMAGE, 0L);
    assertThat(ask(process, byHand)).isPresent();
  }

  @Test
  void whoWaitsForASecurityReleaseIsToldATimeOfItsOwn() {
    AdmitDownload process = process(STILL);
    Download security = new Download("DE", IMAGE, Urgency.SECURITY);
    exhaust(process, security);
    for (int i = 0; i < 5_000; i++) {
      assertThat(ask(process, GERMAN)).isPresent();
    }

    assertThat(ask(process, GERMAN).orElseThrow()).isGreaterThan(Duration.ofMinutes(15));
    assertThat(ask(process, security).orElseThrow()).isLessThan(Duration.ofSeconds(70));
  }

  @Test
  void aDeviceTakesOnceForAReleaseWhateverItSaysAndFromOneRegion() {
    AdmitDownload process = process(STILL);
    Download french = new Download("FR", IMAGE, Urgency.BY_HAND);
    for (int i = 0; i < 20; i++) {
      assertThat(await(process.run("dev_1", "2.0", i % 2 == 0 ? GERMAN : french))).isEmpty();
    }
    AdmitDownload other = process(STILL);
    assertThat(await(other.run("dev_1", "2.0", GERMAN))).isEmpty();

    assertThat(room()).isEqualTo(10 * RATE - IMAGE);
    assertThat(await(process.run("dev_1", "3.0", french))).isEmpty();
    assertThat(room()).isEqualTo(10 * RATE - 2 * IMAGE);
    assertThat(await(rows.find("FR"))).isEmpty();
  }

  @Test
  void aDeviceThatIsOfferedOneReleaseAfterTheOtherWaitsForTheNextDay() {
    AdmitDownload process = process(STILL);
    for (int i = 0; i < 4; i++) {
      assertThat(await(process.run("dev_1", i + ".0", GERMAN))).isEmpty();
    }
    long before = room();

    Download security = new Download("DE", IMAGE, Urgency.SECURITY);
    for (Download more : List.of(GERMAN, security)) {
      assertThat(await(process.run("dev_1", "9.0", more))).contains(Duration.ofDays(1));
      assertThat(await(process.look("dev_1", "9.0", more))).contains(Duration.ofDays(1));
    }
    assertThat(await(process.run("dev_1", "3.0", GERMAN))).as("what it may have").isEmpty();
    assertThat(await(process.look("dev_1", "3.0", GERMAN))).isEmpty();
    assertThat(room()).isEqualTo(before);

    AdmitDownload tomorrow = process(() -> STILL.instant().plus(Duration.ofDays(1)));
    assertThat(await(tomorrow.run("dev_1", "9.0", GERMAN))).isEmpty();
  }

  @Test
  void whoWaitsTakesNothingAndKeepsItsRegion() {
    AdmitDownload process = process(STILL);
    exhaust(process, GERMAN);
    long before = room();
    AdmitDownload other = process(STILL);

    assertThat(await(other.run("dev_late", "2.0", GERMAN))).isPresent();
    assertThat(await(other.run("dev_late", "2.0", new Download("FR", IMAGE, Urgency.USUAL))))
        .as("it has said that it is in Germany")
        .isPresent();

    assertThat(room()).isEqualTo(before);
    assertThat(await(rows.find("FR"))).isEmpty();
    AdmitDownload later = process(() -> STILL.instant().plus(Duration.ofMinutes(5)));
    assertThat(await(later.run("dev_late", "2.0", GERMAN))).isEmpty();
  }

  @Test
  void withoutABudgetOrWithoutAFileNothingIsAsked() {
    AdmitDownload off = process(STILL, budget(Map.of()));
    assertThat(off.isOn()).isFalse();
    assertThat(ask(off, GERMAN)).isEmpty();
    assertThat(await(off.look("dev_other", "2.0", GERMAN))).isEmpty();
    assertThat(ask(process(STILL), new Download("DE", 0, Urgency.USUAL))).isEmpty();
    assertThat(rows.statements()).isZero();
  }

  @Test
  void aLookTakesNothing() {
    AdmitDownload process = process(STILL);
    assertThat(await(process.look("dev_other", "2.0", GERMAN)))
        .as("nothing was begun yet")
        .isEmpty();
    ask(process, GERMAN);
    long before = room();

    assertThat(await(process.look("dev_other", "2.0", GERMAN))).isEmpty();
    exhaust(process, GERMAN);
    assertThat(await(process.look("dev_other", "2.0", GERMAN))).isPresent();

    assertThat(room()).isLessThan(before);
    long now = room();
    await(process.look("dev_other", "2.0", GERMAN));
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
  private void exhaust(AdmitDownload process, Download download) {
    int admitted = 0;
    while (ask(process, download).isEmpty()) {
      admitted++;
      assertThat(admitted).as("the bucket has no end").isLessThan(1_000);
    }
  }

  private long room() {
    return await(rows.find("DE")).orElseThrow().room();
  }

  private AdmitDownload process(InstantSource clock) {
    return process(clock, budget(Map.of("towncrier.downloads.budget", "" + RATE)));
  }

  private AdmitDownload process(InstantSource clock, DownloadBudget budget) {
    return new AdmitDownload(
        new Regions(rows, budget), devices, FakeAdmissions.TRANSACTIONS, budget, counters, clock);
  }

  /** A device that never asked before. */
  private Optional<Duration> ask(AdmitDownload process, Download download) {
    return await(process.run("dev_" + ++asked, "2.0", download));
  }

  private static DownloadBudget budget(Map<String, String> given) {
    return new DownloadBudget(Configs.of(DownloadsConfig.class, given));
  }

  private static <T> T await(Uni<T> answer) {
    return answer.await().indefinitely();
  }
}
