package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Hands the messages of a queue to a function, as Lambda's event source mapping does: what the
 * result does not name as failed is deleted.
 */
public final class QueueReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LoopbackSqs sqs;
  private final String queue;
  private final int batch;
  private final Function<String, String> invoke;
  private final Thread thread;
  private volatile boolean stopped;

  /**
   * Begins at once.
   *
   * @param invoke from event to result; null when the invocation came to nothing
   */
  public QueueReader(LoopbackSqs sqs, String queue, int batch, Function<String, String> invoke) {
    this.sqs = sqs;
    this.queue = queue;
    this.batch = batch;
    this.invoke = invoke;
    this.thread = new Thread(this::read, "queue-reader");
    thread.setDaemon(true);
    thread.start();
  }

  /** The event of messages. */
  public static ObjectNode event(List<String> bodies) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode records = event.putArray("Records");
    for (int i = 0; i < bodies.size(); i++) {
      records
          .addObject()
          .put("messageId", "m" + i)
          .put("body", bodies.get(i))
          .put("eventSource", "aws:sqs");
    }
    return event;
  }

  private void read() {
    while (!stopped) {
      List<Message> messages =
          sqs.client()
              .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(batch).waitTimeSeconds(1))
              .messages();
      if (!messages.isEmpty()) {
        hand(messages);
      }
    }
  }

  private void hand(List<Message> messages) {
    String result = invoke.apply(event(messages.stream().map(Message::body).toList()).toString());
    Set<String> failed = failures(result);
    for (int i = 0; i < messages.size(); i++) {
      if (result != null && !failed.contains("m" + i)) {
        String receipt = messages.get(i).receiptHandle();
        sqs.client().deleteMessage(r -> r.queueUrl(queue).receiptHandle(receipt));
      }
    }
  }

  private static Set<String> failures(String result) {
    Set<String> failed = new HashSet<>();
    try {
      JsonNode items = JSON.readTree(result == null ? "{}" : result).path("batchItemFailures");
      items.forEach(item -> failed.add(item.path("itemIdentifier").asText()));
    } catch (java.io.IOException unreadable) {
      throw new AssertionError("no result of a batch: " + result, unreadable);
    }
    return failed;
  }

  @Override
  public void close() throws InterruptedException {
    stopped = true;
    thread.join(5_000);
  }
}
