package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.DeliveryResult.Accepted;
import io.towncrier.delivery.DeliveryResult.TryLater;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.PushProvider;
import io.towncrier.platform.Secrets;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.LoopbackFcm.Fault;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FcmProviderTest extends SenderContract {
  private static Vertx vertx;
  private final List<FcmProvider> opened = new ArrayList<>();

  @BeforeAll
  static void startLoops() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stopLoops() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Override
  PushProvider open(FcmConfig config, DeliveryConfig delivery) {
    FcmProvider sender =
        new FcmProvider(config, delivery, Pushes.KEYS, Secrets.PLAIN, clock, vertx);
    opened.add(sender);
    return sender;
  }

  @AfterEach
  void close() {
    opened.forEach(FcmProvider::close);
  }

  @Test
  void manyMessagesShareFewConnections() {
    fcm.latency(() -> Duration.ofMillis(100));
    int before = fcm.connectionsOpened();
    long start = System.nanoTime();
    assertThat(begin(300)).allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    // One of them is for the token.
    assertThat(fcm.connectionsOpened() - before).isBetween(2, 7);
  }

  @Test
  void moreThanTheConnectionsCarryWaitForTheirTurn() {
    fcm.latency(() -> Duration.ofMillis(50));
    // What is asked for is the order, not how fast a busy machine is.
    sender =
        sender(
            Map.of(
                "towncrier.fcm.connections", "2",
                "towncrier.fcm.streams", "500",
                "towncrier.fcm.request-timeout", "15s"));
    int before = fcm.connectionsOpened();
    assertThat(begin(900)).allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
    assertThat(fcm.connectionsOpened() - before).isEqualTo(3);
  }

  @Test
  void theWaitForAStreamCountsAsPartOfTheRequest() {
    sender = sender(Map.of("towncrier.fcm.connections", "1", "towncrier.fcm.streams", "1"));
    fcm.behave(a -> Answer.fault(Fault.SILENCE));
    long start = System.nanoTime();
    List<DeliveryResult> results = begin(3).stream().map(CompletableFuture::join).toList();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plusSeconds(2));
    assertThat(results)
        .allSatisfy(result -> assertThat(result).isInstanceOf(TryLater.class))
        .contains(
            new TryLater("TIMEOUT", Optional.empty()),
            new TryLater("UNREACHABLE", Optional.empty()));
    fcm.behave(a -> Answer.accepted());
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
  }

  @Test
  void afterGoawayWhatIsUnderWayIsAnsweredAndTheNextGoesElsewhere() {
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    fcm.latency(() -> Duration.ofMillis(200));
    long seen = fcm.requests();
    List<CompletableFuture<DeliveryResult>> before = begin(OTHERS);
    Await.until("they arrive", TIMEOUT, () -> fcm.requests() == seen + OTHERS);
    fcm.goAway();
    pause();
    List<CompletableFuture<DeliveryResult>> after = begin(OTHERS);
    assertThat(Stream.concat(before.stream(), after.stream()))
        .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
  }

  @Test
  void withoutTlsHttp2IsSpokenAtOnce() {
    sender = sender(Map.of("towncrier.fcm.endpoint", fcm.endpoint()));
    fcm.latency(() -> Duration.ofMillis(100));
    assertThat(begin(100)).allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"REFUSED", "GO_AWAY"})
  void whatTheServerSaysItDidNotLookAtGoesOnceMore(Fault fault) {
    String address = Pushes.someAddress();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    fcm.behave(a -> seen.add(a.address()) ? Answer.fault(fault) : Answer.accepted());
    assertThat(send(Pushes.to(address))).isInstanceOf(Accepted.class);
    fcm.behave(a -> Answer.fault(fault));
    assertThat(send(Pushes.to(Pushes.someAddress())))
        .isEqualTo(new TryLater("UNREACHABLE", Optional.empty()));
  }

  @Test
  void aTokenIsFetchedAheadOfItsEndWhileTheOldOneGoesOn() {
    clock.set(Instant.now());
    fcm.behave(a -> Answer.accepted());
    int before = fcm.tokensFetched();
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    clock.advance(Duration.ofMinutes(50));
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    assertThat(fcm.tokensFetched() - before).isEqualTo(1);
    clock.advance(Duration.ofMinutes(7));
    String withTheOld = Pushes.someAddress();
    assertThat(send(Pushes.to(withTheOld))).isInstanceOf(Accepted.class);
    assertThat(fcm.to(withTheOld).get(0).authorization()).isEqualTo("Bearer t" + (before + 1));
    Await.patiently("a new token", () -> fcm.tokensFetched() == before + 2);
    pause();
    String withTheNew = Pushes.someAddress();
    assertThat(send(Pushes.to(withTheNew))).isInstanceOf(Accepted.class);
    assertThat(fcm.to(withTheNew).get(0).authorization()).isEqualTo("Bearer t" + (before + 2));
  }

  @Test
  void whileATokenCannotBeFetchedAheadTheOldOneGoesOnToItsEnd() {
    clock.set(Instant.now());
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    fcm.behaveToTokenRequests(Answer.html(503));
    clock.advance(Duration.ofMinutes(57));
    int before = fcm.tokensFetched();
    for (int i = 0; i < 5; i++) {
      assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
      pause();
    }
    assertThat(fcm.tokensFetched() - before).isEqualTo(1);
    clock.advance(Duration.ofMinutes(4));
    assertThat(send(Pushes.to(Pushes.someAddress())))
        .isEqualTo(new TryLater("NO_TOKEN", Optional.empty()));
  }
}
