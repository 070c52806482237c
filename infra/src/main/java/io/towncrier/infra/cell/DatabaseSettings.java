package io.towncrier.infra.cell;

/**
 * @param engine version of Aurora PostgreSQL
 * @param minCapacity in Aurora capacity units of about 2 GiB
 * @param maxCapacity the same
 * @param instances two of them survive the loss of a zone
 * @param backupDays how far back it can be restored, and so how long a backup holds what was
 *     deleted; Aurora keeps at most 35
 */
public record DatabaseSettings(
    String engine, double minCapacity, double maxCapacity, int instances, int backupDays) {
  private static final int MOST_DAYS_OF_AURORA = 35;

  public DatabaseSettings {
    Settings.need(minCapacity >= 0.5 && maxCapacity >= minCapacity, "no range of capacity");
    Settings.need(instances >= 1, "a database has an instance");
    Settings.need(
        backupDays >= 1 && backupDays <= MOST_DAYS_OF_AURORA, "backups are kept 1 to 35 days");
  }
}
