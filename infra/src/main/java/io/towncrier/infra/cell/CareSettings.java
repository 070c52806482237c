package io.towncrier.infra.cell;

import java.util.Set;

/**
 * @param email that alarms and the budget tell
 * @param logDays after which logs are deleted
 * @param monthlyBudget in the currency of the partition's bills
 */
public record CareSettings(String email, int logDays, int monthlyBudget) {
  /** The promise: what was deleted is gone everywhere after six months. */
  public static final int PROMISED_DAYS = 180;

  private static final Set<Integer> DAYS_OF_CLOUDWATCH =
      Set.of(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, PROMISED_DAYS);

  public CareSettings {
    Settings.need(email.contains("@"), "not an address: " + email);
    Settings.need(
        DAYS_OF_CLOUDWATCH.contains(logDays),
        "logs are kept one of these numbers of days: " + DAYS_OF_CLOUDWATCH);
    Settings.need(monthlyBudget > 0, "a budget is more than nothing");
  }
}
