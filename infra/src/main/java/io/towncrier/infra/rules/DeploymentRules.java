package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A cell can be made, made again after a failure, opened, and brought to a new version. */
final class DeploymentRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("open-or-closed-as-a-whole", DeploymentRules::open),
          new Rule("a-failed-create-leaves-nothing", DeploymentRules::failed),
          new Rule("keys-come-from-people", DeploymentRules::keys),
          new Rule("a-canary-calls-what-it-judges", DeploymentRules::called),
          new Rule("a-canary-is-stopped-in-time", DeploymentRules::stopped));

  private static final int A_MINUTE = 60;
  private static final String SCHEDULE = "AWS::Scheduler::Schedule";

  /** What the environment of functions says about secrets that only people can make. */
  private static final Set<String> MADE_BY_PEOPLE =
      Set.of(
          "TOWNCRIER_MASTER_KEY",
          "TOWNCRIER_SNAPSHOT_SIGNING_KEY",
          "TOWNCRIER_FCM_CREDENTIALS",
          "TOWNCRIER_GETUI_CREDENTIALS",
          "TOWNCRIER_CONSOLE_OIDC_CLIENT_SECRET");

  private DeploymentRules() {}

  // Half of a cell at work fills queues that nobody empties, or fails each minute.
  private static void open(Template template, Report report) {
    List<Resource> callers =
        Stream.of(SCHEDULE, Types.FEEDING, Types.TOPIC_RULE)
            .flatMap(template::all)
            .filter(each -> !tellsPeople(each, template))
            .toList();
    List<Resource> open = callers.stream().filter(DeploymentRules::isOpen).toList();
    if (open.size() < callers.size()) {
      open.forEach(each -> report.add(each, "is at work while others are closed"));
    }
  }

  private static boolean tellsPeople(Resource schedule, Template template) {
    return template
        .named(schedule.get("/Target/Arn"))
        .filter(target -> target.type().equals(Types.TOPIC))
        .isPresent();
  }

  private static boolean isOpen(Resource caller) {
    return switch (caller.type()) {
      case SCHEDULE -> !caller.get("/State").asText().equals("DISABLED");
      case Types.FEEDING -> caller.get("/Enabled").asBoolean(true);
      default -> !caller.isTrue("/TopicRulePayload/RuleDisabled");
    };
  }

  // What is retained when the first create fails keeps its name, and the second create fails by it.
  private static void failed(Template template, Report report) {
    template
        .all()
        .filter(each -> each.node().path("DeletionPolicy").asText().equals("Retain"))
        .forEach(each -> report.add(each, "is left behind by a create that failed"));
  }

  // A template that once made a value writes another one over it as soon as it says how anew.
  private static void keys(Template template, Report report) {
    template
        .all(Types.FUNCTION)
        .flatMap(function -> function.get("/Environment/Variables").properties().stream())
        .filter(told -> MADE_BY_PEOPLE.contains(told.getKey()))
        .flatMap(told -> told.getValue().findParents("Ref").stream())
        .flatMap(named -> template.named(named).stream())
        .filter(secret -> secret.has("/GenerateSecretString") || secret.has("/SecretString"))
        .distinct()
        .forEach(secret -> report.add(secret, "has a value that a template can write over"));
  }

  private static void called(Template template, Report report) {
    template
        .all("AWS::Lambda::Alias")
        .forEach(
            alias -> {
              String version = Template.target(alias.get("/FunctionVersion"));
              boolean isCalled =
                  template
                      .named(
                          alias
                              .node()
                              .at("/UpdatePolicy/CodeDeployLambdaAliasUpdate")
                              .path("BeforeAllowTrafficHook"))
                      .filter(hook -> names(hook.get("/Environment/Variables"), version))
                      .isPresent();
              report.unless(isCalled, alias, "gets traffic before anything has called it");
            });
  }

  private static boolean names(JsonNode environment, String version) {
    return !version.isEmpty() && environment.findValuesAsText("Ref").contains(version);
  }

  // An alarm of five minutes hears of the last of a canary when the old version is gone.
  private static void stopped(Template template, Report report) {
    template
        .all("AWS::CodeDeploy::DeploymentGroup")
        .flatMap(group -> Template.each(group.get("/AlarmConfiguration/Alarms")).stream())
        .flatMap(alarm -> template.named(alarm.path("Name")).stream())
        .distinct()
        .forEach(
            alarm ->
                report.unless(
                    alarm.node().findValues("Period").stream()
                        .allMatch(period -> period.asInt() <= A_MINUTE),
                    alarm,
                    "stops a deployment too late"));
  }
}
