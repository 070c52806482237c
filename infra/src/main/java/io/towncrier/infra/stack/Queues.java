package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.alarms.CheckTopic;
import io.towncrier.infra.stack.data.Data;
import io.towncrier.infra.stack.data.Keys;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.CfnQueue;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * A queue a line of work, each with its own dead letters, which nothing else may put there; and the
 * bus for events.
 */
public final class Queues {
  // As long as SQS keeps a message.
  private static final Duration DEAD_ARE_KEPT = Duration.days(14);

  private final CellStack stack;
  private final Construct scope;
  private final Cell cell;
  private final Keys keys;
  private final Map<QueueKind, Queue> lines = new EnumMap<>(QueueKind.class);
  private final Map<String, Queue> dead = new LinkedHashMap<>();
  private final Optional<EventsOut> events;

  Queues(CellStack stack, Cell cell, Keys keys) {
    this.stack = stack;
    this.scope = new Construct(stack, "Queues");
    this.cell = cell;
    this.keys = keys;
    this.events = EventsOut.of(stack, cell);
    for (QueueKind line : QueueKind.values()) {
      lines.put(line, withDeadLetters(line));
    }
    dead.put("Schedule", queue("ScheduleDead", "schedule-dead").build());
    if (cell.checksByMqtt()) {
      // What AWS IoT writes there names the client: for a day, and no longer.
      dead.put(
          CheckTopic.DEAD,
          queue("CheckTopicDead", "check-topic-dead").retentionPeriod(Duration.days(1)).build());
    }
  }

  public Queue of(QueueKind line) {
    return Objects.requireNonNull(lines.get(line));
  }

  /** The bus for events; empty for a cell that tells nobody. */
  Optional<EventsOut> events() {
    return events;
  }

  /** Ticks that the scheduler could not even put into their queue. */
  public Queue scheduleDead() {
    return dead("Schedule");
  }

  public Queue dead(String of) {
    return Objects.requireNonNull(dead.get(of));
  }

  /** All dead letters, by the name of what they could not do. */
  public Map<String, Queue> dead() {
    return dead;
  }

  private Queue withDeadLetters(QueueKind line) {
    Queue letters =
        queue(Ids.of(line) + "Dead", line.named() + "-dead")
            .retentionPeriod(line.lettersKept())
            .build();
    dead.put(Ids.of(line), letters);
    String source = stack.arn("sqs", cell.named(line.named()));
    if (letters.getNode().getDefaultChild() instanceof CfnQueue resource) {
      // By the name, as the queue's own ARN would be a circle.
      resource.setRedriveAllowPolicy(
          Map.of("redrivePermission", "byQueue", "sourceQueueArns", List.of(source)));
    }
    return queue(Ids.of(line), line.named())
        .visibilityTimeout(line.hidden())
        .retentionPeriod(line.kept())
        .deadLetterQueue(
            DeadLetterQueue.builder().queue(letters).maxReceiveCount(line.tries()).build())
        .build();
  }

  private Queue.Builder queue(String id, String name) {
    return Queue.Builder.create(scope, id)
        .queueName(cell.named(name))
        .encryption(QueueEncryption.KMS)
        .encryptionMasterKey(keys.of(Data.QUEUES))
        .enforceSsl(true)
        .retentionPeriod(DEAD_ARE_KEPT)
        .removalPolicy(RemovalPolicy.DESTROY);
  }
}
