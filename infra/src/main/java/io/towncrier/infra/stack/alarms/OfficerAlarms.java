package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.stack.Work;

/** What a privacy officer must not forget. Each tick looks, so they ring while it is so. */
final class OfficerAlarms {
  private OfficerAlarms() {}

  static void add(AlarmFactory factory) {
    factory.above(
        "PrivacyRequestsRemind",
        "A privacy request waits for its answer since 10 days: 5 are left",
        Metrics.ours("PrivacyRequestsToRemindOf", Work.TICK, "Maximum"),
        0,
        1);
    factory.above(
        "PrivacyRequestsAlarm",
        "A privacy request waits for its answer since 14 days or more: it is due after 15",
        Metrics.ours("PrivacyRequestsAlarming", Work.TICK, "Maximum"),
        0,
        1);
    factory.above(
        "PrivacyRequestsOverdue",
        "A privacy request was not answered within 15 days",
        Metrics.ours("PrivacyRequestsOverdue", Work.TICK, "Maximum"),
        0,
        1);
    factory.above(
        "AuditBroken",
        "An audit chain is broken: an entry was altered, moved or removed",
        Metrics.ours("AuditBroken", Work.TICK, "Sum"),
        0,
        1);
  }
}
