package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.devices.PushAddress;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGetui;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped fence against PostgreSQL and a loopback FCM; bench/fence-races runs it at length. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class FenceRacesIT extends RaceTest {
  @Test
  void noPushArrivesAfterAChangeThatForbidsItWasAcknowledged() throws Exception {
    List<RaceField.Racer> racers = field.register(480, List.of(RaceField.Kind.values()));
    try (FenceRaces races = new FenceRaces(field, shipped, LoopbackFcm.running(), 2)) {
      FenceRaces.Tally tally = races.run(racers, 6, 1);
      assertThat(tally.sentAfter()).isZero();
      // Or nothing was proved: they must have met.
      assertThat(tally.sentDuring()).as("changes that a push was under way for").isPositive();
      assertThat(tally.neverSent()).as("pushes that were stopped").isPositive();
    }
  }

  @Test
  void noPushArrivesAfterACancellationADeletionOrAWithdrawalWasAcknowledged() throws Exception {
    List<RaceField.Racer> racers = field.register(240, RaceField.Kind.OF_RIGHTS);
    try (FenceRaces races = new FenceRaces(field, shipped, LoopbackFcm.running(), 2)) {
      FenceRaces.Tally tally = races.run(racers, 6, 3);
      assertThat(tally.races()).isEqualTo(6 * 240);
      assertThat(tally.sentAfter()).isZero();
      assertThat(tally.sentDuring()).as("changes that a push was under way for").isPositive();
      assertThat(tally.neverSent()).as("pushes that were stopped").isPositive();
    }
  }

  @Test
  void noBatchOfGetuiHasOneThatWasForbiddenBeforeItsWrite() throws Exception {
    LoopbackGetui getui = LoopbackGetui.running();
    // What is under way is met: a loopback that answers at once is through before anybody asks.
    getui.latency(() -> Duration.ofMillis(3));
    List<RaceField.Racer> racers =
        field.register(480, List.of(RaceField.Kind.values()), PushAddress.Kind.CID);
    try (FenceRaces races = new FenceRaces(field, shipped, new FenceRaces.OfGetui(getui), 2)) {
      FenceRaces.Tally tally = races.run(racers, 4, 2);
      assertThat(tally.sentAfter()).isZero();
      assertThat(tally.sentDuring()).as("changes that a push was under way for").isPositive();
      assertThat(tally.neverSent()).as("pushes that were stopped").isPositive();
      assertThat(getui.requests()).as("batches").anyMatch(messages -> messages > 2);
    } finally {
      getui.behave();
    }
  }

  @Test
  void theRacesOfGetuiCatchAClaimThatReadsWithoutALock() throws Exception {
    LoopbackGetui getui = LoopbackGetui.running();
    List<RaceField.Racer> racers =
        field.register(480, RaceField.Kind.OF_ALERTS, PushAddress.Kind.CID);
    try (FenceRaces races = new FenceRaces(field, unlocked(), new FenceRaces.OfGetui(getui), 2)) {
      long sentAfter = 0;
      for (int round = 0; round < 20 && sentAfter == 0; round++) {
        sentAfter = races.run(racers, 2, round).sentAfter();
      }
      assertThat(sentAfter).isPositive();
    }
  }

  @Test
  void theSameRacesCatchAClaimThatReadsWithoutALock() throws Exception {
    List<RaceField.Racer> racers = field.register(480, RaceField.Kind.OF_ALERTS);
    try (FenceRaces races = new FenceRaces(field, unlocked(), LoopbackFcm.running(), 2)) {
      long sentAfter = 0;
      for (int round = 0; round < 20 && sentAfter == 0; round++) {
        sentAfter = races.run(racers, 2, round).sentAfter();
      }
      assertThat(sentAfter).isPositive();
    }
  }
}
