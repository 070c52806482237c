package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads a change of notification alerts. */
final class AlertsReader {
  // What is answered may be sent back as it is.
  private static final Set<String> KNOWN =
      Set.of("push", "categories", "inApp", "quietHours", "version", "essential", "effectiveAt");

  private final InputReader input = new InputReader();
  private final Set<Category> essential;

  private AlertsReader(Set<Category> essential) {
    this.essential = essential;
  }

  /** A change that was asked for; what it leaves out stays, quietHours null takes them away. */
  record Change(Optional<Integer> version, UnaryOperator<NotificationAlerts> change) {}

  /**
   * Reads a body.
   *
   * @param essential categories that cannot be switched off in-app
   * @throws io.towncrier.platform.ProblemException invalid-request naming every defect
   */
  static Change read(JsonNode body, Set<Category> essential) {
    return new AlertsReader(essential).read(body);
  }

  private Change read(JsonNode body) {
    if (!body.isObject()) {
      input.reject("body", "must be an object");
      input.finish();
    }
    refuseUnknownChannels(body);
    Optional<Boolean> push = flag("push", body.path("push"));
    Map<Category, Boolean> pushed = categories("categories", body.path("categories"));
    Map<Category, Boolean> shown = categories("inApp", body.path("inApp"));
    refuseToHideEssentials(shown);
    JsonNode hours = body.path("quietHours");
    Optional<QuietHours> quiet = quietHours(hours);
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
                off(current.off(), pushed),
                off(current.inAppOff(), shown),
                hours.isMissingNode() ? current.quietHours() : quiet,
                current.version()));
  }

  /**
   * Unknown members are dropped everywhere, but not a switch: who believes to have switched
   * something off must not be told that it was done.
   */
  private void refuseUnknownChannels(JsonNode body) {
    body.properties()
        .forEach(
            member -> {
              JsonNode value = member.getValue();
              if (!KNOWN.contains(member.getKey()) && (value.isBoolean() || value.isObject())) {
                // The name was sent by a stranger and is not repeated in the answer.
                input.reject("body", "has an unknown channel");
              }
            });
  }

  private void refuseToHideEssentials(Map<Category, Boolean> shown) {
    shown.forEach(
        (category, on) -> {
          if (!on && essential.contains(category)) {
            input.reject(
                "inApp." + category.code(), "is essential and cannot be switched off in-app");
          }
        });
  }

  private static boolean isInt(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToInt();
  }

  private static Set<Category> off(Set<Category> current, Map<Category, Boolean> switched) {
    Set<Category> off = EnumSet.noneOf(Category.class);
    off.addAll(current);
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

  private Map<Category, Boolean> categories(String member, JsonNode node) {
    Map<Category, Boolean> switched = new LinkedHashMap<>();
    if (node.isMissingNode()) {
      return switched;
    }
    if (!node.isObject()) {
      input.reject(member, "must be an object");
      return switched;
    }
    node.properties()
        .forEach(
            entry -> {
              // The name was sent by a stranger and is not repeated in the answer.
              Optional<Category> category = Category.parse(entry.getKey());
              if (category.isEmpty()) {
                input.reject(member, "has an unknown category");
              } else {
                flag(member + "." + category.get().code(), entry.getValue())
                    .ifPresent(on -> switched.put(category.get(), on));
              }
            });
    return switched;
  }

  private Optional<Boolean> flag(String field, JsonNode node) {
    if (node.isMissingNode()) {
      return Optional.empty();
    }
    if (!node.isBoolean()) {
      input.reject(field, "must be true or false");
      return Optional.empty();
    }
    return Optional.of(node.booleanValue());
  }

  private Optional<QuietHours> quietHours(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (!node.isObject()) {
      input.reject("quietHours", "must be an object or null");
      return Optional.empty();
    }
    Optional<LocalTime> from = time("quietHours.from", node.path("from"));
    Optional<LocalTime> to = time("quietHours.to", node.path("to"));
    if (from.isPresent() && from.equals(to)) {
      input.reject("quietHours", "must not begin and end at the same time");
      return Optional.empty();
    }
    return from.flatMap(f -> to.map(t -> new QuietHours(f, t)));
  }

  private Optional<LocalTime> time(String field, JsonNode node) {
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
