package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What FCM HTTP v1 refuses in a request, as far as its reference says so. */
final class FcmRules {
  private static final int LONGEST_PAYLOAD = 4096;
  private static final Duration LONGEST_TTL = Duration.ofDays(28);
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,9})(\\.\\d{1,9})?s");
  private static final Set<String> TARGETS = Set.of("token", "fid", "topic", "condition");

  /** Path to the fields that it knows; what is not named here may have any. */
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "",
          Set.of("message", "validate_only"),
          "/message",
          Set.of(
              "token",
              "fid",
              "topic",
              "condition",
              "data",
              "notification",
              "android",
              "apns",
              "webpush",
              "fcm_options"),
          "/message/notification",
          Set.of("title", "body", "image"),
          "/message/android",
          Set.of(
              "collapse_key",
              "priority",
              "ttl",
              "restricted_package_name",
              "data",
              "notification",
              "fcm_options",
              "direct_boot_ok"),
          "/message/android/notification",
          Set.of("title", "body", "icon", "color", "sound", "tag", "click_action", "channel_id"),
          "/message/apns",
          Set.of("headers", "payload", "fcm_options"),
          "/message/webpush",
          Set.of("headers", "data", "notification", "fcm_options"),
          "/message/fcm_options",
          Set.of("analytics_label"));

  private FcmRules() {}

  /** Why it is refused, if it is. */
  static Optional<String> violation(JsonNode request) {
    List<String> found = new ArrayList<>();
    FIELDS.forEach(
        (path, known) ->
            request
                .at(path)
                .fieldNames()
                .forEachRemaining(
                    name -> {
                      if (!known.contains(name)) {
                        found.add("Unknown name \"%s\" at '%s'".formatted(name, path));
                      }
                    }));
    JsonNode message = request.path("message");
    if (TARGETS.stream().filter(message::has).count() != 1) {
      found.add("exactly one of token, fid, topic or condition");
    }
    strings(message.path("data")).forEach(found::add);
    strings(message.at("/apns/headers")).forEach(found::add);
    reserved(message.path("data")).forEach(found::add);
    if (payload(message) > LONGEST_PAYLOAD) {
      found.add("message is too big");
    }
    ttl(message.at("/android/ttl")).ifPresent(found::add);
    if (message.has("android")
        && !Set.of("", "normal", "high").contains(message.at("/android/priority").asText())) {
      found.add("priority");
    }
    return found.stream().findFirst();
  }

  private static Stream<String> strings(JsonNode map) {
    return map.properties().stream()
        .filter(field -> !field.getValue().isTextual())
        .map(field -> "Invalid value at '%s' (TYPE_STRING)".formatted(field.getKey()));
  }

  private static Stream<String> reserved(JsonNode data) {
    return data.properties().stream()
        .map(Map.Entry::getKey)
        .filter(
            key ->
                key.equals("from")
                    || key.equals("message_type")
                    || key.startsWith("google")
                    || key.startsWith("gcm"))
        .map("Invalid data payload key: "::concat);
  }

  private static int payload(JsonNode message) {
    int shown = bytes(message.path("data")) + bytes(message.path("notification"));
    // Android's own data take the place of the others; Apple gets both.
    int apple = shown + bytes(message.at("/apns/payload"));
    return Math.max(bytes(message.at("/android/data")), Math.max(shown, apple));
  }

  private static int bytes(JsonNode part) {
    return part.isMissingNode() ? 0 : part.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  private static Optional<String> ttl(JsonNode ttl) {
    if (ttl.isMissingNode()) {
      return Optional.empty();
    }
    Matcher seconds = SECONDS.matcher(ttl.asText());
    return seconds.matches() && Long.parseLong(seconds.group(1)) <= LONGEST_TTL.toSeconds()
        ? Optional.empty()
        : Optional.of("Invalid value at 'message.android.ttl'");
  }
}
