package io.towncrier.infra.cell;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How updates come to the devices of a cell.
 *
 * @param ddiTenant the first part of the paths of hawkBit's DDI, which its clients call the tenant;
 *     null where DDI is not served
 * @param downloadsBudget bytes a second that registered devices may begin to download, in each
 *     country; notices about releases keep its pace as well. Null: no device waits
 * @param noticesBudget bytes a second of one release by which its notices are paced; null: as the
 *     application has it. It counts only without the budget of downloads
 */
public record UpdateSettings(
    @Nullable String ddiTenant, @Nullable Long downloadsBudget, @Nullable Long noticesBudget) {
  private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  // First parts of other paths, as io.towncrier.ddi.DdiAddress has them, which a test compares.
  private static final Set<String> RESERVED =
      Set.of("v1", "q", "artifacts", "tuf", "console", "personal-center", "favicon.ico");

  // As io.towncrier.downloads.DownloadBudget has it.
  private static final long MOST = 100_000_000_000_000L;

  public UpdateSettings {
    Settings.need(
        ddiTenant == null || (TENANT.matcher(ddiTenant).matches() && !RESERVED.contains(ddiTenant)),
        "a tenant of DDI is 1 to 64 letters, digits, dots, hyphens and underscores, and none of "
            + RESERVED.stream().sorted().toList()
            + ": "
            + ddiTenant);
    Settings.need(
        isBudget(downloadsBudget) && isBudget(noticesBudget),
        "a budget of downloads or notices is a number of bytes a second from 1 to " + MOST);
    Settings.need(
        downloadsBudget == null || noticesBudget == null,
        "notices keep the pace of downloadsBudget: noticesBudget is null beside it");
  }

  private static boolean isBudget(@Nullable Long bytes) {
    return bytes == null || (bytes >= 1 && bytes <= MOST);
  }
}
