package io.towncrier.functions;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.delivery.sqs.WorkMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * A batch of SQS messages. Those that were not done are named in the result and come again, or end
 * in the dead-letter queue; the others do not (AWS Lambda Developer Guide, "Implementing partial
 * batch responses").
 */
final class SqsBatch {
  private static final Logger LOG = Logger.getLogger(SqsBatch.class);

  private SqsBatch() {}

  /**
   * Handles each message by itself.
   *
   * @param done told the body; whether the message is done with
   */
  static void handle(InputStream event, OutputStream result, Predicate<String> done)
      throws IOException {
    JsonNode records = Functions.json().readTree(event).path("Records");
    List<Failure> failures = new ArrayList<>();
    for (JsonNode message : records) {
      if (!isDone(message.path("body").asText(""), done)) {
        failures.add(new Failure(message.path("messageId").asText()));
      }
    }
    Functions.json().writeValue(result, Map.of("batchItemFailures", failures));
  }

  private static boolean isDone(String body, Predicate<String> done) {
    try {
      return asksForNothing(body) || done.test(body);
    } catch (RuntimeException failure) {
      LOG.warnf("a message is returned: %s", failure);
      Observed.error();
      return false;
    }
  }

  private static boolean asksForNothing(String body) {
    return WorkMessages.read(body).filter(WorkMessages::isNothingToDo).isPresent();
  }

  private record Failure(String itemIdentifier) {}
}
