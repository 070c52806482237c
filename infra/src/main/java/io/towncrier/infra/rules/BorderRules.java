package io.towncrier.infra.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cell has stays in its region, and what China has stays in China. */
final class BorderRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("no-partition-by-name", BorderRules::partition),
          new Rule("no-copy-elsewhere", BorderRules::copies),
          new Rule("no-other-region", BorderRules::regions),
          new Rule("china-has-nothing-abroad", BorderRules::abroad),
          new Rule("china-has-what-it-uses", BorderRules::available));

  private static final Pattern PARTITION = Pattern.compile("arn:aws(-[a-z]+)*:");
  private static final Pattern REGION =
      Pattern.compile(
          "\\b(us|eu|ap|sa|ca|me|af|il|mx|cn)(-gov|-iso[a-z]?)?-"
              + "(north|south|east|west|central)(north|south|east|west)?-[0-9](?![0-9])");

  /** The CDN's certificate and firewall are named by an ARN of this region, wherever a cell is. */
  private static final String HOME_OF_THE_CDN = "us-east-1";

  private static final Map<String, List<String>> COPIES =
      Map.of(
          Types.BUCKET, List.of("/ReplicationConfiguration"),
          Types.KEY, List.of("/MultiRegion"),
          Types.SECRET, List.of("/ReplicaRegions"),
          Types.CLUSTER,
              List.of("/SourceRegion", "/GlobalClusterIdentifier", "/ReplicationSourceIdentifier"));

  private static final Set<String> GLOBAL =
      Set.of(
          "AWS::RDS::GlobalCluster",
          "AWS::KMS::ReplicaKey",
          "AWS::S3::MultiRegionAccessPoint",
          "AWS::DynamoDB::GlobalTable");

  /** Identities of services, which are called the same in every partition. */
  private static final Pattern PRINCIPAL = Pattern.compile("[a-z0-9.-]+\\.amazonaws\\.com");

  private static final Pattern WORLD = Pattern.compile("amazonaws\\.com(?!\\.cn)|cloudfront\\.net");

  private static final List<String> NOT_IN_CHINA =
      List.of(
          "AWS::Cognito::",
          "AWS::WAFv2::",
          "AWS::Lambda::Url",
          "AWS::CloudFront::CachePolicy",
          "AWS::CloudFront::OriginRequestPolicy",
          "AWS::CloudFront::OriginAccessControl",
          "AWS::CloudFront::Function",
          "AWS::XRay::");

  private BorderRules() {}

  private static void partition(Template template, Report report) {
    Template.texts(template.root()).stream()
        .filter(text -> PARTITION.matcher(text).find())
        .forEach(text -> report.add("names a partition: " + text));
  }

  private static void copies(Template template, Report report) {
    COPIES.forEach(
        (type, paths) ->
            template
                .all(type)
                .forEach(
                    each ->
                        paths.stream()
                            .filter(
                                path -> each.has(path) && !each.get(path).asText().equals("false"))
                            .forEach(path -> report.add(each, "is copied elsewhere: " + path))));
    template
        .all()
        .filter(each -> GLOBAL.contains(each.type()))
        .forEach(each -> report.add(each, "is in more than one region"));
    template
        .all("AWS::Backup::BackupPlan")
        .filter(plan -> plan.node().toString().contains("\"CopyActions\""))
        .forEach(plan -> report.add(plan, "copies backups"));
  }

  private static void regions(Template template, Report report) {
    for (String text : Template.texts(template.root())) {
      Matcher region = REGION.matcher(text);
      while (region.find()) {
        boolean fine =
            region.group().equals(template.region())
                || (!template.inChina() && isNamedForTheCdn(text, region.group()));
        if (!fine) {
          report.add("names another region: " + text);
        }
      }
    }
  }

  private static boolean isNamedForTheCdn(String text, String region) {
    return region.equals(HOME_OF_THE_CDN)
        && (text.startsWith("arn:[^:]+:acm:") || text.startsWith("arn:[^:]+:wafv2:"));
  }

  private static void abroad(Template template, Report report) {
    if (!template.inChina()) {
      return;
    }
    Template.texts(template.root()).stream()
        .filter(text -> WORLD.matcher(text).find() && !PRINCIPAL.matcher(text).matches())
        .forEach(text -> report.add("names something abroad: " + text));
    principals(template, report);
  }

  // An identity with a region in its name is one of a region abroad, or of none.
  private static void principals(Template template, Report report) {
    Template.texts(template.root()).stream()
        .filter(text -> PRINCIPAL.matcher(text).matches() && REGION.matcher(text).find())
        .forEach(text -> report.add("names something abroad: " + text));
  }

  private static void available(Template template, Report report) {
    if (!template.inChina()) {
      return;
    }
    template
        .all()
        .filter(each -> NOT_IN_CHINA.stream().anyMatch(each.type()::startsWith))
        .forEach(each -> report.add(each, "is not available in China: " + each.type()));
    template
        .all(Types.FUNCTION)
        .filter(each -> each.has("/TracingConfig"))
        .forEach(each -> report.add(each, "is traced by X-Ray, which China has not"));
    template
        .all(Types.DISTRIBUTION)
        .filter(
            each ->
                each.has("/DistributionConfig/WebACLId")
                    || each.has("/DistributionConfig/ViewerCertificate/AcmCertificateArn")
                    || each.isTrue("/DistributionConfig/IPV6Enabled"))
        .forEach(each -> report.add(each, "has what CloudFront in China refuses"));
  }
}
