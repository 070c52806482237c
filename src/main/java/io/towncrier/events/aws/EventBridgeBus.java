package io.towncrier.events.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.towncrier.events.Endpoint;
import io.towncrier.events.Event;
import io.towncrier.events.EventBus;
import io.towncrier.events.EventSender.Outcome;
import io.towncrier.platform.Offload;
import io.towncrier.platform.aws.SignedJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Puts events on a bus of EventBridge (Amazon EventBridge API Reference, "PutEvents"). Of one
 * request some entries may be taken and others not: each has its own outcome. EventBridge gives
 * each entry an id of its own every time; ours is in the detail, and is the same in every attempt.
 */
@ApplicationScoped
class EventBridgeBus implements EventBus {
  private static final Logger LOG = Logger.getLogger(EventBridgeBus.class);
  private static final String SOURCE = "io.towncrier";
  private static final int MOST_ENTRIES = 10;
  // Amazon EventBridge User Guide, "Calculating PutEvents event entry size".
  private static final int MOST_BYTES = 256 * 1024;
  private static final int BYTES_OF_TIME = 14;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Duration WAIT = Duration.ofMinutes(1);
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9.]{1,64}");
  private static final Set<String> THROTTLED =
      Set.of("ThrottlingException", "Throttling", "ThrottledException", "TooManyRequestsException");

  private final SignedJson aws;
  private final ObjectMapper json;

  EventBridgeBus(SignedJson aws, ObjectMapper json) {
    this.aws = aws;
    this.json = json;
  }

  @Override
  public Uni<Answer> put(Endpoint.Bus bus, List<Event> events) {
    return Offload.run(() -> putAll(bus, events));
  }

  private Answer putAll(Endpoint.Bus bus, List<Event> events) {
    Map<String, Outcome> outcomes = new HashMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Event event : events) {
      Entry entry = entry(bus, event);
      if (entry.bytes() > MOST_BYTES) {
        outcomes.put(event.id(), failed("too-large"));
      } else {
        entries.add(entry);
      }
    }
    for (List<Entry> request : requests(entries)) {
      if (!ask(request, outcomes)) {
        return new Answer(outcomes, false);
      }
    }
    return new Answer(outcomes, true);
  }

  /** As many together as one request may hold. */
  private static List<List<Entry>> requests(List<Entry> entries) {
    List<List<Entry>> requests = new ArrayList<>();
    List<Entry> request = new ArrayList<>();
    int bytes = 0;
    for (Entry entry : entries) {
      if (request.size() == MOST_ENTRIES || bytes + entry.bytes() > MOST_BYTES) {
        requests.add(request);
        request = new ArrayList<>();
        bytes = 0;
      }
      request.add(entry);
      bytes += entry.bytes();
    }
    if (!request.isEmpty()) {
      requests.add(request);
    }
    return requests;
  }

  /** Whether the bus takes more. */
  private boolean ask(List<Entry> request, Map<String, Outcome> outcomes) {
    try {
      SignedJson.Answer answer =
          aws.callOnce(
              SignedJson.EVENTS,
              "AWSEvents.PutEvents",
              Map.of("Entries", request.stream().map(Entry::members).toList()));
      return answer.isOk()
          ? each(request, answer.body().path("Entries"), outcomes)
          : none(request, refused(answer), outcomes);
    } catch (IOException | RuntimeException lost) {
      // They may have arrived; they are sent again with the same ids.
      LOG.infof("the bus of events did not answer: %s", lost);
      return none(request, failed("not-reached"), outcomes);
    }
  }

  /** The answer has an entry for each one of the request, in the same order. */
  private static boolean each(
      List<Entry> request, JsonNode answers, Map<String, Outcome> outcomes) {
    boolean goesOn = true;
    for (int i = 0; i < request.size(); i++) {
      JsonNode answer = answers.path(i);
      String code = answer.path("ErrorCode").asText("");
      boolean taken = code.isEmpty() && answer.path("EventId").isTextual();
      outcomes.put(request.get(i).id(), taken ? new Outcome.Taken() : failedWith(code));
      goesOn &= !THROTTLED.contains(code);
    }
    return goesOn;
  }

  private static boolean none(List<Entry> request, Outcome why, Map<String, Outcome> outcomes) {
    request.forEach(entry -> outcomes.put(entry.id(), why));
    return false;
  }

  private static Outcome refused(SignedJson.Answer answer) {
    String code = answer.failure();
    return answer.status() == TOO_MANY_REQUESTS
        ? throttled(CODE.matcher(code).matches() ? code : Integer.toString(TOO_MANY_REQUESTS))
        : failedWith(CODE.matcher(code).matches() ? code : Integer.toString(answer.status()));
  }

  private static Outcome failedWith(String code) {
    if (THROTTLED.contains(code)) {
      return throttled(code);
    }
    return failed(CODE.matcher(code).matches() ? "answered-" + code : "answer-not-readable");
  }

  private static Outcome throttled(String code) {
    return new Outcome.Failed("answered-" + code, Optional.of(WAIT));
  }

  private static Outcome failed(String reason) {
    return new Outcome.Failed(reason, Optional.empty());
  }

  private Entry entry(Endpoint.Bus bus, Event event) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("id", event.id());
    detail.putAll(event.told());
    String written = written(detail);
    int bytes = bytes(SOURCE) + bytes(event.topic()) + bytes(written) + BYTES_OF_TIME;
    return new Entry(
        event.id(),
        Map.of(
            "EventBusName", bus.bus(),
            "Source", SOURCE,
            "DetailType", event.topic(),
            "Time", event.at().getEpochSecond(),
            "Detail", written),
        bytes);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private String written(Map<String, Object> detail) {
    try {
      return json.writeValueAsString(detail);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /**
   * An entry of a request.
   *
   * @param id of the event
   * @param bytes as EventBridge counts them
   */
  private record Entry(String id, Map<String, Object> members, int bytes) {}
}
