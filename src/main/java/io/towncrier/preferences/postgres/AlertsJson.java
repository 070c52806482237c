package io.towncrier.preferences.postgres;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notification alerts as the history keeps them. */
final class AlertsJson {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private AlertsJson() {}

  static String write(NotificationAlerts alerts) {
    try {
      return JSON.writeValueAsString(
          new Stored(
              alerts.push(),
              names(alerts.off()),
              names(alerts.inAppOff()),
              alerts.quietHours().map(q -> q.from().toString()).orElse(null),
              alerts.quietHours().map(q -> q.to().toString()).orElse(null),
              alerts.receipts() ? null : false,
              alerts.version()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  static NotificationAlerts read(String json) {
    try {
      Stored stored = JSON.readValue(json, Stored.class);
      Optional<QuietHours> quiet =
          Optional.ofNullable(stored.quietFrom)
              .flatMap(
                  from ->
                      Optional.ofNullable(stored.quietTo)
                          .map(to -> new QuietHours(LocalTime.parse(from), LocalTime.parse(to))));
      return new NotificationAlerts(
          stored.push,
          categories(stored.off),
          categories(stored.inAppOff),
          quiet,
          stored.receipts == null || stored.receipts,
          stored.version);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored change is not readable", broken);
    }
  }

  private static List<String> names(Set<Category> categories) {
    return categories.stream().map(Category::name).sorted().toList();
  }

  private static Set<Category> categories(List<String> names) {
    return names.stream().map(Category::valueOf).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * As it is written.
   *
   * @param receipts false, or left out: the version before does not know it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Stored(
      boolean push,
      List<String> off,
      List<String> inAppOff,
      @Nullable String quietFrom,
      @Nullable String quietTo,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean receipts,
      int version) {}
}
