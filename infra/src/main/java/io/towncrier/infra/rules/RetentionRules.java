package io.towncrier.infra.rules;

import io.towncrier.infra.cell.CareSettings;
import java.util.List;
import java.util.Set;

/** How long things are kept: as long as promised, and no longer. */
final class RetentionRules {
  static final List<Rule> RULES =
      List.of(
          new Rule("logs-are-deleted", RetentionRules::logs),
          new Rule("backups-within-the-promise", RetentionRules::backups),
          new Rule("data-outlives-the-stack", RetentionRules::data));

  private static final List<String> HOLD_DATA =
      List.of(Types.CLUSTER, Types.INSTANCE, Types.BUCKET, Types.KEY, Types.SECRET);

  /** The second of these goes with a create that failed, when there is nothing in it yet. */
  private static final Set<String> STAYS = Set.of("Retain", "RetainExceptOnCreate");

  private RetentionRules() {}

  private static void logs(Template template, Report report) {
    template
        .all(Types.LOG_GROUP)
        .forEach(
            group -> {
              int days = group.get("/RetentionInDays").asInt(Integer.MAX_VALUE);
              report.unless(days <= CareSettings.PROMISED_DAYS, group, "is kept too long");
            });
    // A function without a group of ours makes one that is kept for ever.
    template
        .all(Types.FUNCTION)
        .forEach(
            function ->
                report.unless(function.has("/LoggingConfig/LogGroup"), function, "logs for ever"));
  }

  private static void backups(Template template, Report report) {
    template
        .all(Types.CLUSTER)
        .forEach(
            cluster -> {
              int days = cluster.get("/BackupRetentionPeriod").asInt(0);
              report.unless(
                  days >= 1 && days <= CareSettings.PROMISED_DAYS,
                  cluster,
                  "has backups of " + days + " days");
            });
    // A last snapshot has no end; nor have those that are made by hand, which no template shows.
    template
        .all()
        .filter(each -> each.node().path("DeletionPolicy").asText().equals("Snapshot"))
        .forEach(each -> report.add(each, "leaves a snapshot for ever"));
    template
        .all("AWS::Backup::BackupPlan")
        .forEach(
            plan ->
                plan.get("/BackupPlan/BackupPlanRule")
                    .forEach(
                        rule -> {
                          int days = rule.at("/Lifecycle/DeleteAfterDays").asInt(0);
                          report.unless(
                              days >= 1 && days <= CareSettings.PROMISED_DAYS,
                              plan,
                              "keeps backups too long");
                        }));
  }

  private static void data(Template template, Report report) {
    HOLD_DATA.stream()
        .flatMap(template::all)
        .forEach(
            each -> {
              boolean kept =
                  STAYS.contains(each.node().path("DeletionPolicy").asText())
                      && each.node().path("UpdateReplacePolicy").asText().equals("Retain");
              report.unless(kept, each, "goes when the stack goes");
            });
    template
        .all(Types.CLUSTER)
        .forEach(
            cluster ->
                report.unless(
                    cluster.isTrue("/DeletionProtection"), cluster, "can be deleted by mistake"));
  }
}
