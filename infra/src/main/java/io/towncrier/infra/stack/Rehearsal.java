package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/**
 * Calls a new version before it gets traffic, once for each function. A canary judges what it
 * calls: of five ticks a tenth is none in more than half of the deployments, and a notice to plan
 * or to deliver there is seldom in a quarter of an hour.
 */
final class Rehearsal {
  private static final String CODE = "rehearsal.js";
  private static final int MEGABYTES = 256;

  /** For its own tries, each of which waits six seconds for a right to arrive. */
  private static final int SECONDS_BESIDE = 90;

  private final CellStack stack;
  private final Construct scope;
  private final Cell cell;
  private final Functions functions;
  private final Logs logs;
  private final String code = code();

  Rehearsal(CellStack stack, Cell cell, Functions functions, Logs logs) {
    this.stack = stack;
    this.scope = new Construct(stack, "Rehearsal");
    this.cell = cell;
    this.functions = functions;
    this.logs = logs;
  }

  /**
   * The function that CodeDeploy calls.
   *
   * @param group the name of the deployment group, which it tells how it went
   */
  Function of(Work work, String group) {
    LogGroup log = logs.group("Rehearse" + Ids.of(work));
    String version = functions.of(work).getCurrentVersion().getFunctionArn();
    return Function.Builder.create(scope, Ids.of(work))
        .description("Towncrier " + cell.name() + ": calls a new version of " + work.named())
        .runtime(Runtime.NODEJS_24_X)
        .architecture(Functions.architecture(cell))
        .code(Code.fromInline(code))
        .handler("index.handler")
        .memorySize(MEGABYTES)
        .timeout(Duration.seconds(work.seconds() + SECONDS_BESIDE))
        .environment(Map.of("VERSION", version, "EVENT", event(work)))
        // Else the CDK adds rights that name the group, which waits for this.
        .role(role(work, version, group, log).withoutPolicyUpdates())
        .logGroup(log)
        .build();
  }

  /**
   * What each is called with: nothing that anybody would notice, but a tick is a tick. A closed
   * cell may have no schema yet, and no secrets: there the tick is only started.
   */
  private String event(Work work) {
    return switch (work) {
      case API ->
          "{\"version\":\"2.0\",\"routeKey\":\"$default\",\"rawPath\":\"/v1/about\","
              + "\"rawQueryString\":\"\",\"headers\":{\"host\":\"rehearsal\"},"
              + "\"requestContext\":{\"stage\":\"$default\",\"requestId\":\"rehearsal\","
              + "\"http\":{\"method\":\"GET\",\"path\":\"/v1/about\",\"protocol\":\"HTTP/1.1\","
              + "\"sourceIp\":\"192.0.2.1\"}},\"isBase64Encoded\":false}";
      case PLAN, DELIVER ->
          "{\"Records\":[{\"messageId\":\"rehearsal\",\"body\":\""
              + Awake.NOTHING_TO_DO.replace("\"", "\\\"")
              + "\"}]}";
      case TICK -> cell.open() ? "{}" : Awake.NOTHING_TO_DO;
      case CHECK, MIGRATE -> "{}";
    };
  }

  private Role role(Work work, String version, String group, LogGroup log) {
    String telling =
        stack.arn("codedeploy", "deploymentgroup:" + Canary.application(cell) + "/" + group);
    PolicyDocument calling =
        PolicyDocument.Builder.create()
            .statements(
                List.of(
                    Allow.to("lambda:InvokeFunction").on(version),
                    Allow.to("codedeploy:PutLifecycleEventHookExecutionStatus").on(telling),
                    Allow.to("logs:CreateLogStream", "logs:PutLogEvents").on(log.getLogGroupArn())))
            .build();
    return Role.Builder.create(scope, Ids.of(work) + "Role")
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .inlinePolicies(Map.of("call", calling))
        .build();
  }

  private static String code() {
    try (InputStream source =
        Objects.requireNonNull(Rehearsal.class.getResourceAsStream(CODE), CODE)) {
      return new String(source.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
