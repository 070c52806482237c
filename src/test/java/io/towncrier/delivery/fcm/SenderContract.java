package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.DeliveryResult.Accepted;
import io.towncrier.delivery.DeliveryResult.AddressGone;
import io.towncrier.delivery.DeliveryResult.NotSent;
import io.towncrier.delivery.DeliveryResult.NoticeRefused;
import io.towncrier.delivery.DeliveryResult.PlatformRefused;
import io.towncrier.delivery.DeliveryResult.ProviderRefused;
import io.towncrier.delivery.DeliveryResult.QuotaExceeded;
import io.towncrier.delivery.DeliveryResult.TryLater;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProvider;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Secret;
import io.towncrier.preferences.Category;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.LoopbackFcm.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sender to FCM does, whatever carries its requests. */
abstract class SenderContract {
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  static final Duration TIMEOUT = Duration.ofMillis(2500);
  static final int OTHERS = 8;

  static LoopbackFcm fcm;

  final HandClock clock = new HandClock(NOW);
  PushProvider sender;
  @TempDir Path directory;

  /** A sender with these settings; closed after the test. */
  abstract PushProvider open(FcmConfig config, DeliveryConfig delivery);

  @BeforeAll
  static void listen() {
    fcm = new LoopbackFcm();
    fcm.start();
    fcm.withTls();
  }

  /** What is slow once, such as loading classes, is no business of the tests' time-outs. */
  @BeforeEach
  void openSender() {
    if (fcm.requests() == 0) {
      sender = sender(Map.of("towncrier.fcm.request-timeout", "20s"));
      await(sender.send(Pushes.to(Pushes.someAddress()), lease()));
    }
    sender = sender(Map.of());
  }

  @AfterAll
  static void stop() {
    fcm.stop();
  }

  @AfterEach
  void behave() {
    fcm.behave(arrival -> Answer.accepted());
    fcm.latency(() -> Duration.ZERO);
    fcm.quota(Long.MAX_VALUE);
    fcm.behaveToTokenRequests(null);
    fcm.tokensLive(Duration.ofHours(1));
  }

  PushProvider sender(Map<String, String> given) {
    Map<String, String> settings = new HashMap<>();
    settings.put("towncrier.fcm.credentials", fcm.credentials().toString());
    settings.put("towncrier.fcm.endpoint", fcm.tlsEndpoint());
    settings.put("towncrier.fcm.trust-certificate", fcm.certificate().toString());
    settings.put("towncrier.fcm.request-timeout", TIMEOUT.toMillis() + "ms");
    settings.putAll(given);
    return open(Configs.of(FcmConfig.class, settings), Configs.of(DeliveryConfig.class, Map.of()));
  }

