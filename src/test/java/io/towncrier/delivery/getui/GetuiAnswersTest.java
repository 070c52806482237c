package io.towncrier.delivery.getui;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.DeliveryResult.Accepted;
import io.towncrier.delivery.DeliveryResult.AddressGone;
import io.towncrier.delivery.DeliveryResult.AddressIdle;
import io.towncrier.delivery.DeliveryResult.NoticeRefused;
import io.towncrier.delivery.DeliveryResult.ProviderRefused;
import io.towncrier.delivery.DeliveryResult.QuotaExceeded;
import io.towncrier.delivery.DeliveryResult.TryLater;
import io.towncrier.delivery.getui.GetuiAnswers.Meaning;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of Getui, row by row (contract push-china). */
class GetuiAnswersTest {
  // 20:00 in Shanghai: four hours are left of the day there.
  static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Optional<Duration> MINUTE = Optional.of(Duration.ofMinutes(1));

  /** Rows that mean the same for a single message and for each of a batch. */
  static Stream<Row> rowsOfAll() {
    QuotaExceeded today = new QuotaExceeded("GETUI_30008", Optional.of(Duration.ofHours(4)));
    return Stream.of(
        new Row(200, 1, "no json", new NoticeRefused("GETUI_1")),
        new Row(200, 2, "starting", new TryLater("GETUI_2", Optional.empty(), false)),
        new Row(200, 301, "https://other.example.com", new ProviderRefused("WRONG_DATA_CENTRE")),
        new Row(200, 77, "new", new TryLater("GETUI_77", Optional.empty())),
        new Row(400, 20001, "permission required by x", new ProviderRefused("GETUI_PERMISSION")),
        new Row(400, 22001, "schedule", new NoticeRefused("GETUI_22001")),
        new Row(400, 22002, "schedule", new NoticeRefused("GETUI_22002")),
        new Row(401, 10002, "black", new ProviderRefused("GETUI_10002")),
        new Row(401, 10004, "no right", new ProviderRefused("GETUI_10004")),
        new Row(401, 10005, "too many calls", new QuotaExceeded("GETUI_10005", MINUTE)),
        new Row(403, 30008, "day", today),
        new Row(403, 30009, "day", new QuotaExceeded("GETUI_30009", today.retryAfter())),
        new Row(403, 30015, "list", new QuotaExceeded("GETUI_30015", MINUTE)),
        new Row(
            403,
            30019,
            "busy",
            new TryLater("GETUI_30019", Optional.of(Duration.ofSeconds(10)), false)),
        new Row(403, 30004, "plan", new ProviderRefused("GETUI_30004")),
        new Row(404, 1, "path", new ProviderRefused("HTTP_404")),
        new Row(405, 1, "method", new ProviderRefused("HTTP_405")),
        new Row(500, 5000, "inside", new TryLater("GETUI_5000", Optional.empty())),
        new Row(503, 5000, "inside", new TryLater("GETUI_5000", Optional.empty())));
  }

  /** Rows that say something of the one message; of a batch they say nothing of each. */
  static Stream<Row> rowsOfParameters() {
    return Stream.of(
        new Row(400, 20001, "target user is invalid", new AddressGone("CID_INVALID")),
        new Row(400, 20001, "cid is invalid", new AddressGone("CID_INVALID")),
        new Row(400, 20001, "appid not match cid", new AddressGone("APPID_MISMATCH")),
        new Row(
            400, 20001, "contains duplicate", new TryLater("GETUI_DUPLICATE", Optional.empty())),
        new Row(400, 20001, "cannot be repeat", new TryLater("GETUI_DUPLICATE", Optional.empty())),
        new Row(
            400,
            20001,
            "title size over limit",
            new NoticeRefused("GETUI_20001: title size over limit")));
  }

  @ParameterizedTest
  @MethodSource("rowsOfAll")
  void eachRowHasItsResult(Row row) {
    assertThat(of(row)).isEqualTo(new Meaning.OfAll(row.result));
  }

  @ParameterizedTest
  @MethodSource("rowsOfParameters")
  void aParameterIsTheFaultOfOneMessage(Row row) {
    assertThat(of(row)).isEqualTo(new Meaning.Parameter(row.result));
  }

  @Test
  void aTokenThatIsRefusedIsFetchedAnewAndTooManyFetchesStopFetching() {
    assertThat(of(new Row(401, 10001, "token", null))).isEqualTo(new Meaning.BadToken());
    assertThat(of(new Row(401, 10003, "auth", null)))
        .isEqualTo(new Meaning.TooManyTokens(new TryLater("GETUI_10003", MINUTE, false)));
  }

  @Test
  void eachAddressHasWhatIsSaidOfIt() {
    assertThat(
            GetuiAnswers.of(
                200,
                Buffer.buffer(
                    """
                    {"code":0,"msg":"success","data":{
                      "RASS_1":{"a":"successed_online"}, "RASS_2":{"b":"successed_offline"},
                      "RASS_3":{"c":"successed_ignore"}, "RASS_4":{"d":"what_is_that"}}}
                    """),
                NOW))
        .isEqualTo(
            new Meaning.Each(
                Map.of(
                    "a", new Accepted("RASS_1"),
                    "b", new Accepted("RASS_2"),
                    "c", new AddressIdle("inactive"),
                    "d", new TryLater("UNKNOWN_STATUS", Optional.empty()))));
  }

  @Test
  void aPageOfSomebodyElseSaysNothingOfTheMessage() {
    for (int status : new int[] {200, 301, 400, 401, 403, 418, 502, 504}) {
      assertThat(GetuiAnswers.of(status, Buffer.buffer("<html>"), NOW))
          .isEqualTo(new Meaning.OfAll(new TryLater("HTTP_" + status, Optional.empty())));
    }
    assertThat(GetuiAnswers.of(404, Buffer.buffer(), NOW))
        .isEqualTo(new Meaning.OfAll(new ProviderRefused("HTTP_404")));
  }

  @Test
  void whatGetuiSaysIsShownWithoutAddresses() {
    Meaning meaning = of(new Row(400, 20001, "bad\n0123456789abcdef0123456789abcdef word", null));
    assertThat(meaning)
        .isEqualTo(new Meaning.Parameter(new NoticeRefused("GETUI_20001: bad ... word")));
  }

  private static Meaning of(Row row) {
    Buffer body = Buffer.buffer("{\"code\":%d,\"msg\":\"%s\"}".formatted(row.code, escaped(row)));
    return GetuiAnswers.of(row.status, body, NOW);
  }

  private static String escaped(Row row) {
    return row.message.replace("\n", "\\n");
  }

  record Row(int status, int code, String message, DeliveryResult result) {}
}
