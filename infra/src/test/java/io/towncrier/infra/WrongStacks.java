package io.towncrier.infra;

import static io.towncrier.infra.BareResources.add;
import static io.towncrier.infra.BareResources.distribution;
import static io.towncrier.infra.BareResources.feeding;
import static io.towncrier.infra.BareResources.function;
import static io.towncrier.infra.BareResources.policy;
import static io.towncrier.infra.BareResources.ref;
import static io.towncrier.infra.BareResources.role;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Stack;

/** For each rule, by its name, the mistake that it is there for. */
final class WrongStacks {
  static final Map<String, Consumer<Stack>> ALL = new LinkedHashMap<>();

  static {
    stored();
    sent();
    reached();
    placed();
    allowed();
    signedIn();
    kept();
    abroad();
    watched();
    ordered();
    deployed();
    released();
  }

  private WrongStacks() {}

  private static void stored() {
    ALL.put("encrypted-at-rest", stack -> add(stack, "Queue", "AWS::SQS::Queue", Map.of()));
    ALL.put("keys-turn-over", stack -> add(stack, "Key", "AWS::KMS::Key", Map.of()));
    ALL.put(
        "one-key-a-class-of-data",
        stack -> {
          add(stack, "Log", "AWS::Logs::LogGroup", Map.of("KmsKeyId", "one"));
          add(stack, "Secret", "AWS::SecretsManager::Secret", Map.of("KmsKeyId", "one"));
        });
  }

  private static void sent() {
    ALL.put(
        "tls-only-storage",
        stack -> {
          add(stack, "Bucket", "AWS::S3::Bucket", Map.of());
          policy(stack, "Deny", Map.of("Bool", Map.of("aws:SecureTransport", "true")));
        });
    ALL.put(
        "tls-only-database",
        stack -> {
          add(
              stack,
              "Parameters",
              "AWS::RDS::DBClusterParameterGroup",
              Map.of("Parameters", Map.of("rds.force_ssl", "0")));
          add(
              stack,
              "Cluster",
              "AWS::RDS::DBCluster",
              Map.of("DBClusterParameterGroupName", ref("Parameters")));
        });
    ALL.put(
        "tls-only-edge",
        stack ->
            distribution(
                stack,
                Map.of(
                    "ViewerCertificate", Map.of("MinimumProtocolVersion", "TLSv1.2_2021"),
                    "DefaultCacheBehavior", Map.of("ViewerProtocolPolicy", "allow-all"))));
  }

  private static void reached() {
    ALL.put(
        "no-public-bucket",
        stack -> {
          add(
              stack,
              "Bucket",
              "AWS::S3::Bucket",
              Map.of(
                  "PublicAccessBlockConfiguration",
                  Map.of(
                      "BlockPublicAcls", true,
                      "BlockPublicPolicy", true,
                      "IgnorePublicAcls", true,
                      "RestrictPublicBuckets", true)));
          policy(stack, "Allow", Map.of());
        });
    ALL.put(
        "nobody-enters-from-outside",
        stack ->
            add(
                stack,
                "Group",
                "AWS::EC2::SecurityGroup",
                Map.of(
                    "SecurityGroupIngress",
                    List.of(Map.of("CidrIp", "0.0.0.0/0", "IpProtocol", "tcp")))));
  }

  private static void placed() {
    ALL.put(
        "isolated-database",
        stack -> {
          add(stack, "Subnet", "AWS::EC2::Subnet", Map.of());
          add(stack, "Table", "AWS::EC2::RouteTable", Map.of());
          add(
              stack,
              "Association",
              "AWS::EC2::SubnetRouteTableAssociation",
              Map.of("SubnetId", ref("Subnet"), "RouteTableId", ref("Table")));
          add(stack, "Route", "AWS::EC2::Route", Map.of("RouteTableId", ref("Table")));
          add(
              stack,
              "Group",
              "AWS::RDS::DBSubnetGroup",
              Map.of("SubnetIds", List.of(ref("Subnet"))));
        });
    ALL.put(
        "artifacts-when-published",
        stack ->
            distribution(
                stack,
                Map.of(
                    "Origins",
                        List.of(
                            Map.of(
                                "Id", "store",
                                "OriginAccessControlId", "control",
                                "S3OriginConfig", Map.of("OriginAccessIdentity", ""))),
                    "CacheBehaviors", List.of(Map.of("TargetOriginId", "store")))));
  }

  private static void allowed() {
    ALL.put("no-wildcard-in-a-role", stack -> role(stack, "s3:GetObject", "*"));
    ALL.put(
        "one-role-a-function",
        stack -> {
          function(stack, "One", Map.of("Role", ref("Role")));
          function(stack, "Other", Map.of("Role", ref("Role")));
          role(stack, "s3:GetObject", "one");
        });
    ALL.put(
        "callers-are-named",
        stack -> {
          function(stack, "Function", Map.of());
          add(
              stack,
              "Permission",
              "AWS::Lambda::Permission",
              Map.of(
                  "Action", "lambda:InvokeFunction",
                  "FunctionName", ref("Function"),
                  "Principal", "iot.amazonaws.com",
                  "SourceArn", "rule"));
        });
    ALL.put(
        "no-secret-in-an-environment",
        stack ->
            function(
                stack,
                "Function",
                Map.of(
                    "Environment",
                    Map.of("Variables", Map.of("TOWNCRIER_MASTER_KEY", "bm90IGEgc2VjcmV0")))));
  }

