package io.towncrier.infra.stack.data;

import io.towncrier.infra.cell.Cell;
import io.towncrier.infra.cell.DatabaseSettings;
import io.towncrier.infra.stack.CellStack;
import io.towncrier.infra.stack.Logs;
import io.towncrier.infra.stack.Stacks;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.rds.CfnDBCluster;
import software.amazon.awscdk.services.rds.CfnDBClusterParameterGroup;
import software.amazon.awscdk.services.rds.CfnDBInstance;
import software.amazon.awscdk.services.rds.CfnDBSubnetGroup;
import software.constructs.Construct;

/** Aurora PostgreSQL Serverless v2, in subnets that nothing leaves and nobody else enters. */
public final class Database {
  public static final String NAME = "towncrier";
  private static final String ENGINE = "aurora-postgresql";
  // Aurora User Guide, Serverless v2: with fewer units Performance Insights takes from the work.
  private static final double INSIGHTS_FROM = 2;

  private final Construct scope;
  private final CfnDBCluster cluster;

  public Database(CellStack stack, Cell cell, Keys keys, Network network, Logs logs) {
    this.scope = new Construct(stack, "Database");
    // Its name is ours as the group of its logs follows from it; and a change that would replace
    // the cluster fails, as the name is taken.
    String name = cell.named("database");
    LogGroup log = logs.group("Database", "/aws/rds/cluster/" + name + "/postgresql");
    this.cluster = cluster(name, cell.database(), keys, network);
    cluster.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    cluster.getNode().addDependency(log);
    for (int each = 1; each <= cell.database().instances(); each++) {
      instance(name + "-" + each, each, cell.database(), keys);
    }
    Stacks.output(scope, "DatabaseEndpoint", cluster.getAttrEndpointAddress());
    Stacks.output(scope, "DatabaseAdminSecret", cluster.getAttrMasterUserSecretSecretArn());
  }

  public String identifier() {
    return cluster.getRef();
  }

  String resourceId() {
    return cluster.getAttrDbClusterResourceId();
  }

  /** What a proxy must wait for: it takes a cluster as target only once it has an instance. */
  Construct all() {
    return scope;
  }

  private CfnDBCluster cluster(String name, DatabaseSettings settings, Keys keys, Network network) {
    return CfnDBCluster.Builder.create(scope, "Cluster")
        .dbClusterIdentifier(name)
        .engine(ENGINE)
        .engineVersion(settings.engine())
        .databaseName(NAME)
        .serverlessV2ScalingConfiguration(
            CfnDBCluster.ServerlessV2ScalingConfigurationProperty.builder()
                .minCapacity(settings.minCapacity())
                .maxCapacity(settings.maxCapacity())
                .build())
        .dbSubnetGroupName(subnets(network).getRef())
        .vpcSecurityGroupIds(List.of(network.ofDatabase().getSecurityGroupId()))
        .dbClusterParameterGroupName(parameters(settings).getRef())
        .masterUsername("towncrier_admin")
        .manageMasterUserPassword(true)
        .masterUserSecret(
            CfnDBCluster.MasterUserSecretProperty.builder()
                .kmsKeyId(keys.arn(Data.SECRETS))
                .build())
        .enableIamDatabaseAuthentication(true)
        .storageEncrypted(true)
        .kmsKeyId(keys.arn(Data.PERSONAL))
        .backupRetentionPeriod(settings.backupDays())
        .deleteAutomatedBackups(true)
        .copyTagsToSnapshot(true)
        .deletionProtection(true)
        .enableCloudwatchLogsExports(List.of("postgresql"))
        .build();
  }

  private CfnDBSubnetGroup subnets(Network network) {
    return CfnDBSubnetGroup.Builder.create(scope, "Subnets")
        .dbSubnetGroupDescription("Subnets that nothing leaves")
        .subnetIds(network.insideIds())
        .build();
  }

  // Values of parameters are never logged: they are personal data.
  private CfnDBClusterParameterGroup parameters(DatabaseSettings settings) {
    String major = settings.engine().substring(0, settings.engine().indexOf('.'));
    return CfnDBClusterParameterGroup.Builder.create(scope, "Parameters")
        .family(ENGINE + major)
        .description("TLS only, and no personal data in logs")
        .parameters(
            Map.of(
                "rds.force_ssl", "1",
                "log_statement", "ddl",
                "log_parameter_max_length", "0",
                "log_parameter_max_length_on_error", "0",
                "log_error_verbosity", "terse"))
        .build();
  }

  // By a name of ours too: those of a restored cluster take it over (docs/runbook.md, Restore).
  private void instance(String name, int number, DatabaseSettings settings, Keys keys) {
    CfnDBInstance.Builder instance =
        CfnDBInstance.Builder.create(scope, "Instance" + number)
            .dbInstanceIdentifier(name)
            .dbClusterIdentifier(cluster.getRef())
            .dbInstanceClass("db.serverless")
            .engine(ENGINE)
            .publiclyAccessible(false)
            .autoMinorVersionUpgrade(true)
            .promotionTier(number - 1);
    if (settings.minCapacity() >= INSIGHTS_FROM) {
      instance
          .enablePerformanceInsights(true)
          .performanceInsightsKmsKeyId(keys.arn(Data.PERSONAL))
          .performanceInsightsRetentionPeriod(7);
    }
    instance.build().applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  }
}
