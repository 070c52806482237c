package io.towncrier.delivery.fcm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.delivery.DeliveryResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** What an answer of FCM means: pure. */
final class FcmAnswers {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int OK = 200;
  private static final String NAME = "\"name\"";

  private FcmAnswers() {}

  /**
   * The result of one message.
   *
   * @param retryAfter the header: seconds, or an HTTP date
   */
  static DeliveryResult resultOf(
      int status, Optional<String> retryAfter, byte[] body, Instant now) {
    if (status != OK) {
      return FcmErrors.resultOf(status, retryAfter, body, now);
    }
    return name(body)
        .<DeliveryResult>map(DeliveryResult.Accepted::new)
        // Somebody else answered, such as a proxy with a page of its own.
        .orElseGet(() -> new DeliveryResult.TryLater("HTTP_200", Optional.empty()));
  }

  // {"name": "projects/p/messages/id"} and nothing else: a million answers need no parser.
  private static Optional<String> quickName(String text) {
    int colon = text.indexOf(NAME) + NAME.length();
    int start = text.indexOf('"', colon) + 1;
    int end = text.indexOf('"', start);
    return colon >= NAME.length()
            && start > 0
            && end > start
            && text.substring(0, colon).strip().equals("{" + NAME)
            && text.substring(colon, start - 1).strip().equals(":")
            && text.substring(end + 1).strip().equals("}")
            && text.indexOf('\\', start) < 0
        ? Optional.of(text.substring(start, end))
        : Optional.empty();
  }

  /** FCM's name for a message that it accepted. */
  private static Optional<String> name(byte[] body) {
    return quickName(new String(body, StandardCharsets.UTF_8)).or(() -> slowName(body));
  }

  private static Optional<String> slowName(byte[] body) {
    try {
      return Optional.of(JSON.readTree(body).path("name").asText("")).filter(n -> !n.isEmpty());
    } catch (IOException noJson) {
      return Optional.empty();
    }
  }
}
