package io.towncrier.platform.rest.health;

import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The health checks of this process as plain values. */
@ApplicationScoped
public class Checks {
  private final SmallRyeHealthReporter reporter;

  Checks(SmallRyeHealthReporter reporter) {
    this.reporter = reporter;
  }

  /** In the order of their names. */
  public Uni<List<Check>> now() {
    return reporter
        .getReadinessAsync()
        .map(SmallRyeHealth::getPayload)
        .map(
            health ->
                health.getJsonArray("checks").stream()
                    .map(JsonValue::asJsonObject)
                    .map(Checks::check)
                    .sorted((one, other) -> one.name().compareTo(other.name()))
                    .toList());
  }

  private static Check check(JsonObject check) {
    Map<String, String> data = new TreeMap<>();
    JsonObject said = check.getJsonObject("data");
    if (said != null) {
      said.forEach((name, value) -> data.put(name, text(value)));
    }
    return new Check(
        check.getString("name"), "UP".equals(check.getString("status")), amiss(check), data);
  }

  private static boolean amiss(JsonObject check) {
    return PublicHealth.isAmiss(check);
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  /**
   * One check.
   *
   * @param up whether the process can go on
   * @param amiss whether somebody should look at it
   */
  public record Check(String name, boolean up, boolean amiss, Map<String, String> data) {}
}
