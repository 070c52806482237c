package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Notification alerts as JSON. */
final class AlertsBody {
  private AlertsBody() {}

  /** What is answered. */
  record Shown(
      boolean push,
      Map<String, Boolean> categories,
      Optional<Hours> quietHours,
      int version,
      Optional<Instant> effectiveAt) {
    static Shown of(NotificationAlerts alerts, Optional<Instant> effectiveAt) {
      Map<String, Boolean> categories = new LinkedHashMap<>();
      for (Category category : Category.values()) {
        categories.put(category.code(), !alerts.off().contains(category));
      }
      return new Shown(
          alerts.push(),
          categories,
          alerts.quietHours().map(q -> new Hours(q.from().toString(), q.to().toString())),
          alerts.version(),
          effectiveAt);
    }
  }

  /** Local times, {@code 22:00}. */
  record Hours(String from, String to) {}

  /** A change that was asked for; what it leaves out stays, quietHours null takes them away. */
  record Change(Optional<Integer> version, UnaryOperator<NotificationAlerts> change) {}

  static Change read(JsonNode body) {
    InputReader input = new InputReader();
    if (!body.isObject()) {
      input.reject("body", "must be an object");
      input.finish();
    }
    Optional<Boolean> push = flag(input, "push", body.path("push"));
    Map<Category, Boolean> switched = categories(input, body.path("categories"));
    JsonNode hours = body.path("quietHours");
    Optional<QuietHours> quiet = quietHours(input, hours);
    JsonNode version = body.path("version");
    if (!version.isMissingNode() && !version.isNull() && !isInt(version)) {
      input.reject("version", "must be the number that was read");
    }
    input.finish();
    return new Change(
        isInt(version) ? Optional.of(version.asInt()) : Optional.empty(),
        current ->
            new NotificationAlerts(
                push.orElse(current.push()),
                off(current, switched),
                hours.isMissingNode() ? current.quietHours() : quiet,
                current.version()));
  }

  private static boolean isInt(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt();
  }

  private static Set<Category> off(NotificationAlerts current, Map<Category, Boolean> switched) {
    Set<Category> off = EnumSet.noneOf(Category.class);
    off.addAll(current.off());
    switched.forEach((category, on) -> change(off, category, on));
    return off;
  }

  private static void change(Set<Category> off, Category category, boolean on) {
    if (on) {
      off.remove(category);
    } else {
      off.add(category);
    }
  }

  private static Map<Category, Boolean> categories(InputReader input, JsonNode node) {
    Map<Category, Boolean> switched = new LinkedHashMap<>();
    if (node.isMissingNode()) {
      return switched;
    }
    if (!node.isObject()) {
      input.reject("categories", "must be an object");
      return switched;
    }
    node.properties()
        .forEach(
            entry -> {
              // The name was sent by a stranger and is not repeated in the answer.
              Optional<Category> category = Category.parse(entry.getKey());
              String field = "categories" + category.map(c -> "." + c.code()).orElse("");
              if (category.isEmpty()) {
                input.reject(field, "has an unknown category");
              } else {
                flag(input, field, entry.getValue())
                    .ifPresent(on -> switched.put(category.get(), on));
              }
            });
    return switched;
  }

  private static Optional<Boolean> flag(InputReader input, String field, JsonNode node) {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isBoolean()) {
      input.reject(field, "must be true or false");
      return Optional.empty();
    }
    return Optional.of(node.booleanValue());
  }

  private static Optional<QuietHours> quietHours(InputReader input, JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isObject()) {
      input.reject("quietHours", "must be an object or null");
      return Optional.empty();
    }
    Optional<LocalTime> from = time(input, "quietHours.from", node.path("from"));
    Optional<LocalTime> to = time(input, "quietHours.to", node.path("to"));
    if (from.isPresent() && from.equals(to)) {
      input.reject("quietHours", "must not begin and end at the same time");
      return Optional.empty();
    }
    return from.flatMap(f -> to.map(t -> new QuietHours(f, t)));
  }

  private static Optional<LocalTime> time(InputReader input, String field, JsonNode node) {
    return input.parsed(
        field,
        input.text(field, node.asText(""), 5),
        text -> {
          try {
            return Optional.of(LocalTime.parse(text));
          } catch (DateTimeException malformed) {
            return Optional.empty();
          }
        },
        "must be a local time such as 22:00");
  }
}
