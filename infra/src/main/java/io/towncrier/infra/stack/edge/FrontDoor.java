package io.towncrier.infra.stack.edge;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Functions;
import io.towncrier.infra.stack.Logs;
import io.towncrier.infra.stack.Stacks;
import io.towncrier.infra.stack.Work;
import java.util.List;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.apigatewayv2.CfnApi;
import software.amazon.awscdk.services.apigatewayv2.CfnIntegration;
import software.amazon.awscdk.services.apigatewayv2.CfnRoute;
import software.amazon.awscdk.services.apigatewayv2.CfnStage;
import software.amazon.awscdk.services.lambda.Alias;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The HTTP API: every route goes to the alias of the API's function, which signs in by itself. */
public final class FrontDoor {
  private static final int LONGEST_MILLIS = 29_500;

  // No address, no path: neither who asked nor what for.
  private static final String LINE =
      "{\"id\":\"$context.requestId\",\"time\":\"$context.requestTimeEpoch\","
          + "\"method\":\"$context.httpMethod\",\"status\":\"$context.status\","
          + "\"millis\":\"$context.responseLatency\",\"error\":\"$context.integration.error\"}";

  private final CellStack stack;
  private final CfnApi api;

  public FrontDoor(CellStack stack, Cell cell, Functions functions, Logs logs) {
    this.stack = stack;
    Construct scope = new Construct(stack, "FrontDoor");
    this.api =
        CfnApi.Builder.create(scope, "Api").name(cell.named("api")).protocolType("HTTP").build();
    Alias function = functions.live(Work.API);
    CfnIntegration integration =
        CfnIntegration.Builder.create(scope, "Integration")
            .apiId(api.getRef())
            .integrationType("AWS_PROXY")
            .integrationUri(function.getFunctionArn())
            .payloadFormatVersion("2.0")
            .timeoutInMillis(LONGEST_MILLIS)
            .build();
    CfnRoute.Builder.create(scope, "Route")
        .apiId(api.getRef())
        .routeKey("$default")
        .authorizationType("NONE")
        .target(Fn.join("/", List.of("integrations", integration.getRef())))
        .build();
    stage(scope, cell, logs.group("Door"));
    CfnPermission.Builder.create(scope, "Permission")
        .action("lambda:InvokeFunction")
        .functionName(function.getFunctionArn())
        .principal("apigateway.amazonaws.com")
        .sourceArn(stack.arn("execute-api", api.getRef() + "/*/$default"))
        .build();
    Stacks.output(scope, "ApiUrl", "https://" + host());
  }

  public String id() {
    return api.getRef();
  }

  String host() {
    return api.getRef() + "." + stack.endpoint("execute-api");
  }

  private void stage(Construct scope, Cell cell, LogGroup log) {
    CfnStage.Builder.create(scope, "Stage")
        .apiId(api.getRef())
        .stageName("$default")
        .autoDeploy(true)
        .accessLogSettings(
            CfnStage.AccessLogSettingsProperty.builder()
                .destinationArn(stack.arn("logs", "log-group:" + log.getLogGroupName()))
                .format(LINE)
                .build())
        .defaultRouteSettings(
            CfnStage.RouteSettingsProperty.builder()
                .detailedMetricsEnabled(true)
                .throttlingRateLimit(cell.pace().requestsPerSecond())
                .throttlingBurstLimit(cell.pace().burst())
                .build())
        .build();
  }
}
