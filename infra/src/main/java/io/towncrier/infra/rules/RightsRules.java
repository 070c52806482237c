package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What roles may do. */
final class RightsRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("no-wildcard-in-a-role", RightsRules::wildcards),
          new Rule("one-role-a-function", RightsRules::oneEach),
          new Rule("callers-are-named", RightsRules::callers),
          new Rule("no-secret-in-an-environment", RightsRules::environments),
          new Rule("no-password-that-stays", RightsRules::passwords));

  /** EC2 takes no resource for these, and Lambda needs them to be in a network at all. */
  private static final Set<String> HAVE_NO_RESOURCE =
      Set.of(
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses");

  /** What is done with an object; none of it reaches the bucket. */
  private static final Set<String> OF_ARTIFACTS =
      Set.of(
          "s3:GetObject",
          "s3:PutObject",
          "s3:PutObjectTagging",
          "s3:DeleteObject",
          "s3:AbortMultipartUpload",
          "s3:ListMultipartUploadParts");

  /** Who may note an erasure can neither read what was noted nor take it away. */
  private static final Set<String> OF_THE_LEDGER = Set.of("s3:PutObject");

  private static final Set<String> NOT_SECRET =
      Set.of(
          "TOWNCRIER_SNAPSHOT_KEY", // the name of an object
          "TOWNCRIER_SNAPSHOT_PUBLIC_KEY",
          "TOWNCRIER_KMS_KEY", // the ARN of a key that never leaves KMS
          "QUARKUS_OIDC_TOKEN_AUDIENCE",
          "QUARKUS_OIDC_TOKEN_ISSUER");

  private static final Pattern DEVICE_TOPIC = Pattern.compile(":topic/towncrier/[a-z]+/\\*$");

  private RightsRules() {}

  private static void wildcards(Template template, Report report) {
    template
        .all(Types.ROLE)
        .forEach(
            role -> {
              report.unless(
                  !role.has("/ManagedPolicyArns"), role, "has a policy that AWS may widen");
              role.get("/Policies")
                  .forEach(policy -> document(policy.path("PolicyDocument"), role, report));
            });
    List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy").stream()
        .flatMap(template::all)
        .forEach(policy -> document(policy.get("/PolicyDocument"), policy, report));
  }

  private static void document(JsonNode document, Resource at, Report report) {
    for (JsonNode statement : Template.each(document.path("Statement"))) {
      if (statement.path("Effect").asText().equals("Allow")) {
        statement(statement, at, report);
      }
    }
  }

  private static void statement(JsonNode statement, Resource at, Report report) {
    report.unless(
        !statement.has("NotAction") && !statement.has("NotResource"), at, "allows all but");
    List<JsonNode> actions = Template.each(statement.path("Action"));
    boolean noResource =
        actions.stream().allMatch(action -> HAVE_NO_RESOURCE.contains(action.asText()));
    for (JsonNode action : actions) {
      report.unless(!action.asText().contains("*"), at, "may " + action.asText());
    }
    for (JsonNode resource : Template.each(statement.path("Resource"))) {
      boolean wild = Template.texts(resource).stream().anyMatch(text -> text.contains("*"));
      report.unless(
          !wild
              || (noResource && resource.asText().equals("*"))
              || isTopicOfADevice(actions, resource)
              || areObjectsOfOneKind(actions, resource),
          at,
          "may so on " + resource);
    }
  }

  // Each device has a topic of its own: AWS IoT has no other way to name them all.
  private static boolean isTopicOfADevice(List<JsonNode> actions, JsonNode resource) {
    return actions.stream().allMatch(action -> action.asText().equals("iot:Publish"))
        && Template.texts(resource).stream()
            .filter(text -> text.contains("*"))
            .allMatch(text -> DEVICE_TOPIC.matcher(text).find());
  }

  // Artifacts, and what the ledger notes, are named by hashes: they cannot be named one by one.
  private static boolean areObjectsOfOneKind(List<JsonNode> actions, JsonNode resource) {
    JsonNode parts = resource.at("/Fn::Join/1");
    String bucket = parts.path(0).at("/Fn::GetAtt/0").asText();
    String objects = parts.path(1).asText();
    Set<String> may = Set.of();
    if (bucket.startsWith("BucketsArtifacts") && objects.equals("/artifacts/*")) {
      may = OF_ARTIFACTS;
    } else if (bucket.startsWith("BucketsCatalogue") && objects.equals("/installation/erased/*")) {
      may = OF_THE_LEDGER;
    }
    return parts.size() == 2 && actions.stream().map(JsonNode::asText).allMatch(may::contains);
  }

  // A service is let in for one thing of ours: else anybody's would do, in any account.
  private static void callers(Template template, Report report) {
    template
        .all("AWS::Lambda::Permission")
        .forEach(
            permission -> {
              report.unless(
                  permission.has("/SourceArn"), permission, "lets a service in for anybody");
              // ARNs of AWS IoT are no secret, and a rule of that name can be in any account.
              report.unless(
                  !permission.get("/Principal").asText().startsWith("iot.")
                      || permission.has("/SourceAccount"),
                  permission,
                  "lets any account in");
            });
  }

  private static void oneEach(Template template, Report report) {
    Set<JsonNode> taken = new HashSet<>();
    template
        .all(Types.FUNCTION)
        .forEach(
            function ->
                report.unless(
                    taken.add(function.get("/Role")), function, "shares its role with another"));
  }

  private static void environments(Template template, Report report) {
    template
        .all(Types.FUNCTION)
        .forEach(
            function ->
                function
                    .get("/Environment/Variables")
                    .properties()
                    .forEach(
                        entry ->
                            report.unless(
                                !holdsSecret(entry.getKey(), entry.getValue()),
                                function,
                                "has a secret in " + entry.getKey())));
  }

  // The admin's is RDS's to turn over; everybody else comes with a token, through the proxy too.
  private static void passwords(Template template, Report report) {
    template
        .all(Types.CLUSTER)
        .forEach(
            cluster ->
                report.unless(
                    cluster.isTrue("/ManageMasterUserPassword")
                        && !cluster.has("/MasterUserPassword")
                        && cluster.isTrue("/EnableIAMDatabaseAuthentication"),
                    cluster,
                    "has a password that nobody turns over"));
    template
        .all("AWS::RDS::DBProxy")
        .forEach(
            proxy ->
                report.unless(
                    proxy.get("/DefaultAuthScheme").asText().equals("IAM_AUTH")
                        && proxy.get("/Auth").isEmpty(),
                    proxy,
                    "signs in with a password"));
  }

  private static boolean holdsSecret(String name, JsonNode value) {
    List<String> texts = Template.texts(value);
    boolean resolved =
        texts.stream()
            .anyMatch(text -> text.contains("{{resolve:") || text.contains("PRIVATE KEY"));
    boolean sounds =
        !NOT_SECRET.contains(name)
            && name.matches(".*(SECRET|PASSWORD|TOKEN|KEY|CREDENTIAL|PRIVATE).*");
    boolean named = texts.stream().anyMatch(text -> text.startsWith("secretsmanager:"));
    return resolved || (sounds && !named);
  }
}
