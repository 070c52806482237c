package io.towncrier.updates.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What ends at the CDN, simulated: the figures of docs/scale.md. */
class CdnTrafficTest {
  @Test
  void nobodyGetsAnothersAnswerAndAHaltIsSeenWithinAMinute() {
    CdnTraffic traffic = new CdnTraffic(false);
    traffic.run(CdnFleet.halted().minusSeconds(5), 90);

    assertThat(traffic.others()).isZero();
    assertThat(traffic.offeredAfterHalt())
        .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(60));
    assertThat(traffic.byRequests().keySet()).isSubsetOf(1, 2);
    assertThat(traffic.percentAtTheCdn()).isGreaterThan(80);
  }

  /** Run by bench/matters alone. */
  @Test
  @Tag("bench")
  void nineOfTenChecksOfAWeekEndAtTheCdn() {
    CdnTraffic following = new CdnTraffic(false);
    CdnTraffic everything = new CdnTraffic(true);
    for (int hour = 3; hour < 7 * 24; hour += Integer.getInteger("matters.hours", 6)) {
      Instant at = CdnFleet.MONDAY.plus(Duration.ofHours(hour));
      following.run(at, 120);
      everything.run(at, 30);
    }
    tell("send what matters", following);
    tell("send everything", everything);

    assertThat(following.others()).isZero();
    assertThat(everything.others()).isZero();
    assertThat(following.byRequests().keySet()).isSubsetOf(1, 2);
    assertThat(following.percentAtTheCdn()).isGreaterThan(90);
  }

  private static void tell(String who, CdnTraffic traffic) {
    System.out.printf(
        "%-20s %,10d checks, %5.1f %% end at the CDN, %.3f requests a check, %.3f to the service, "
            + "by requests %s%n",
        who,
        traffic.checks(),
        traffic.percentAtTheCdn(),
        traffic.requestsPerCheck(),
        traffic.originRequestsPerCheck(),
        traffic.byRequests());
  }
}