  private static void signedIn() {
    ALL.put(
        "no-password-that-stays",
        stack ->
            add(
                stack,
                "Cluster",
                "AWS::RDS::DBCluster",
                Map.of(
                    "EnableIAMDatabaseAuthentication", true,
                    "MasterUsername", "admin",
                    "MasterUserPassword", "winter2026")));
  }

  private static void kept() {
    ALL.put(
        "logs-are-deleted",
        stack -> add(stack, "Log", "AWS::Logs::LogGroup", Map.of("RetentionInDays", 365)));
    ALL.put(
        "backups-within-the-promise",
        stack ->
            add(
                stack,
                "Plan",
                "AWS::Backup::BackupPlan",
                Map.of(
                    "BackupPlan",
                    Map.of(
                        "BackupPlanRule",
                        List.of(Map.of("Lifecycle", Map.of("DeleteAfterDays", 365)))))));
    ALL.put(
        "data-outlives-the-stack",
        stack -> add(stack, "Cluster", "AWS::RDS::DBCluster", Map.of("DeletionProtection", true)));
  }

  private static void abroad() {
    ALL.put(
        "no-partition-by-name",
        stack -> role(stack, "s3:GetObject", "arn" + ":aws:s3:::bucket/object"));
    ALL.put(
        "no-copy-elsewhere",
        stack ->
            add(
                stack,
                "Bucket",
                "AWS::S3::Bucket",
                Map.of("ReplicationConfiguration", Map.of("Role", "role"))));
    ALL.put(
        "no-other-region",
        stack ->
            function(
                stack,
                "Function",
                Map.of(
                    "Environment",
                    Map.of("Variables", Map.of("QUEUE", "https://sqs.us-west-2.example.com")))));
    ALL.put(
        "china-has-nothing-abroad",
        stack ->
            function(
                stack,
                "Function",
                Map.of(
                    "Environment",
                    Map.of("Variables", Map.of("STORE", "https://s3.amazonaws.com/bucket")))));
    ALL.put(
        "china-has-what-it-uses",
        stack -> add(stack, "Url", "AWS::Lambda::Url", Map.of("AuthType", "AWS_IAM")));
  }

  private static void watched() {
    ALL.put(
        "work-ends-in-dead-letters",
        stack -> {
          add(stack, "Queue", "AWS::SQS::Queue", Map.of());
          feeding(stack);
        });
    ALL.put("queues-are-watched", stack -> add(stack, "Queue", "AWS::SQS::Queue", Map.of()));
    ALL.put(
        "hidden-as-long-as-worked-on",
        stack -> {
          add(stack, "Queue", "AWS::SQS::Queue", Map.of("VisibilityTimeout", 60));
          function(stack, "Function", Map.of("Timeout", 120));
          feeding(stack);
        });
    ALL.put(
        "alarms-are-heard",
        stack -> add(stack, "Alarm", "AWS::CloudWatch::Alarm", Map.of("Threshold", 1)));
    ALL.put(
        "canary-rolls-back",
        stack -> {
          function(stack, "Function", Map.of());
          add(
              stack,
              "Alias",
              "AWS::Lambda::Alias",
              Map.of("FunctionName", ref("Function"), "Name", "live"));
        });
  }

  private static void ordered() {
    ALL.put(
        "no-circle",
        stack -> {
          add(stack, "One", "AWS::EC2::VPC", Map.of("CidrBlock", ref("Other")));
          add(stack, "Other", "AWS::EC2::VPC", Map.of("CidrBlock", ref("One")));
        });
  }

  private static void deployed() {
    ALL.put(
        "open-or-closed-as-a-whole",
        stack -> {
          add(stack, "Queue", "AWS::SQS::Queue", Map.of());
          function(stack, "Function", Map.of());
          feeding(stack);
          add(stack, "Tick", "AWS::Scheduler::Schedule", Map.of("State", "DISABLED"));
        });
    ALL.put(
        "a-failed-create-leaves-nothing",
        stack -> {
          CfnResource cluster =
              CfnResource.Builder.create(stack, "Cluster").type("AWS::RDS::DBCluster").build();
          cluster.applyRemovalPolicy(RemovalPolicy.RETAIN);
        });
    ALL.put(
        "keys-come-from-people",
        stack -> {
          add(
              stack,
              "Secret",
              "AWS::SecretsManager::Secret",
              Map.of("GenerateSecretString", Map.of("PasswordLength", 64)));
          function(
              stack,
              "Function",
              Map.of(
                  "Environment",
                  Map.of(
                      "Variables",
                      Map.of(
                          "TOWNCRIER_MASTER_KEY",
                          Map.of(
                              "Fn::Join",
                              List.of("", List.of("secretsmanager:", ref("Secret"))))))));
        });
  }

  private static void released() {
    ALL.put(
        "a-canary-calls-what-it-judges",
        stack -> {
          function(stack, "Function", Map.of());
          add(stack, "Version", "AWS::Lambda::Version", Map.of("FunctionName", ref("Function")));
          add(
              stack,
              "Alias",
              "AWS::Lambda::Alias",
              Map.of(
                  "FunctionName", ref("Function"),
                  "FunctionVersion", Map.of("Fn::GetAtt", List.of("Version", "Version")),
                  "Name", "live"));
        });
    ALL.put(
        "a-canary-is-stopped-in-time",
        stack -> {
          add(stack, "Alarm", "AWS::CloudWatch::Alarm", Map.of("Threshold", 1, "Period", 300));
          add(
              stack,
              "Group",
              "AWS::CodeDeploy::DeploymentGroup",
              Map.of(
                  "AlarmConfiguration", Map.of("Alarms", List.of(Map.of("Name", ref("Alarm"))))));
        });
  }
}
