package io.towncrier.delivery.getui;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.vendors.QuotaAnswer;
import io.towncrier.delivery.vendors.QuotaAnswer.NotTold;
import io.towncrier.delivery.vendors.QuotaAnswer.Told;
import io.towncrier.delivery.vendors.VendorQuota;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.LoopbackGetui.Answer;
import io.towncrier.testing.LoopbackGetui.Fault;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Getui says of vendors' quotas, against a loopback Getui. */
class GetuiQuotasTest {
  private static LoopbackGetui getui;
  private static Vertx vertx;

  private PushProvider provider;

  @BeforeAll
  static void listen() {
    vertx = Vertx.vertx();
    getui = new LoopbackGetui();
    getui.start();
  }

  @AfterAll
  static void stop() {
    getui.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @BeforeEach
  void open() {
    getui.behave();
    provider =
        GetuiProviders.of(
            Map.of(
                "towncrier.getui.credentials", getui.credentials().toString(),
                "towncrier.getui.endpoint", getui.endpoint(),
                "towncrier.getui.request-timeout", "1s"),
            vertx);
  }

  @Test
  void numbersMayBeTextsAndMayBeLeftOut() {
    getui.quotas(
        """
        {"xm":{"total_num":"20000","remain_num":1500,"limit":false},
         "vv":{"push_num":70000,"total_num":60000,"limit":true},
         "op":{"total_num":100000,"remain_num":100000,"limit":false}}
        """);
    assertThat(provider.tellsQuotas()).isTrue();
    assertThat(((Told) ask()).quotas())
        .containsExactlyInAnyOrder(
            new VendorQuota("xm", Optional.of(20_000L), Optional.of(1_500L), false),
            new VendorQuota("vv", Optional.of(60_000L), Optional.empty(), true),
            new VendorQuota("op", Optional.of(100_000L), Optional.of(100_000L), false));
  }

  @Test
  void vendorsWithoutALimitAreNotNamed() {
    assertThat(ask()).isEqualTo(new Told(List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "200,301,WRONG_DATA_CENTRE",
    "401,10004,GETUI_10004",
    "401,10005,GETUI_10005",
    "403,30019,GETUI_30019",
    "404,1,HTTP_404",
    "500,5000,GETUI_5000"
  })
  void whatIsRefusedIsSaidByItsCode(int status, int code, String said) {
    getui.quotas(Answer.error(status, code, "https://other.example.com"));
    assertThat(ask()).isEqualTo(new NotTold(said));
    assertThat(getui.askedForQuotas()).as("once").isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CLOSE", "SILENCE"})
  void whatIsLostIsSaid(Fault fault) {
    getui.quotas(Answer.fault(fault));
    assertThat(ask()).isEqualTo(new NotTold(fault == Fault.CLOSE ? "CONNECTION_LOST" : "TIMEOUT"));
  }

  @Test
  void aTokenThatIsRefusedIsReplacedOnce() {
    ask();
    int fetched = getui.tokens().fetched();
    getui.tokens().revoke();
    assertThat(ask()).isInstanceOf(Told.class);
    getui.quotas(Answer.error(401, 10001, "token"));
    assertThat(ask()).isEqualTo(new NotTold("GETUI_10001"));
    assertThat(getui.tokens().fetched() - fetched).isEqualTo(2);
  }

  @Test
  void credentialsOfAnotherDataCentreAreKnownBeforeTheFirstPush() {
    getui.tokens().answer(() -> Optional.of(Answer.error(200, 301, "https://other.example.com")));
    assertThat(ask()).isEqualTo(new NotTold("WRONG_DATA_CENTRE"));
    assertThat(getui.askedForQuotas()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"data\":null}",
        "{\"data\":{\"app\":[1]}}",
        "{\"data\":{\"app\":{\"xm\":7}}}",
        "{\"data\":{\"app\":{\"x y\":{\"limit\":true}}}}"
      })
  void whatIsOtherwiseSaysNothing(String body) {
    assertThat(GetuiQuotas.read(Buffer.buffer(body))).isEmpty();
  }

  private QuotaAnswer ask() {
    return provider.quotas().await().atMost(Duration.ofSeconds(10));
  }
}
