package io.towncrier.delivery.getui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.DeliveryResult.Accepted;
import io.towncrier.delivery.DeliveryResult.AddressGone;
import io.towncrier.delivery.DeliveryResult.NotSent;
import io.towncrier.delivery.DeliveryResult.ProviderRefused;
import io.towncrier.delivery.DeliveryResult.TryLater;
import io.towncrier.delivery.Lease;
import io.towncrier.delivery.PushMessage;
import io.towncrier.devices.address.ChallengePusher.Challenge;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import io.towncrier.preferences.Category;
import io.towncrier.testing.Await;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.LoopbackGetui.Answer;
import io.towncrier.testing.LoopbackGetui.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
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

/** The sender to Getui against a loopback Getui. */
class GetuiProviderTest {
  /** What a busy machine answers within. */
  private static final Duration TIMEOUT = Duration.ofSeconds(8);

  /** Where nothing comes at all. */
  private static final Map<String, String> SOON =
      Map.of("towncrier.getui.request-timeout", "1500ms");

  private static final int MANY = 30;

  private static LoopbackGetui getui;
  private static Vertx vertx;

  private final AtomicReference<Instant> now = new AtomicReference<>(GetuiAnswersTest.NOW);
  private final List<GetuiProvider> opened = new ArrayList<>();
  private GetuiProvider sender;
  @TempDir Path directory;

  @BeforeAll
  static void listen() {
    // On the one loop all that is handed over in one go is gathered in one go.
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    getui = new LoopbackGetui();
    getui.start();
    getui.withTls();
  }

