package io.towncrier.preferences.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Problem;
import io.towncrier.platform.rest.SeenRevision;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a change of notification alerts. */
final class AlertsReader {
  private static final String PUSH = "push";
  private static final String CATEGORIES = "pushCategories";
  private static final String IN_APP = "inAppCategories";
  private static final String QUIET = "quietHours";
  private static final String RECEIPTS = "deliveryReceipts";
  private static final String REVISION = "revision";
  // What is answered may be sent back as it is; of these nothing is read.
  private static final List<String> OF_THE_ANSWER = List.of("essential", "effectiveAt");
  private static final Set<String> SWITCHES = Set.of(PUSH, CATEGORIES, IN_APP, QUIET, RECEIPTS);
  private static final int LONGEST = 100;
  private static final Set<String> HOURS = Set.of("from", "to");

  private final InputReader input = new InputReader();
  private boolean foundUnknown;
  private final Set<Category> essential;

  private AlertsReader(Set<Category> essential) {
    this.essential = essential;
  }

  /** A change that was asked for; what it leaves out stays, quietHours null takes them away. */
  record Change(Optional<Integer> revision, UnaryOperator<NotificationAlerts> change) {}

  /**
   * Reads a body.
   *
   * @param essential categories that cannot be switched off in-app
   * @throws io.towncrier.platform.ProblemException invalid-request naming every defect
   */
  static Change read(@Nullable String ifMatch, JsonNode body, Set<Category> essential) {
    return new AlertsReader(essential).read(ifMatch, body);
  }

  private Change read(@Nullable String ifMatch, JsonNode body) {
    if (!body.isObject()) {
      input.reject("body", "must be an object");
      input.finish();
    }
    Optional<Boolean> push = flag(PUSH, body.path(PUSH));
    Map<Category, Boolean> pushed = categories(CATEGORIES, body.path(CATEGORIES));
    Map<Category, Boolean> shown = categories(IN_APP, body.path(IN_APP));
    refuseToHideEssentials(shown);
    JsonNode hours = body.path(QUIET);
    Optional<QuietHours> quiet = quietHours(hours);
    Optional<Boolean> receipts = flag(RECEIPTS, body.path(RECEIPTS));
    JsonNode revision = body.path(REVISION);
    if (!revision.isMissingNode() && !revision.isNull() && !isInt(revision)) {
      input.reject(REVISION, "must be the number that was read");
    }
    OptionalInt seen =
        SeenRevision.optional(input, ifMatch, isInt(revision) ? revision.asInt() : null);
    boolean namesNothing =
        Stream.of(push, receipts).allMatch(Optional::isEmpty)
            && pushed.isEmpty()
            && shown.isEmpty()
            && hours.isMissingNode();
    finish(body, namesNothing);
    return new Change(
        seen.isPresent() ? Optional.of(seen.getAsInt()) : Optional.empty(),
        current ->
            new NotificationAlerts(
                push.orElse(current.push()),
                off(current.off(), pushed),
                off(current.inAppOff(), shown),
                hours.isMissingNode() ? current.quietHours() : quiet,
                receipts.orElse(current.receipts()),
                current.version()));
  }

  /**
   * Who believes to have switched something off must not be told that it was done: a member that is
   * not known is refused, and so is a body that names no switch at all.
   */
  private void finish(JsonNode body, boolean namesNothing) {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!SWITCHES.contains(name)
                  && !name.equals(REVISION)
                  && !OF_THE_ANSWER.contains(name)) {
                unknown(name);
              }
            });
    if (namesNothing && input.errorCount() == 0) {
      input.reject(
          "body",
          "names no switch: push, pushCategories, inAppCategories, quietHours or deliveryReceipts");
    }
    if (foundUnknown) {
      throw Problem.invalidRequest(input.errors()).withKnown(known()).asException();
    }
    input.finish();
  }

  private void unknown(String path) {
    foundUnknown = true;
    input.reject(
        path.length() <= LONGEST ? path : path.substring(0, LONGEST), "is not a known member");
  }

  /** Every path that is understood, so that a newer client can repeat what this service knows. */
  private static List<String> known() {
    List<String> codes = Arrays.stream(Category.values()).map(Category::code).toList();
    return Stream.of(
            Stream.of(PUSH),
            codes.stream().map(code -> CATEGORIES + "." + code),
            codes.stream().map(code -> IN_APP + "." + code),
            HOURS.stream().sorted().map(end -> QUIET + "." + end),
            Stream.of(RECEIPTS, REVISION),
            OF_THE_ANSWER.stream())
        .flatMap(paths -> paths)
        .toList();
  }

  private void refuseToHideEssentials(Map<Category, Boolean> shown) {
    shown.forEach(
        (category, on) -> {
          if (!on && essential.contains(category)) {
            input.reject(
                IN_APP + "." + category.code(), "is essential and cannot be switched off in-app");
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
              Optional<Category> category = Category.parse(entry.getKey());
              if (category.isEmpty()) {
                unknown(member + "." + entry.getKey());
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
      input.reject(QUIET, "must be an object or null");
      return Optional.empty();
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!HOURS.contains(name)) {
                unknown(QUIET + "." + name);
              }
            });
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
