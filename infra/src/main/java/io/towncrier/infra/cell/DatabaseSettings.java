package io.towncrier.infra.cell;

import java.util.List;
import java.util.regex.Pattern;

/**
 * @param engine version of Aurora PostgreSQL
 * @param minCapacity in Aurora capacity units of about 2 GiB
 * @param maxCapacity the same
 * @param instances two of them survive the loss of a zone
 * @param backupDays how far back it can be restored, and so how long a backup holds what was
 *     deleted; Aurora keeps at most 35
 * @param restored resource ids ({@code cluster-...}) of clusters that were restored for this cell,
 *     which its proxy may connect to beside the one that the stack made
 */
public record DatabaseSettings(
    String engine,
    double minCapacity,
    double maxCapacity,
    int instances,
    int backupDays,
    List<String> restored) {
  private static final int MOST_DAYS_OF_AURORA = 35;

  private static final Pattern RESOURCE_ID = Pattern.compile("cluster-[A-Z0-9]{10,}");

  public DatabaseSettings {
    restored = List.copyOf(restored);
    Settings.need(
        restored.stream().allMatch(id -> RESOURCE_ID.matcher(id).matches()),
        "not resource ids of clusters: " + restored);
    Settings.need(minCapacity >= 0.5 && maxCapacity >= minCapacity, "no range of capacity");
    Settings.need(instances >= 1, "a database has an instance");
    Settings.need(
        backupDays >= 1 && backupDays <= MOST_DAYS_OF_AURORA, "backups are kept 1 to 35 days");
  }
}
