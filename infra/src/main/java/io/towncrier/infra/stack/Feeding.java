package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.constructs.Construct;

/** Which queue calls which function. One failed message of a batch does not bring back the rest. */
final class Feeding {
  private static final int BATCH = 10;

  private final Construct scope;
  private final Cell cell;
  private final Functions functions;
  private final Queues queues;

  private Feeding(CellStack stack, Cell cell, Functions functions, Queues queues) {
    this.scope = new Construct(stack, "Feeding");
    this.cell = cell;
    this.functions = functions;
    this.queues = queues;
  }

  static void of(CellStack stack, Cell cell, Functions functions, Queues queues) {
    Feeding feeding = new Feeding(stack, cell, functions, queues);
    feeding.from(QueueKind.PLAN, Work.PLAN, BATCH).build();
    feeding
        .from(QueueKind.DELIVER, Work.DELIVER, 1)
        .maxConcurrency(cell.pace().deliverConcurrency())
        .build();
    feeding.from(QueueKind.TICK, Work.TICK, 1).maxConcurrency(Functions.TICKS_AT_ONCE).build();
  }

  private EventSourceMapping.Builder from(QueueKind line, Work work, int batch) {
    return EventSourceMapping.Builder.create(scope, Ids.of(line))
        .eventSourceArn(queues.of(line).getQueueArn())
        .target(functions.live(work))
        .batchSize(batch)
        .enabled(cell.open())
        .reportBatchItemFailures(true);
  }
}
