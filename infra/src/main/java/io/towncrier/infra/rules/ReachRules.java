package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** Who can get at what is stored. */
final class ReachRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("no-public-bucket", ReachRules::buckets),
          new Rule("nobody-enters-from-outside", ReachRules::groups),
          new Rule("isolated-database", ReachRules::database),
          new Rule("artifacts-when-published", ReachRules::artifacts));

  private static final List<String> BLOCKS =
      List.of(
          "/PublicAccessBlockConfiguration/BlockPublicAcls",
          "/PublicAccessBlockConfiguration/BlockPublicPolicy",
          "/PublicAccessBlockConfiguration/IgnorePublicAcls",
          "/PublicAccessBlockConfiguration/RestrictPublicBuckets");

  private static final String FIRMWARE = "/artifacts/*";
  private static final String PUBLISHED = "s3:ExistingObjectTag/published";

  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0/0", "::/0");

  private ReachRules() {}

  private static void buckets(Template template, Report report) {
    template
        .all(Types.BUCKET)
        .forEach(
            bucket -> {
              report.unless(
                  BLOCKS.stream().allMatch(bucket::isTrue), bucket, "does not block the public");
              report.unless(!bucket.has("/AccessControl"), bucket, "has an ACL");
              report.unless(!bucket.has("/WebsiteConfiguration"), bucket, "is a web site");
            });
    template
        .all(Types.BUCKET_POLICY)
        .forEach(
            policy ->
                Template.each(policy.get("/PolicyDocument/Statement"))
                    .forEach(
                        statement ->
                            report.unless(!letsAnybodyIn(statement), policy, "lets anybody in")));
  }

  private static boolean letsAnybodyIn(JsonNode statement) {
    JsonNode principal = statement.path("Principal");
    boolean anybody = principal.asText().equals("*") || principal.path("AWS").asText().equals("*");
    return anybody && statement.path("Effect").asText().equals("Allow");
  }

  private static void groups(Template template, Report report) {
    template
        .all("AWS::EC2::SecurityGroup")
        .forEach(
            group ->
                Template.each(group.get("/SecurityGroupIngress"))
                    .forEach(ingress -> ingress(ingress, group, report)));
    template
        .all("AWS::EC2::SecurityGroupIngress")
        .forEach(each -> ingress(each.get(""), each, report));
  }

  private static void ingress(JsonNode ingress, Resource at, Report report) {
    boolean open =
        EVERYWHERE.contains(ingress.path("CidrIp").asText())
            || EVERYWHERE.contains(ingress.path("CidrIpv6").asText());
    report.unless(!open, at, "is open to everybody");
  }

  private static void database(Template template, Report report) {
    template
        .all(Types.INSTANCE)
        .forEach(
            each ->
                report.unless(!each.isTrue("/PubliclyAccessible"), each, "has a public address"));
    template
        .all("AWS::RDS::DBSubnetGroup")
        .forEach(group -> isolated(group, "/SubnetIds", template, report));
    template
        .all("AWS::RDS::DBProxy")
        .forEach(proxy -> isolated(proxy, "/VpcSubnetIds", template, report));
  }

  private static void isolated(Resource placed, String path, Template template, Report report) {
    for (JsonNode subnet : Template.each(placed.get(path))) {
      report.unless(
          !leadsOut(Template.target(subnet), template),
          placed,
          "is in a subnet that leads out of the network");
    }
  }

  private static boolean leadsOut(String subnet, Template template) {
    return template
        .all("AWS::EC2::SubnetRouteTableAssociation")
        .filter(each -> Template.target(each.get("/SubnetId")).equals(subnet))
        .map(each -> Template.target(each.get("/RouteTableId")))
        .anyMatch(
            table ->
                template
                    .all("AWS::EC2::Route")
                    .anyMatch(route -> Template.target(route.get("/RouteTableId")).equals(table)));
  }

  private static void artifacts(Template template, Report report) {
    template
        .all(Types.DISTRIBUTION)
        .forEach(
            distribution ->
                distribution
                    .get("/DistributionConfig/Origins")
                    .forEach(origin -> store(origin, distribution, template, report)));
  }

  // An S3 origin: read by the CDN alone, and through it with a signature; or, since firmware is
  // public and its URL stands in answers that are cached, only what has the tag of the published.
  private static void store(
      JsonNode origin, Resource distribution, Template template, Report report) {
    if (!origin.has("S3OriginConfig")) {
      return;
    }
    JsonNode identity = origin.at("/S3OriginConfig/OriginAccessIdentity");
    boolean named = identity.isObject() || !identity.asText().isEmpty();
    report.unless(
        origin.has("OriginAccessControlId") || named, distribution, "reads a bucket as anybody");
    String id = origin.path("Id").asText();
    JsonNode config = distribution.get("/DistributionConfig");
    report.unless(
        !config.at("/DefaultCacheBehavior/TargetOriginId").asText().equals(id),
        distribution,
        "serves a bucket by default");
    for (JsonNode behavior : config.path("CacheBehaviors")) {
      report.unless(
          !behavior.path("TargetOriginId").asText().equals(id)
              || !behavior.path("TrustedKeyGroups").isEmpty()
              || (behavior.path("PathPattern").asText().equals(FIRMWARE)
                  && readsOnlyThePublished(template)),
          distribution,
          "serves a bucket without a signature");
    }
  }

  private static boolean readsOnlyThePublished(Template template) {
    return template
        .all(Types.BUCKET_POLICY)
        .flatMap(policy -> Template.each(policy.get("/PolicyDocument/Statement")).stream())
        .filter(statement -> statement.path("Effect").asText().equals("Allow"))
        .filter(statement -> statement.path("Action").toString().contains("s3:GetObject"))
        .allMatch(
            statement ->
                statement
                    .path("Condition")
                    .path("StringEquals")
                    .path(PUBLISHED)
                    .asText()
                    .equals("true"));
  }
}
