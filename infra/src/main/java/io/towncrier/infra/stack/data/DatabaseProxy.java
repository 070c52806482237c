package io.towncrier.infra.stack.data;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.stack.Allow;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Logs;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.rds.CfnDBProxy;
import software.amazon.awscdk.services.rds.CfnDBProxyTargetGroup;
import software.constructs.Construct;

/**
 * Shares few connections among many functions. Both ways to it and from it are by IAM tokens and
 * TLS: the users of the application have no password that could leak or had to be turned over.
 */
public final class DatabaseProxy {
  public static final String USER = "towncrier";
  public static final String OWNER = "towncrier_owner";

  /** Reads what a claim needs, column by column: no identifier, no secret, no subject. */
  public static final String SENDER = "towncrier_sender";

  private static final int IDLE_SECONDS = 1800;

  private final CellStack stack;
  private final CfnDBProxy proxy;

  public DatabaseProxy(CellStack stack, Cell cell, Database database, Network network, Logs logs) {
    this.stack = stack;
    Construct scope = new Construct(stack, "Proxy");
    // Else the proxy makes a group of that name itself, which keeps everything for ever.
    LogGroup log = logs.group("Proxy", "/aws/rds/proxy/" + cell.named("proxy"));
    this.proxy =
        CfnDBProxy.Builder.create(scope, "Proxy")
            .dbProxyName(cell.named("proxy"))
            .engineFamily("POSTGRESQL")
            .defaultAuthScheme("IAM_AUTH")
            .requireTls(true)
            .debugLogging(false)
            .idleClientTimeout(IDLE_SECONDS)
            .roleArn(role(scope, connects(cell, database)).getRoleArn())
            .vpcSubnetIds(network.insideIds())
            .vpcSecurityGroupIds(List.of(network.ofProxy().getSecurityGroupId()))
            .build();
    proxy.getNode().addDependency(log);
    CfnDBProxyTargetGroup target =
        CfnDBProxyTargetGroup.Builder.create(scope, "Target")
            .dbProxyName(proxy.getRef())
            .targetGroupName("default")
            .dbClusterIdentifiers(List.of(database.identifier()))
            .connectionPoolConfigurationInfo(
                CfnDBProxyTargetGroup.ConnectionPoolConfigurationInfoFormatProperty.builder()
                    .maxConnectionsPercent(90)
                    .maxIdleConnectionsPercent(10)
                    .connectionBorrowTimeout(10)
                    .build())
            .build();
    target.getNode().addDependency(database.all());
  }

  public String endpoint() {
    return proxy.getAttrEndpoint();
  }

  /** What a role may connect as. */
  public String user(String name) {
    // arn:partition:rds:region:account:db-proxy:prx-0123
    String id = Fn.select(6, Fn.split(":", proxy.getAttrDbProxyArn()));
    return stack.arn("rds-db", "dbuser:" + id + "/" + name);
  }

  // A cluster that was restored has an id of its own, whatever it is renamed to.
  private List<String> connects(Cell cell, Database database) {
    return Stream.concat(Stream.of(database.resourceId()), cell.database().restored().stream())
        .flatMap(id -> Stream.of(USER, OWNER, SENDER).map(user -> "dbuser:" + id + "/" + user))
        .map(user -> stack.arn("rds-db", user))
        .toList();
  }

  private static Role role(Construct scope, List<String> users) {
    PolicyDocument connecting =
        PolicyDocument.Builder.create()
            .statements(List.of(Allow.to("rds-db:connect").on(users)))
            .build();
    return Role.Builder.create(scope, "Role")
        .assumedBy(new ServicePrincipal("rds.amazonaws.com"))
        .inlinePolicies(Map.of("connect", connecting))
        .build();
  }
}
