package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.DeliveryResult.AddressGone;
import io.towncrier.delivery.DeliveryResult.NoticeRefused;
import io.towncrier.delivery.DeliveryResult.PlatformRefused;
import io.towncrier.delivery.DeliveryResult.ProviderRefused;
import io.towncrier.delivery.DeliveryResult.QuotaExceeded;
import io.towncrier.delivery.DeliveryResult.TryLater;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row by row of the error table in contract fcm-v1. */
class FcmErrorsTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final String HTML = "<html><title>502 Bad Gateway</title></html>";
  private static final String BAD_REQUEST =
      """
      {"@type":"type.googleapis.com/google.rpc.BadRequest",
       "fieldViolations":[{"field":"message.data"}]}\
      """;
  private static final String APNS_410 =
      """
      {"@type":"type.googleapis.com/google.firebase.fcm.v1.ApnsError",
       "statusCode":410,"reason":"Unregistered"}\
      """;

  @Test
  void anUnregisteredAddressIsGone() {
    assertThat(
            result(404, error("NOT_FOUND", "Requested entity was not found.", fcm("UNREGISTERED"))))
        .isEqualTo(new AddressGone("UNREGISTERED"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HTML, "{}", "{\"error\":{\"status\":\"NOT_FOUND\"}}"})
  void aMissingProjectTakesNoAddressAway(String body) {
    assertThat(result(404, body)).isInstanceOf(ProviderRefused.class);
  }

  @Test
  void theAddressOfAnotherSenderIsGone() {
    String body = error("PERMISSION_DENIED", "SenderId mismatch", fcm("SENDER_ID_MISMATCH"));

    assertThat(result(403, body)).isEqualTo(new AddressGone("SENDER_ID_MISMATCH"));
  }

  @Test
  void aSwitchedOffApiTakesNoAddressAway() {
    String body = error("PERMISSION_DENIED", "FCM API has not been used in project", "");

    assertThat(result(403, body)).isEqualTo(new ProviderRefused("PERMISSION_DENIED"));
    assertThat(result(403, error("SENDER_ID_MISMATCH", "m", "")))
        .isEqualTo(new ProviderRefused("SENDER_ID_MISMATCH"));
  }

  @Test
  void aTokenThatIsNoneIsGone() {
    String body =
        error(
            "INVALID_ARGUMENT",
            "The registration token is not a valid FCM registration token",
            fcm("INVALID_ARGUMENT"));

    assertThat(result(400, body)).isEqualTo(new AddressGone("INVALID_ARGUMENT"));
  }

  @Test
  void anAddressThatAppleNoLongerKnowsIsGone() {
    String body =
        error("INVALID_ARGUMENT", "Bad request", fcm("INVALID_ARGUMENT") + "," + APNS_410);

    assertThat(result(400, body)).isEqualTo(new AddressGone("INVALID_ARGUMENT"));
  }

  @Test
  void anotherRefusalByAppleIsTheFaultOfTheNotice() {
    String body =
        error(
            "INVALID_ARGUMENT",
            "Bad request",
            fcm("INVALID_ARGUMENT") + "," + APNS_410.replace("410", "413"));

    assertThat(result(400, body)).isEqualTo(new NoticeRefused("INVALID_ARGUMENT"));
  }

  @Test
  void aPayloadThatIsWrongIsTheFaultOfTheNotice() {
    assertThat(result(400, error("INVALID_ARGUMENT", "Invalid value at message", BAD_REQUEST)))
        .isEqualTo(new NoticeRefused("INVALID_ARGUMENT"));
    assertThat(result(400, error("INVALID_ARGUMENT", "Too big", fcm("INVALID_ARGUMENT"))))
        .isEqualTo(new NoticeRefused("INVALID_ARGUMENT"));
  }

  @Test
  void withoutAnFcmErrorTheMessageAloneTakesNoAddressAway() {
    String message = "The registration token is not a valid FCM registration token";

    assertThat(result(400, error("INVALID_ARGUMENT", message, BAD_REQUEST)))
        .isInstanceOf(NoticeRefused.class);
    assertThat(result(400, error("INVALID_ARGUMENT", message, APNS_410)))
        .isInstanceOf(NoticeRefused.class);
  }

  @Test
  void aBadKeyForAppleStopsItsPlatformAlone() {
    String body = error("UNAUTHENTICATED", "Auth error from APNS", fcm("THIRD_PARTY_AUTH_ERROR"));

    assertThat(result(401, body)).isEqualTo(new PlatformRefused("THIRD_PARTY_AUTH_ERROR"));
    assertThat(result(401, error("UNAUTHENTICATED", "m", fcm("UNSPECIFIED_ERROR"))))
        .isEqualTo(new ProviderRefused("UNSPECIFIED_ERROR"));
  }

  @Test
  void aBadOauthTokenStopsTheProvider() {
    assertThat(result(401, error("UNAUTHENTICATED", "Invalid credentials", "")))
        .isEqualTo(new ProviderRefused("UNAUTHENTICATED"));
  }

  @Test
  void anExceededQuotaIsNoFaultOfItsMessage() {
    String body = error("RESOURCE_EXHAUSTED", "Quota exceeded", fcm("QUOTA_EXCEEDED"));

    assertThat(result(429, body)).isEqualTo(new QuotaExceeded("QUOTA_EXCEEDED", Optional.empty()));
    assertThat(resultAfter("17", 429, body))
        .isEqualTo(new QuotaExceeded("QUOTA_EXCEEDED", Optional.of(Duration.ofSeconds(17))));
  }

  @ParameterizedTest
  @CsvSource({"503, UNAVAILABLE", "500, INTERNAL"})
  void anOverloadedProviderIsTriedLater(int status, String code) {
    assertThat(result(status, error(code, "Try again", fcm(code))))
        .isEqualTo(new TryLater(code, Optional.empty()));
    assertThat(resultAfter("30", status, error(code, "Try again", fcm(code))))
        .isEqualTo(new TryLater(code, Optional.of(Duration.ofSeconds(30))));
  }

  @ParameterizedTest
  @ValueSource(ints = {502, 504, 503, 500, 408, 418, 302, 599})
  void anAnswerInHtmlOrOfAnUnknownStatusIsTriedLater(int status) {
    assertThat(result(status, HTML)).isEqualTo(new TryLater("HTTP_" + status, Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "{\"error\":null}",
        "{\"error\":\"text\"}",
        "{\"error\":{\"details\":{}}}",
        "{\"error\":{\"details\":[null,7,\"x\",{}]}}",
        "{\"error\":",
        "\u0000"
      })
  void aBodyThatIsNotWhatWasPromisedIsNoFailureOfOurs(String body) {
    assertThat(result(503, body)).isEqualTo(new TryLater("HTTP_503", Optional.empty()));
  }

  @Test
  void anUnknownStatusTextIsKeptAsTheCode() {
    assertThat(result(503, error("BRAND_NEW", "?", "")))
        .isEqualTo(new TryLater("BRAND_NEW", Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120|120",
        " 120 |120",
        "0|0",
        "Fri, 01 May 2026 12:02:00 GMT|120",
        "Fri, 01 May 2026 12:00:00 GMT|0"
      })
  void theWaitThatIsAskedForIsReadAsSecondsOrAsADate(String header, long seconds) {
    assertThat(resultAfter(header, 503, HTML))
        .isEqualTo(new TryLater("HTTP_503", Optional.of(Duration.ofSeconds(seconds))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "soon",
        "-5",
        "1.5",
        "99999999999999999999",
        "Fri, 01 May 2026 11:59:59 GMT",
        "Mon, 01 May 2026 12:02:00 GMT",
        "2026-05-01T12:02:00Z"
      })
  void aWaitThatIsGarbageOrOverIsAsIfNotAskedFor(String header) {
    assertThat(resultAfter(header, 503, HTML))
        .isEqualTo(new TryLater("HTTP_503", Optional.empty()));
    assertThat(resultAfter(header, 429, HTML))
        .isEqualTo(new QuotaExceeded("HTTP_429", Optional.empty()));
  }

  private static DeliveryResult result(int status, String body) {
    return FcmErrors.resultOf(status, Optional.empty(), bytes(body), NOW);
  }

  private static DeliveryResult resultAfter(String retryAfter, int status, String body) {
    return FcmErrors.resultOf(status, Optional.of(retryAfter), bytes(body), NOW);
  }

  private static String error(String status, String message, String details) {
    return """
    {"error":{"code":0,"message":"%s","status":"%s","details":[%s]}}
    """
        .formatted(message, status, details);
  }

  private static String fcm(String code) {
    return """
    {"@type":"type.googleapis.com/google.firebase.fcm.v1.FcmError","errorCode":"%s"}\
    """
        .formatted(code);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
