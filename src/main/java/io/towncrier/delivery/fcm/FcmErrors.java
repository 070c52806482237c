package io.towncrier.delivery.fcm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.delivery.DeliveryResult;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The error table of FCM HTTP v1, row by row (contract fcm-v1): pure. */
final class FcmErrors {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final String TYPE = "type.googleapis.com/google.firebase.fcm.v1.";

  private FcmErrors() {}

  /**
   * What is to be done about an answer that is not 200.
   *
   * @param retryAfter the header: seconds, or an HTTP date
   */
  static DeliveryResult resultOf(
      int status, Optional<String> retryAfter, byte[] body, Instant now) {
    JsonNode error = error(body);
    Optional<String> fcmCode = detail(error, "FcmError").map(d -> d.path("errorCode").asText());
    String code = fcmCode.orElse(error.path("status").asText("HTTP_" + status));
    Optional<Duration> wait = retryAfter.flatMap(header -> parse(header, now));
    return switch (status) {
      case 400 -> badRequest(error, fcmCode.isPresent(), code);
      // Without an FcmError our OAuth token is meant; with it, the project's key for Apple or the
      // web.
      case 401 ->
          fcmCode.filter("THIRD_PARTY_AUTH_ERROR"::equals).isPresent()
              ? new DeliveryResult.PlatformRefused(code)
              : new DeliveryResult.ProviderRefused(code);
      case 403 ->
          fcmCode.filter("SENDER_ID_MISMATCH"::equals).isPresent()
              ? new DeliveryResult.AddressGone(code)
              : new DeliveryResult.ProviderRefused(code);
      case 404 ->
          fcmCode.filter("UNREGISTERED"::equals).isPresent()
              ? new DeliveryResult.AddressGone(code)
              : new DeliveryResult.ProviderRefused(code);
      case 429 -> new DeliveryResult.QuotaExceeded(code, wait);
      default -> new DeliveryResult.TryLater(code, wait);
    };
  }

  private static DeliveryResult badRequest(JsonNode error, boolean hasFcmError, String code) {
    boolean address =
        hasFcmError
            && (error.path("message").asText().contains("not a valid FCM registration token")
                || detail(error, "ApnsError")
                    .filter(d -> d.path("statusCode").asInt() == 410)
                    .isPresent());
    return address ? new DeliveryResult.AddressGone(code) : new DeliveryResult.NoticeRefused(code);
  }

  private static Optional<JsonNode> detail(JsonNode error, String type) {
    for (JsonNode detail : error.path("details")) {
      if (detail.path("@type").asText().equals(TYPE + type)) {
        return Optional.of(detail);
      }
    }
    return Optional.empty();
  }

  // A proxy answers with HTML; then only the status counts.
  private static JsonNode error(byte[] body) {
    try {
      return JSON.readTree(body).path("error");
    } catch (IOException noJson) {
      return JSON.createObjectNode();
    }
  }

  private static Optional<Duration> parse(String header, Instant now) {
    try {
      return Optional.of(Duration.ofSeconds(Long.parseLong(header.trim())))
          .filter(d -> !d.isNegative());
    } catch (NumberFormatException noSeconds) {
      return date(header).map(at -> Duration.between(now, at)).filter(d -> !d.isNegative());
    }
  }

  private static Optional<Instant> date(String header) {
    try {
      return Optional.of(
          ZonedDateTime.parse(header.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException neither) {
      return Optional.empty();
    }
  }
}
