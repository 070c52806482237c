package io.towncrier.ddi.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.towncrier.ddi.TakeConfigData;
import io.towncrier.ddi.actions.Feedback;
import io.towncrier.outcomes.Reports;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.targeting.Fact;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What clients of DDI send, read as generously as it can be: it cannot be sent back to them. */
final class ClientJson {
  private ClientJson() {}

  /**
   * Feedback.
   *
   * @throws io.towncrier.platform.ProblemException invalid-request when it does not say how far the
   *     action is
   */
  static Feedback feedback(@Nullable JsonNode body) {
    InputReader input = new InputReader();
    JsonNode status = body == null ? MissingNode.getInstance() : body.path("status");
    String execution = status.path("execution").asText();
    String finished = status.path("result").path("finished").asText("none");
    Optional<Feedback.Execution> how = Feedback.Execution.parse(execution);
    if (how.isEmpty()) {
      input.reject("status.execution", "must be " + executions());
    }
    Optional<Feedback.Finished> end = Feedback.Finished.parse(finished);
    if (end.isEmpty()) {
      input.reject("status.result.finished", "must be success, failure or none");
    }
    input.finish();
    return new Feedback(how.orElseThrow(), end.orElseThrow(), details(status.path("details")));
  }

  private static String executions() {
    return Arrays.stream(Feedback.Execution.values())
        .map(Feedback.Execution::code)
        .collect(Collectors.joining(", "));
  }

  /** A text or a list of texts; the first few, in which no address is left. */
  private static List<String> details(JsonNode given) {
    List<String> details = new ArrayList<>();
    if (given.isTextual()) {
      details.add(Reports.masked(given.asText()));
    }
    for (JsonNode detail : given) {
      if (details.size() == Feedback.MOST_DETAILS) {
        break;
      }
      if (detail.isValueNode()) {
        details.add(Reports.masked(detail.asText()));
      }
    }
    return details;
  }

  /** The facts among what a device says of itself; no other key is kept. */
  static Map<Fact, String> facts(@Nullable JsonNode body) {
    Map<Fact, String> facts = new EnumMap<>(Fact.class);
    JsonNode data = body == null ? null : body.path("data");
    if (data != null) {
      for (Fact fact : TakeConfigData.KNOWN) {
        JsonNode value = data.path(fact.code());
        if (value.isValueNode() && !value.isNull()) {
          facts.put(fact, value.asText());
        }
      }
    }
    return facts;
  }

  static TakeConfigData.Mode mode(@Nullable JsonNode body) {
    return TakeConfigData.Mode.of(body == null ? null : body.path("mode").asText());
  }

  /** The version of what a device says it has installed. */
  static Map<Fact, String> installed(@Nullable JsonNode body) {
    JsonNode version = body == null ? null : body.path("version");
    return version != null && version.isValueNode() && !version.isNull()
        ? Map.of(Fact.VERSION, version.asText())
        : Map.of();
  }
}