  static Stream<Row> errorTable() {
    String date = "Fri, 01 May 2026 12:02:00 GMT";
    Answer quota = Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED");
    Answer unavailable = Answer.error(503, "UNAVAILABLE", "UNAVAILABLE");
    return Stream.of(
        new Row(Answer.error(404, "NOT_FOUND", "UNREGISTERED"), new AddressGone("UNREGISTERED")),
        new Row(
            Answer.error(403, "PERMISSION_DENIED", "SENDER_ID_MISMATCH"),
            new AddressGone("SENDER_ID_MISMATCH")),
        new Row(Answer.error(403, "PERMISSION_DENIED"), new ProviderRefused("PERMISSION_DENIED")),
        new Row(Answer.html(404), new ProviderRefused("HTTP_404")),
        new Row(
            Answer.error(
                400,
                "INVALID_ARGUMENT",
                "INVALID_ARGUMENT",
                "The registration token is not a valid FCM registration token"),
            new AddressGone("INVALID_ARGUMENT")),
        new Row(
            new Answer(
                400,
                """
                {"error":{"code":400,"status":"INVALID_ARGUMENT","message":"m","details":[
                  {"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError",
                   "errorCode":"INVALID_ARGUMENT"},
                  {"@type":"type.googleapis.com/google.firebase.fcm.v1.ApnsError",
                   "statusCode":410,"reason":"Unregistered"}]}}
                """,
                Map.of()),
            new AddressGone("INVALID_ARGUMENT")),
        new Row(Answer.invalid("data"), new NoticeRefused("INVALID_ARGUMENT")),
        new Row(
            Answer.error(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR"),
            new PlatformRefused("THIRD_PARTY_AUTH_ERROR")),
        new Row(quota, new QuotaExceeded("QUOTA_EXCEEDED", Optional.empty())),
        new Row(
            quota.with("Retry-After", "17"),
            new QuotaExceeded("QUOTA_EXCEEDED", Optional.of(Duration.ofSeconds(17)))),
        new Row(
            quota.with("Retry-After", date),
            new QuotaExceeded("QUOTA_EXCEEDED", Optional.of(Duration.ofSeconds(120)))),
        new Row(unavailable, new TryLater("UNAVAILABLE", Optional.empty())),
        new Row(
            unavailable.with("Retry-After", "30"),
            new TryLater("UNAVAILABLE", Optional.of(Duration.ofSeconds(30)))),
        new Row(
            unavailable.with("Retry-After", date),
            new TryLater("UNAVAILABLE", Optional.of(Duration.ofSeconds(120)))),
        new Row(
            Answer.error(500, "INTERNAL", "INTERNAL"), new TryLater("INTERNAL", Optional.empty())),
        new Row(Answer.html(502), new TryLater("HTTP_502", Optional.empty())),
        new Row(Answer.html(504), new TryLater("HTTP_504", Optional.empty())),
        new Row(Answer.html(418), new TryLater("HTTP_418", Optional.empty())),
        new Row(Answer.error(499, "BRAND_NEW"), new TryLater("BRAND_NEW", Optional.empty())),
        new Row(Answer.html(200), new TryLater("HTTP_200", Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("errorTable")
  void everyErrorIsTheResultOfItsMessageAloneAndIsNotRepeated(Row row) {
    String bad = Pushes.someAddress();
    int tokens = fcm.tokensFetched();
    fcm.behave(arrival -> arrival.address().equals(bad) ? row.answer : Answer.accepted());
    List<CompletableFuture<DeliveryResult>> others = begin(OTHERS);

    assertThat(send(Pushes.to(bad))).isEqualTo(row.result);
    assertThat(others).allSatisfy(other -> assertThat(other.join()).isInstanceOf(Accepted.class));
    assertThat(fcm.to(bad)).hasSize(1);
    assertThat(fcm.tokensFetched() - tokens).isEqualTo(1);
  }

  @Test
  void whatIsAcceptedHasTheNameThatFcmGaveIt() {
    fcm.behave(a -> new Answer(200, " {\n \"name\" : \"projects/p/messages/0:15\" }\n", Map.of()));
    assertThat(send(Pushes.to(Pushes.someAddress())))
        .isEqualTo(new Accepted("projects/p/messages/0:15"));
    fcm.behave(a -> new Answer(200, "{\"x\":{\"name\":\"no\"},\"name\":\"a\\u0062\"}", Map.of()));
    assertThat(send(Pushes.to(Pushes.someAddress()))).isEqualTo(new Accepted("ab"));
  }

  @Test
  void nothingIsWrittenWhenTheLeaseIsNearlyOver() {
    String address = Pushes.someAddress();
    Lease over = Lease.startingNow(TIMEOUT.minusMillis(1), InstantSource.system());
    assertThat(await(sender.send(Pushes.to(address), over))).isEqualTo(new NotSent());
    assertThat(await(sender.challenge(challenge(address), over))).isEqualTo(new NotSent());
    assertThat(fcm.to(address)).isEmpty();
    assertThat(fcm.challengesTo(address)).isEmpty();
  }

  @Test
  void nothingIsWrittenOnceItHasExpired() {
    String address = Pushes.someAddress();
    Lease expired = lease().writingUntil(InstantSource.system().instant());
    assertThat(begin(Pushes.to(address), expired).join()).isEqualTo(new NotSent());
    assertThat(fcm.to(address)).isEmpty();
  }

  @Test
  void leasesThatAreOverTakeNoRoomFromOthers() {
    Lease over = Lease.startingNow(Duration.ZERO, InstantSource.system());
    List<CompletableFuture<DeliveryResult>> late =
        IntStream.range(0, 700)
            .mapToObj(i -> begin(Pushes.to(Pushes.someAddress()), over))
            .toList();
    late.forEach(each -> assertThat(each.join()).isEqualTo(new NotSent()));
    assertThat(begin(OTHERS))
        .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
  }

  @Test
  void aProviderThatIsSilentIsTriedLaterWithinTheTimeout() {
    String silent = Pushes.someAddress();
    fcm.behave(a -> a.address().equals(silent) ? Answer.fault(Fault.SILENCE) : Answer.accepted());
    long start = System.nanoTime();
    CompletableFuture<DeliveryResult> waiting = begin(Pushes.to(silent));
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    assertThat(waiting.join()).isEqualTo(new TryLater("TIMEOUT", Optional.empty()));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(TIMEOUT.minusMillis(50), TIMEOUT.plusSeconds(2));
    assertThat(fcm.to(silent)).hasSize(1);
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"RESET", "CUT_SHORT", "CLOSE"})
  void whatIsLostAfterItArrivedIsTriedLaterAndNotRepeated(Fault fault) {
    String bad = Pushes.someAddress();
    fcm.behave(a -> a.address().equals(bad) ? Answer.fault(fault) : Answer.accepted());
    assertThat(send(Pushes.to(bad))).isEqualTo(new TryLater("CONNECTION_LOST", Optional.empty()));
    assertThat(fcm.to(bad)).hasSize(1);
    assertThat(begin(OTHERS))
        .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
  }

  @Test
  void aConnectionThatWasEndedMeanwhileIsReplaced() {
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    fcm.closeConnections();
    pause();
    assertThat(begin(OTHERS))
        .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
  }

  @Test
  void afterGoawayTheNextGoesElsewhere() {
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    fcm.goAway();
    pause();
    assertThat(begin(OTHERS))
        .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
  }

  @Test
  void whereNobodyListensItIsTriedLater() {
    sender = sender(Map.of("towncrier.fcm.endpoint", "https://127.0.0.1:1"));
    assertThat(send(Pushes.to(Pushes.someAddress())))
        .isEqualTo(new TryLater("UNREACHABLE", Optional.empty()));
  }

  @Test
  void aServerThatIsNotTrustedGetsNothing() {
    sender =
        sender(
            Map.of("towncrier.fcm.endpoint", fcm.tlsEndpoint().replace("127.0.0.1", "127.0.0.2")));
    assertThat(send(Pushes.to(Pushes.someAddress())))
        .isEqualTo(new TryLater("UNREACHABLE", Optional.empty()));
  }

  @Test
  void aRevokedTokenIsRenewedOnceForAllAndTheMessagesGoAgain() {
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    int before = fcm.tokensFetched();
    fcm.revokeTokens();
    assertThat(begin(OTHERS))
        .allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
    assertThat(fcm.tokensFetched() - before).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("badToken")
  void aTokenThatIsRefusedAgainRefusesTheProvider(Answer answer) {
    String bad = Pushes.someAddress();
    int before = fcm.tokensFetched();
    fcm.behave(a -> answer);
    assertThat(send(Pushes.to(bad))).isInstanceOf(ProviderRefused.class);
    assertThat(fcm.to(bad)).hasSize(2);
    assertThat(fcm.tokensFetched() - before).isEqualTo(2);
  }

  static Stream<Answer> badToken() {
    return Stream.of(Answer.error(401, "UNAUTHENTICATED"), Answer.html(401));
  }

  @Test
  void aTokenEndpointThatFailsIsTriedLaterAndOneThatRefusesStopsTheProvider() {
    fcm.behaveToTokenRequests(Answer.html(503));
    assertThat(send(Pushes.to(Pushes.someAddress())))
        .isEqualTo(new TryLater("NO_TOKEN", Optional.empty()));
    fcm.behaveToTokenRequests(new Answer(400, "{\"error\":\"invalid_grant\"}", Map.of()));
    int before = fcm.tokensFetched();
    for (int i = 0; i < 3; i++) {
      assertThat(send(Pushes.to(Pushes.someAddress())))
          .isEqualTo(new ProviderRefused("credentials-refused"));
    }
    assertThat(fcm.tokensFetched() - before).isEqualTo(1);
  }

  @Test
  void aQuotaOfTheMinuteIsSaidToThoseBeyondIt() {
    fcm.quota(5);
    List<DeliveryResult> results = begin(8).stream().map(CompletableFuture::join).toList();
    assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(5);
    assertThat(results).filteredOn(QuotaExceeded.class::isInstance).hasSize(3);
  }

  @Test
  void aMessageSaysWhatIsToBeShownAndNothingOfItsDevice() {
    String address = Pushes.someAddress();
    assertThat(send(Pushes.to(address))).isInstanceOf(Accepted.class);
    JsonNode message = fcm.to(address).get(0).message();
    assertThat(message.toString()).doesNotContain(Pushes.DEVICE);
    assertThat(message)
        .isEqualTo(
            MessageBytesTest.json(
                """
                {"token":"%s",
                 "notification":{"title":"Firmware 2.0","body":"For your scooter"},
                 "data":{"noticeId":"ntc_1","kind":"notice","category":"firmware-update",
                         "expires":"1777640400","link":"/notices/ntc_1",
                         "mac":"1.1.p7CIxwU22KbDOQdAX_OtmQ"},
                 "android":{"collapse_key":"update","priority":"normal","ttl":"3600s",
                            "notification":{"tag":"ntc_1","channel_id":"firmware-update"}},
                 "apns":{"headers":{"apns-collapse-id":"ntc_1","apns-priority":"5",
                                    "apns-expiration":"%d"},
                         "payload":{"aps":{"thread-id":"firmware-update","mutable-content":1,
                                           "interruption-level":"active"}}}}
                """
                    .formatted(address, NOW.plusSeconds(3600).getEpochSecond())));
  }

  @Test
  void anUrgentMessageMayWakeThePhoneAndNoneIsHeldForMoreThanADay() {
    String fid = Pushes.someAddress();
    PushMessage urgent =
        new PushMessage(
            "ntc_2",
            Pushes.DEVICE,
            Pushes.address(fid, PushAddress.Kind.FID),
            Pushes.text("\"Ä\" \\ \u0001\n\u2028 😀 </b>", "{\"token\":\"x\"}"),
            Duration.ofDays(9).plusMillis(1),
            true,
            Pushes.about(Category.SECURITY),
            PushMessage.Attempt.FIRST);
    assertThat(send(urgent)).isInstanceOf(Accepted.class);
    JsonNode message = fcm.to(fid).get(0).message();
    assertThat(message.path("fid").asText()).isEqualTo(fid);
    assertThat(message.has("token")).isFalse();
    assertThat(message.at("/android/priority").asText()).isEqualTo("high");
    assertThat(message.at("/android/ttl").asText()).isEqualTo("86400s");
    assertThat(message.at("/apns/headers/apns-priority").asText()).isEqualTo("10");
    assertThat(message.at("/apns/payload/aps/interruption-level").asText())
        .isEqualTo("time-sensitive");
    assertThat(message.at("/notification/title").asText()).isEqualTo(urgent.text().text().title());
    assertThat(message.at("/notification/body").asText()).isEqualTo(urgent.text().text().body());
  }

  @Test
  void anAddressIsEscaped() {
    String odd = "a\"\\/\u0007é😀" + Pushes.someAddress();
    assertThat(send(Pushes.to(odd))).isInstanceOf(Accepted.class);
    assertThat(fcm.to(odd)).hasSize(1);
  }

  @Test
  void aChallengeIsPushedToTheApp() {
    String address = Pushes.someAddress();
    Lease lease = lease();
    assertThat(await(sender.challenge(challenge(address), lease))).isInstanceOf(Accepted.class);
    assertThat(fcm.challengesTo(address)).containsExactly("chl_1");
    JsonNode message = fcm.challengeMessagesTo(address).get(0);
    assertThat(message.has("notification")).isFalse();
    assertThat(message.at("/data/kind").asText()).isEqualTo("challenge");
    assertThat(message.path("android").has("collapse_key")).isFalse();
  }

  @Test
  void itSaysWhereItSends() {
    assertThat(sender.isConfigured()).isTrue();
    assertThat(sender.description()).contains("towncrier-test", "127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"absent", "garbage", "other", "key", "project", "elsewhere"})
  void credentialsThatAreOfNoUseStopThePushesUntilTheyAreMended(String defect) throws IOException {
    String good = Files.readString(fcm.credentials());
    Path file = directory.resolve("account.json");
    switch (defect) {
      case "garbage" -> Files.writeString(file, "{\"type\":7");
      case "other" -> Files.writeString(file, "{\"type\":\"authorized_user\"}");
      case "key" -> Files.writeString(file, good.replaceAll("KEY-----.{40}", "KEY-----\\\\n!"));
      case "project" -> Files.writeString(file, good.replace("project_id", "project"));
      case "elsewhere" ->
          Files.writeString(file, good.replaceAll("http://127[^\"]*", "http://example.com/t"));
      default -> {}
    }
    sender = sender(Map.of("towncrier.fcm.credentials", file.toString()));
    assertThat(sender.description()).contains(file.toString());
    assertThat(send(Pushes.to(Pushes.someAddress())))
        .isEqualTo(new ProviderRefused("credentials-unreadable"));
    Files.writeString(file, good);
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(ProviderRefused.class);
    clock.advance(Duration.ofSeconds(31));
    assertThat(send(Pushes.to(Pushes.someAddress()))).isInstanceOf(Accepted.class);
    assertThat(sender.description()).contains("towncrier-test");
  }

  @Test
  void settingsThatCannotWorkAreSaidAtOnce() {
    assertThatThrownBy(
            () -> sender(Map.of("towncrier.fcm.endpoint", "http://example.com")).description())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> sender(Map.of("towncrier.fcm.request-timeout", "30s")).description())
        .isInstanceOf(IllegalStateException.class);
  }

  static Challenge challenge(String address) {
    return new Challenge(
        Pushes.DEVICE,
        Pushes.address(address, PushAddress.Kind.TOKEN),
        new Secret("chl_1"),
        Duration.ofMinutes(5));
  }

  static Lease lease() {
    return Lease.startingNow(Duration.ofSeconds(45), InstantSource.system());
  }

  DeliveryResult send(PushMessage message) {
    return begin(message).join();
  }

  CompletableFuture<DeliveryResult> begin(PushMessage message) {
    return begin(message, lease());
  }

  private CompletableFuture<DeliveryResult> begin(PushMessage message, Lease lease) {
    return sender.send(message, lease).subscribeAsCompletionStage().orTimeout(30, TimeUnit.SECONDS);
  }

  List<CompletableFuture<DeliveryResult>> begin(int count) {
    return IntStream.range(0, count).mapToObj(i -> begin(Pushes.to(Pushes.someAddress()))).toList();
  }

  static DeliveryResult await(Uni<DeliveryResult> sending) {
    return sending.await().atMost(Duration.ofSeconds(20));
  }

  static void pause() {
    try {
      Thread.sleep(150);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  record Row(Answer answer, DeliveryResult result) {}
}
