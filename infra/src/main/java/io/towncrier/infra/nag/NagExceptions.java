package io.towncrier.infra.nag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Acknowledgment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.Validations;
import software.constructs.IConstruct;

/** Where we do not follow the checkers. A test fails for each that nothing needs any more. */
public final class NagExceptions {
  public static final List<NagException> ALL = all();

  private NagExceptions() {}

  /** Makes the checkers accept what is excepted here, where the stack has it. */
  public static void acknowledge(Stack stack) {
    for (NagException exception : ALL) {
      IConstruct construct = find(stack, exception.path());
      if (construct != null && exception.rule().contains("<AWS::")) {
        acknowledgeByMetadata(construct, exception);
      } else if (construct != null) {
        Validations.of(construct)
            .acknowledge(
                Acknowledgment.builder().id(exception.rule()).reason(exception.reason()).build());
      }
    }
  }

  // The CDK takes no id with a pseudo parameter, as its colons stand for something else to it; what
  // it would write down is what the checker reads.
  private static void acknowledgeByMetadata(IConstruct construct, NagException exception) {
    construct
        .getNode()
        .addMetadata(
            Validations.ACKNOWLEDGED_RULES_METADATA_KEY,
            Map.of("Annotation::" + exception.rule(), exception.reason()));
  }

  private static @Nullable IConstruct find(Stack stack, String path) {
    IConstruct at = stack;
    for (String id : path.split("/", -1)) {
      at = at.getNode().tryFindChild(id);
      if (at == null) {
        return null;
      }
    }
    return at;
  }

  private static List<NagException> all() {
    List<NagException> all = new ArrayList<>();
    for (String in : List.of("Api", "Plan", "Deliver", "Tick", "Migrate")) {
      add(
          all,
          "AwsSolutions-IAM5[Resource::*]",
          "Roles/" + in,
          "EC2's actions on network interfaces take no resource, and Lambda needs them to put a"
              + " function into a network. Nothing else is allowed on everything.");
    }
    objects(all);
    for (String in : List.of("Api", "Check", "Plan", "Deliver", "Tick", "Migrate")) {
      add(
          all,
          "AwsSolutions-L1",
          "Functions/" + in,
          "The package is tested on Java 17 and 25, between which Lambda's 21 is; a newer one is"
              + " taken when it has been tried with SnapStart.");
    }
    for (String in :
        List.of(
            "MasterKey",
            "SnapshotSigningKey",
            "FcmCredentials",
            "GetuiCredentials",
            "ConsoleClient")) {
      add(
          all,
          "AwsSolutions-SMG4",
          "Secrets/" + in,
          "Only who made it can make another one: Google, Getui, the OIDC provider, or us, who"
              + " have to encrypt or sign anew what the old one did. The README tells how. The"
              + " database's admin is rotated.");
    }
    database(all);
    checkTopic(all);
    edge(all);
    return List.copyOf(all);
  }

  private static void objects(List<NagException> all) {
    for (String in : List.of("Api", "Tick")) {
      add(
          all,
          "AwsSolutions-IAM5[Resource::<BucketsArtifactsB9EE6400.Arn>/artifacts/*]",
          "Roles/" + in,
          "Keys of artifacts begin with the SHA-256 of their bytes: they cannot be named one by"
              + " one. Nothing but artifacts is below that prefix.");
      add(
          all,
          "AwsSolutions-IAM5[Resource::<BucketsCatalogueCB8D1D3A.Arn>/installation/erased/*]",
          "Roles/" + in,
          "What the ledger of erasures notes is named by hashes: they cannot be named one by one."
              + " It may be written alone.");
    }
  }

  private static void database(List<NagException> all) {
    add(
        all,
        "AwsSolutions-RDS11",
        "Database/Cluster",
        "Another port would hide nothing: the database is in subnets that nobody enters, and takes"
            + " connections of its proxy alone.");
    add(
        all,
        "AwsSolutions-SQS3",
        "Queues/ScheduleDead",
        "It holds dead letters itself, those of the schedule, which the checker does not look at.");
    add(
        all,
        "CloudFormation-Validate::W3010",
        "Network/Vpc",
        "Zones are settings of a cell, so that a template can be made, and reviewed, without"
            + " asking an account.");
  }

  private static void checkTopic(List<NagException> all) {
    add(
        all,
        "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:iot:<AWS::Region>:<AWS::AccountId>"
            + ":topic/towncrier/answer/*]",
        "CheckTopic/Role",
        "Each device is answered at a topic of its own, which are as many as there are devices."
            + " Nothing but answers to checks is published below that prefix.");
    add(
        all,
        "AwsSolutions-SQS3",
        "Queues/CheckTopicDead",
        "It holds dead letters itself, those of a topic rule, which the checker does not look"
            + " at.");
  }

  private static void edge(List<NagException> all) {
    add(
        all,
        "AwsSolutions-APIG4",
        "FrontDoor/Route",
        "The update check is anonymous, and the application verifies tokens itself: it has"
            + " several kinds, of which API Gateway knows one.");
    add(
        all,
        "AwsSolutions-SMG4",
        "Secrets/Edge",
        "Who has it may lie about an address when registering, and nothing else. CloudFront takes"
            + " another one with a deployment only.");
    String distribution = "Edge/Distribution";
    add(
        all,
        "AwsSolutions-CFR1",
        distribution,
        "A router on a journey still needs its firmware: no country is shut out.");
    add(
        all,
        "AwsSolutions-CFR2",
        distribution,
        "Elsewhere there is a firewall. CloudFront in China has none; the API's own limits hold.");
    add(
        all,
        "AwsSolutions-CFR3",
        distribution,
        "An access log would be a list of home addresses and what they asked, which the service"
            + " promises not to keep. Metrics are enough to operate it.");
    add(
        all,
        "AwsSolutions-CFR7",
        distribution,
        "Elsewhere there is an origin access control. CloudFront in China has origin access"
            + " identities only, and the bucket lets in nobody else.");
  }

  private static void add(List<NagException> all, String rule, String path, String reason) {
    all.add(new NagException(rule, path, reason));
  }
}
