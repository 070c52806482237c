package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** TLS only, on every way. */
final class InTransitRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("tls-only-storage", InTransitRules::storage),
          new Rule("tls-only-database", InTransitRules::database),
          new Rule("tls-only-edge", InTransitRules::edge));

  private static final Map<String, String> POLICY_OF =
      Map.of(
          Types.BUCKET, Types.BUCKET_POLICY,
          Types.QUEUE, "AWS::SQS::QueuePolicy",
          Types.TOPIC, "AWS::SNS::TopicPolicy");

  private static final Map<String, String> NAMES_IT_AS =
      Map.of(Types.BUCKET, "/Bucket", Types.QUEUE, "/Queues", Types.TOPIC, "/Topics");

  private static final Set<String> VIEWERS = Set.of("https-only", "redirect-to-https");

  private InTransitRules() {}

  private static void storage(Template template, Report report) {
    POLICY_OF.keySet().stream()
        .flatMap(template::all)
        .forEach(
            each -> report.unless(refusesPlain(template, each), each, "can be used without TLS"));
  }

  private static boolean refusesPlain(Template template, Resource guarded) {
    return template
        .all(POLICY_OF.getOrDefault(guarded.type(), ""))
        .filter(
            policy ->
                Template.each(policy.get(NAMES_IT_AS.getOrDefault(guarded.type(), ""))).stream()
                    .anyMatch(named -> Template.target(named).equals(guarded.id())))
        .flatMap(policy -> Template.each(policy.get("/PolicyDocument/Statement")).stream())
        .anyMatch(InTransitRules::deniesPlain);
  }

  private static boolean deniesPlain(JsonNode statement) {
    return statement.path("Effect").asText().equals("Deny")
        && statement.at("/Condition/Bool/aws:SecureTransport").asText().equals("false");
  }

  private static void database(Template template, Report report) {
    template
        .all("AWS::RDS::DBProxy")
        .forEach(
            proxy -> report.unless(proxy.isTrue("/RequireTLS"), proxy, "takes plain connections"));
    template
        .all(Types.CLUSTER)
        .forEach(
            cluster -> {
              boolean forced =
                  template
                      .named(cluster.get("/DBClusterParameterGroupName"))
                      .filter(group -> group.get("/Parameters/rds.force_ssl").asText().equals("1"))
                      .isPresent();
              report.unless(forced, cluster, "takes plain connections");
            });
  }

  private static void edge(Template template, Report report) {
    template.all(Types.DISTRIBUTION).forEach(each -> distribution(each, report));
  }

  private static void distribution(Resource distribution, Report report) {
    JsonNode config = distribution.get("/DistributionConfig");
    report.unless(
        config.at("/ViewerCertificate/MinimumProtocolVersion").asText().startsWith("TLSv1.2_"),
        distribution,
        "takes old TLS");
    viewers(config.path("DefaultCacheBehavior"), distribution, report);
    config.path("CacheBehaviors").forEach(each -> viewers(each, distribution, report));
    config
        .path("Origins")
        .forEach(
            origin -> {
              JsonNode own = origin.path("CustomOriginConfig");
              report.unless(
                  own.isMissingNode()
                      || own.path("OriginProtocolPolicy").asText().equals("https-only"),
                  distribution,
                  "asks an origin without TLS");
            });
  }

  private static void viewers(JsonNode behavior, Resource distribution, Report report) {
    report.unless(
        VIEWERS.contains(behavior.path("ViewerProtocolPolicy").asText()),
        distribution,
        "answers without TLS");
  }
}
