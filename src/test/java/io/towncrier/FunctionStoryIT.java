package io.towncrier;

import io.restassured.RestAssured;
import io.towncrier.contract.AnswersFollowTheContract;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.QueueReader;
import io.towncrier.testing.Tokens;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * The story on the functions of the package, each in a process of its own: requests come through a
 * gateway, deliveries through queues, the database through a pooler.
 */
@Tag("zip")
class FunctionStoryIT extends Story {
  private static FunctionProcess api;
  private static FunctionProcess plan;
  private static FunctionProcess deliver;
  private static LoopbackGateway gateway;
  private static QueueReader toPlan;
  private static QueueReader toDeliver;

  @BeforeAll
  static void start() throws Exception {
    LoopbackCell cell = LoopbackCell.shared();
    api = cell.start(FunctionPackage.API);
    plan = cell.start(FunctionPackage.PLAN);
    deliver = cell.start(FunctionPackage.DELIVER);
    gateway = new LoopbackGateway(api);
    toPlan = new QueueReader(cell.sqs(), cell.planQueue(), 10, plan::result);
    toDeliver = new QueueReader(cell.sqs(), cell.deliverQueue(), 1, deliver::result);
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = gateway.port();
    AnswersFollowTheContract.install();
    Api.operatorsShow(() -> Tokens.operator("olga"));
  }

  @AfterAll
  static void stop() throws Exception {
    toPlan.close();
    toDeliver.close();
    gateway.close();
    deliver.close();
    plan.close();
    api.close();
  }

  /** The function takes one request at a time, so nothing else can be asked meanwhile. */
  @Override
  void staysUnanswered(CompletableFuture<?> optOut, Api.Registered phone) {
    Await.unanswered(optOut, () -> Await.aWhile(Duration.ofMillis(50)));
  }
}
