package io.towncrier.delivery.sqs;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sharding.Shard;
import io.towncrier.delivery.sharding.WorkQueues;
import io.towncrier.platform.Offload;
import io.towncrier.platform.aws.AwsClients;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Puts work into SQS, ten messages a request (Amazon SQS API, SendMessageBatch). */
@ApplicationScoped
class SqsQueues implements WorkQueues {
  private static final int MOST_IN_BATCH = 10;

  private final AwsClients aws;
  private final QueuesConfig config;

  SqsQueues(AwsClients aws, QueuesConfig config) {
    this.aws = aws;
    this.config = config;
  }

  @Override
  public boolean areUsed() {
    return config.plan().isPresent();
  }

  @Override
  public Uni<Void> toPlan(List<String> notices) {
    return send(config.plan(), notices.stream().map(WorkMessages::plan).toList());
  }

  @Override
  public Uni<Void> toDeliver(List<Shard> shards) {
    return send(config.deliver(), shards.stream().map(WorkMessages::deliver).toList());
  }

  private Uni<Void> send(Optional<String> queue, List<String> bodies) {
    if (bodies.isEmpty() || queue.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Offload.run(
            () -> {
              for (int from = 0; from < bodies.size(); from += MOST_IN_BATCH) {
                int to = Math.min(bodies.size(), from + MOST_IN_BATCH);
                sendBatch(queue.get(), bodies.subList(from, to));
              }
              return bodies.size();
            })
        .replaceWithVoid();
  }

  private void sendBatch(String queue, List<String> bodies) {
    List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
    for (String body : bodies) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(entries.size()))
              .messageBody(body)
              .build());
    }
    SendMessageBatchResponse answer =
        aws.sqs().sendMessageBatch(r -> r.queueUrl(queue).entries(entries));
    if (!answer.failed().isEmpty()) {
      throw new IllegalStateException(
          answer.failed().size() + " messages were not taken: " + answer.failed().get(0).code());
    }
  }
}