  @AfterAll
  static void stop() {
    getui.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void open() {
    getui.behave();
    getui.tokens().clock(now::get);
    sender = sender(Map.of());
  }

  @AfterEach
  void close() {
    opened.forEach(GetuiProvider::close);
    assertThat(getui.violations()).isEmpty();
  }

  private GetuiProvider sender(Map<String, String> given) {
    Map<String, String> settings = new HashMap<>();
    settings.put("towncrier.getui.credentials", getui.credentials().toString());
    settings.put("towncrier.getui.endpoint", getui.tlsEndpoint());
    settings.put("towncrier.getui.trust-certificate", getui.certificate().toString());
    settings.put("towncrier.getui.request-timeout", TIMEOUT.toMillis() + "ms");
    settings.putAll(given);
    GetuiProvider made =
        new GetuiProvider(
            Configs.of(GetuiConfig.class, settings),
            Configs.of(DeliveryConfig.class, Map.of()),
            Cids.KEYS,
            Secrets.PLAIN,
            now::get,
            vertx);
    opened.add(made);
    return made;
  }

  @Test
  void whatComesTogetherGoesInRequestsOfAtMostTwoHundred() {
    List<String> cids = cids(450);
    assertThat(send(cids)).allSatisfy(one -> assertThat(one).isInstanceOf(Accepted.class));
    assertThat(cids).allSatisfy(cid -> assertThat(getui.to(cid)).hasSize(1));
    assertThat(getui.requests()).containsExactlyInAnyOrder(200, 200, 50);
    assertThat(results(cids.get(0))).as("the name of its task").startsWith("RASS_");
  }

  private String results(String cid) {
    return ((Accepted) send(Cids.to(cid))).name();
  }

  @ParameterizedTest
  @MethodSource("io.towncrier.delivery.getui.GetuiAnswersTest#rowsOfAll")
  void eachRowIsTheResultOfASingleMessageAndOfEachOfABatch(GetuiAnswersTest.Row row) {
    int tokens = getui.tokens().fetched();
    getui.answer(() -> Optional.of(Answer.error(row.status(), row.code(), row.message())));
    assertThat(send(alone(Cids.some()))).isEqualTo(row.result());
    assertThat(send(cids(MANY))).containsOnly(row.result());
    assertThat(getui.tokens().fetched() - tokens).as("one token for all").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("io.towncrier.delivery.getui.GetuiAnswersTest#rowsOfParameters")
  void aFaultOfOneMessageIsLookedForMessageByMessage(GetuiAnswersTest.Row row) {
    getui.answer(() -> Optional.of(Answer.error(row.status(), row.code(), row.message())));
    assertThat(send(alone(Cids.some()))).isEqualTo(row.result());
    List<String> cids = cids(MANY);
    assertThat(send(cids)).containsOnly(row.result());
    assertThat(cids)
        .allSatisfy(
            cid ->
                assertThat(getui.all(cid))
                    .extracting(LoopbackGetui.Arrival::requestId)
                    .as("with the same id each time")
                    .hasSizeGreaterThanOrEqualTo(2)
                    .containsOnly(getui.all(cid).get(0).requestId()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneBadAddressCostsNoOtherItsMessage(boolean failsItsBatch) {
    getui.oneBadAddressFailsItsBatch(failsItsBatch);
    List<String> cids = cids(MANY);
    String bad = cids.get(7);
    getui.doesNotKnow(bad);
    List<DeliveryResult> results = send(cids);
    assertThat(results).filteredOn(Accepted.class::isInstance).hasSize(MANY - 1);
    // Where the others are taken without it, nothing is said of it: it is asked about by itself.
    assertThat(results.get(7))
        .isEqualTo(
            failsItsBatch
                ? new AddressGone("CID_INVALID")
                : new TryLater("UNKNOWN_STATUS", Optional.empty()));
    assertThat(send(alone(bad))).isEqualTo(new AddressGone("CID_INVALID"));
    cids.remove(7);
    assertThat(cids).allSatisfy(cid -> assertThat(getui.to(cid)).hasSize(1));
  }

  @Test
  void anAddressThatComesTwiceIsNeverTwiceInARequest() {
    String cid = Cids.some();
    PushMessage.Attempt another = new PushMessage.Attempt(0, 1);
    PushMessage second = Cids.to(cid, another, Category.POLICY, Cids.text("T", "B"));
    assertThat(
            together(
                List.of(
                    new Sent(Cids.to(cid), Cids.lease()),
                    new Sent(second, Cids.lease()),
                    new Sent(Cids.to(Cids.some()), Cids.lease()))))
        .allSatisfy(one -> assertThat(one).isInstanceOf(Accepted.class));
    assertThat(getui.requests()).containsExactlyInAnyOrder(2, 1);
    assertThat(getui.to(cid)).hasSize(2);
  }

  @Test
  void aRepeatAfterAnUnknownOutcomeIsDroppedByGetui() {
    String cid = Cids.some();
    getui.answer(() -> Optional.of(Answer.fault(Fault.CLOSE)));
    assertThat(send(Cids.to(cid))).isEqualTo(new TryLater("CONNECTION_LOST", Optional.empty()));
    getui.answer(Optional::empty);
    assertThat(send(alone(cid))).isInstanceOf(Accepted.class);
    assertThat(getui.all(cid)).hasSize(2);
    assertThat(getui.to(cid)).as("shown once").hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CLOSE", "SILENCE"})
  void whatIsLostIsTriedLaterAndNotRepeated(Fault fault) {
    getui.answer(() -> Optional.of(Answer.fault(fault)));
    List<String> cids = cids(MANY);
    String code = fault == Fault.CLOSE ? "CONNECTION_LOST" : "TIMEOUT";
    sender = sender(SOON);
    assertThat(send(cids)).containsOnly(new TryLater(code, Optional.empty()));
    assertThat(cids).allSatisfy(cid -> assertThat(getui.all(cid)).hasSize(1));
    getui.answer(Optional::empty);
    sender = sender(Map.of());
    assertThat(send(cids(MANY))).allSatisfy(r -> assertThat(r).isInstanceOf(Accepted.class));
  }

  @Test
  void nothingIsWrittenWhenTheLeaseIsNearlyOver() {
    Lease over = Lease.startingNow(TIMEOUT.minusMillis(1), InstantSource.system());
    List<String> cids = cids(MANY);
    List<Sent> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(new Sent(Cids.to(cids.get(i)), i % 2 == 0 ? over : Cids.lease()));
    }
    List<DeliveryResult> results = together(all);
    for (int i = 0; i < MANY; i++) {
      assertThat(results.get(i)).isInstanceOf(i % 2 == 0 ? NotSent.class : Accepted.class);
      assertThat(getui.all(cids.get(i))).hasSize(i % 2);
    }
    Challenge late =
        new Challenge(
            Cids.DEVICE, Cids.address(Cids.some()), new Secret("chl_9"), Duration.ofMinutes(5));
    assertThat(sender.challenge(late, over).await().atMost(Duration.ofSeconds(9)))
        .isEqualTo(new NotSent());
  }

  @Test
  void aHostThatAnAnswerNamesIsNeverContacted() {
    AtomicInteger contacts = new AtomicInteger();
    HttpServer foreign =
        vertx
            .createHttpServer()
            .connectionHandler(connection -> contacts.incrementAndGet())
            .requestHandler(request -> request.response().end("{\"code\":0}"))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    String named = "http://127.0.0.1:" + foreign.actualPort();
    String body =
        "{\"code\":301,\"msg\":\"%s\",\"data\":{\"domain\":\"%s\"}}".formatted(named, named);
    getui.answer(() -> Optional.of(new Answer(200, body, Fault.NONE)));
    assertThat(send(alone(Cids.some()))).isEqualTo(new ProviderRefused("WRONG_DATA_CENTRE"));
    assertThat(send(cids(MANY))).containsOnly(new ProviderRefused("WRONG_DATA_CENTRE"));
    getui.tokens().answer(() -> Optional.of(new Answer(200, body, Fault.NONE)));
    sender = sender(Map.of());
    assertThat(send(alone(Cids.some()))).isEqualTo(new ProviderRefused("WRONG_DATA_CENTRE"));
    getui.behave();
    assertThat(send(alone(Cids.some()))).isInstanceOf(Accepted.class);
    assertThat(contacts).hasValue(0);
  }

  @Test
  void oneTokenIsFetchedForAllRenewedEarlyAndReplacedOnceWhenItIsRefused() {
    int before = getui.tokens().fetched();
    send(cids(MANY));
    send(cids(MANY));
    assertThat(getui.tokens().fetched() - before).isEqualTo(1);
    now.set(now.get().plus(Duration.ofDays(1)).minusSeconds(200));
    // No message waits for the one that is fetched ahead.
    Await.patiently(
        "the token that is fetched five minutes ahead is used",
        () -> {
          assertThat(send(alone(Cids.some()))).isInstanceOf(Accepted.class);
          return getui.tokens().fetched() - before == 2 && getui.tokens().isNewestShown();
        });
    getui.tokens().revoke();
    assertThat(send(cids(MANY))).allSatisfy(r -> assertThat(r).isInstanceOf(Accepted.class));
    assertThat(getui.tokens().fetched() - before).isEqualTo(3);
    getui.answer(() -> Optional.of(Answer.error(401, 10001, "token")));
    assertThat(send(alone(Cids.some()))).isEqualTo(new ProviderRefused("GETUI_10001"));
    assertThat(getui.tokens().fetched() - before).isEqualTo(4);
  }

  @Test
  void tooManyFetchesStopFetchingForAMinute() {
    int before = getui.tokens().fetched();
    getui.tokens().answer(() -> Optional.of(Answer.error(401, 10003, "too many")));
    for (int i = 0; i < 3; i++) {
      assertThat(send(alone(Cids.some()))).isInstanceOf(TryLater.class);
    }
    assertThat(getui.tokens().fetched() - before).isEqualTo(1);
    now.set(now.get().plusSeconds(61));
    getui.tokens().answer(Optional::empty);
    assertThat(send(alone(Cids.some()))).isInstanceOf(Accepted.class);
  }

  @Test
  void tokensThatAreRefusedAgainAndAgainAreNotFetchedWithoutEnd() {
    int before = getui.tokens().fetched();
    getui.answer(() -> Optional.of(Answer.error(401, 10001, "token")));
    IntStream.range(0, 20).forEach(i -> send(alone(Cids.some())));
    assertThat(getui.tokens().fetched() - before).isLessThanOrEqualTo(10);
  }

  @Test
  void credentialsThatAreOfNoUseStopThePushesUntilTheyAreMended() throws IOException {
    String good = Files.readString(getui.credentials());
    Path file = directory.resolve("getui.json");
    for (String bad : List.of("", "{", "{}", good.replace("towncrier", "../"))) {
      Files.writeString(file, bad);
      sender = sender(Map.of("towncrier.getui.credentials", file.toString()));
      assertThat(sender.description()).contains(file.toString()).doesNotContain("MasterSecret");
      assertThat(sender.defect()).isPresent();
      assertThat(send(alone(Cids.some()))).isEqualTo(new ProviderRefused("credentials-unreadable"));
    }
    Files.writeString(file, good.replace("testMasterSecret", "another"));
    now.set(now.get().plusSeconds(31));
    assertThat(send(alone(Cids.some()))).isEqualTo(new ProviderRefused("credentials-refused"));
    Files.writeString(file, good);
    now.set(now.get().plusSeconds(31));
    assertThat(send(alone(Cids.some()))).isInstanceOf(Accepted.class);
    assertThat(sender.account().toString()).doesNotContain("testMasterSecret");
  }

  @Test
  void aClockThatIsWrongGetsNoToken() {
    getui.tokens().clock(() -> now.get().plus(Duration.ofHours(1)));
    assertThat(send(alone(Cids.some()))).isEqualTo(new ProviderRefused("credentials-refused"));
  }

  @Test
  void whereNobodyListensAndWhereNobodyIsTrustedItIsTriedLater() {
    for (String endpoint :
        List.of("https://127.0.0.1:1", getui.tlsEndpoint().replace("127.0.0.1", "127.0.0.2"))) {
      sender = sender(Map.of("towncrier.getui.endpoint", endpoint));
      assertThat(send(alone(Cids.some())))
          .isEqualTo(new TryLater("NO_TOKEN", Optional.empty(), false));
    }
  }

  @Test
  void settingsThatCannotWorkAreSaidAtOnce() {
    assertThatThrownBy(
            () -> sender(Map.of("towncrier.getui.endpoint", "http://example.com")).description())
        .hasMessageContaining("TOWNCRIER_GETUI_ENDPOINT");
    assertThatThrownBy(() -> sender(Map.of("towncrier.getui.request-timeout", "30s")).description())
        .hasMessageContaining("request-timeout");
  }

  private static List<String> cids(int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> Cids.some()).toList());
  }

  /** A repeat, which goes by itself. */
  private static PushMessage alone(String cid) {
    return Cids.to(
        cid, new PushMessage.Attempt(1, 0), Category.FIRMWARE_UPDATE, Cids.text("T", "B"));
  }

  private DeliveryResult send(PushMessage message) {
    return begin(message, Cids.lease()).join();
  }

  private List<DeliveryResult> send(List<String> cids) {
    return together(cids.stream().map(cid -> new Sent(Cids.to(cid), Cids.lease())).toList());
  }

  private List<DeliveryResult> together(List<Sent> messages) {
    CompletableFuture<List<CompletableFuture<DeliveryResult>>> begun = new CompletableFuture<>();
    vertx.runOnContext(
        loop ->
            begun.complete(
                messages.stream().map(one -> begin(one.message(), one.lease())).toList()));
    return begun.join().stream().map(CompletableFuture::join).toList();
  }

  private record Sent(PushMessage message, Lease lease) {}

  private CompletableFuture<DeliveryResult> begin(PushMessage message, Lease lease) {
    return sender.send(message, lease).subscribeAsCompletionStage().orTimeout(20, TimeUnit.SECONDS);
  }
}
