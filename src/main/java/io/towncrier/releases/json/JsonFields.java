package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** Reads members of JSON objects; a member of the wrong type is a defect with its place. */
final class JsonFields {
  private static final Duration MAX_DURATION = Duration.ofDays(3653);

  private final InputReader input;

  JsonFields(InputReader input) {
    this.input = input;
  }

  /**
   * A misspelt member must not pass for a missing one: it may be the rule that protects somebody.
   */
  void onlyKnown(String place, JsonNode node, Set<String> members) {
    if (!node.isObject()) {
      input.reject(place, "must be an object");
      return;
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!members.contains(name)) {
                input.reject(join(place, name), "is not a known member");
              }
            });
  }

  void each(String place, JsonNode array, BiConsumer<String, JsonNode> reader) {
    if (array.isMissingNode()) {
      return;
    }
    if (!array.isArray()) {
      input.reject(place, "must be an array");
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      reader.accept(place + "[" + i + "]", array.get(i));
    }
  }

  List<String> texts(String place, JsonNode array, int maxLength) {
    List<String> texts = new ArrayList<>();
    each(place, array, (field, node) -> texts.add(textOf(field, node, maxLength)));
    return texts;
  }

  String text(String place, JsonNode node, String member, int maxLength) {
    return textOf(join(place, member), node.path(member), maxLength);
  }

  String textOf(String field, JsonNode node, int maxLength) {
    if (!node.isMissingNode() && !node.isTextual()) {
      input.reject(field, "must be a string");
      return "";
    }
    return input.text(field, node.asText(""), maxLength);
  }

  /** As text, but line breaks and tabs are allowed. */
  String multilineText(String place, JsonNode node, String member, int maxLength) {
    String field = join(place, member);
    String text = node.path(member).asText("");
    if (!node.path(member).isTextual() || text.isEmpty()) {
      input.reject(field, "must be a string that is not empty");
      return "";
    }
    return input.text(field, text.replaceAll("[\\r\\n\\t]", " "), maxLength).isEmpty() ? "" : text;
  }

  Optional<String> optionalText(String place, JsonNode node, String member, int maxLength) {
    return node.path(member).isMissingNode()
        ? Optional.empty()
        : Optional.of(text(place, node, member, maxLength));
  }

  boolean flag(String place, JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (!value.isMissingNode() && !value.isBoolean()) {
      input.reject(join(place, member), "must be true or false");
    }
    return value.asBoolean(false);
  }

  Optional<Instant> instant(String place, JsonNode node, String member) {
    return instantOf(join(place, member), text(place, node, member, 40));
  }

  Optional<Instant> optionalInstant(String place, JsonNode node, String member) {
    return instantOf(join(place, member), optionalText(place, node, member, 40).orElse(""));
  }

  private Optional<Instant> instantOf(String field, String given) {
    return input.parsed(
        field,
        given,
        text -> {
          try {
            return Optional.of(OffsetDateTime.parse(text).toInstant()).filter(JsonFields::inRange);
          } catch (DateTimeException malformed) {
            return Optional.empty();
          }
        },
        "must be an RFC 3339 time such as 2026-05-01T00:00:00Z");
  }

  Optional<LocalDate> date(String place, JsonNode node, String member) {
    return input.parsed(
        join(place, member),
        optionalText(place, node, member, 10).orElse(""),
        text -> {
          try {
            return Optional.of(LocalDate.parse(text)).filter(d -> d.getYear() >= 1970);
          } catch (DateTimeException malformed) {
            return Optional.empty();
          }
        },
        "must be a date such as 2026-05-01");
  }

  // What PostgreSQL and every client can hold.
  private static boolean inRange(Instant instant) {
    return instant.isAfter(Instant.EPOCH)
        && instant.isBefore(Instant.parse("9999-01-01T00:00:00Z"));
  }

  /** A duration that is zero or more, at most ten years. */
  Optional<Duration> duration(String place, JsonNode node, String member) {
    return input.parsed(
        join(place, member),
        optionalText(place, node, member, 40).orElse(""),
        text -> {
          try {
            return Optional.of(Duration.parse(text))
                .filter(d -> !d.isNegative() && d.compareTo(MAX_DURATION) <= 0);
          } catch (DateTimeException malformed) {
            return Optional.empty();
          }
        },
        "must be an ISO 8601 duration such as P1D or PT12H, at most ten years");
  }

  /** A whole number in a range; a default when it is left out. */
  long number(String place, JsonNode node, String member, long min, long max, long missing) {
    JsonNode value = node.path(member);
    if (value.isMissingNode()) {
      return missing;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.asLong() < min
        || value.asLong() > max) {
      input.reject(join(place, member), "must be a whole number from " + min + " to " + max);
      return missing;
    }
    return value.asLong();
  }

  /** An object that may be left out; null is no object. */
  boolean isObject(String place, JsonNode node, Set<String> members) {
    if (node.isMissingNode()) {
      return false;
    }
    onlyKnown(place, node, members);
    return node.isObject();
  }

  static String join(String place, String member) {
    return place.isEmpty() ? member : place + "." + member;
  }
}
