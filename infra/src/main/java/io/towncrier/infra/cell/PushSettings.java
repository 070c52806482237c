package io.towncrier.infra.cell;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what a cell learns whether its pushes are shown.
 *
 * @param receiptNetworks from which Getui sends receipts; empty where none are taken
 * @param canary null for a cell without
 */
public record PushSettings(List<String> receiptNetworks, @Nullable Canary canary) {
  private static final Pattern NETWORK = Pattern.compile("[0-9a-fA-F.:]+(/[0-9]{1,3})?");

  public PushSettings {
    Settings.need(
        receiptNetworks != null, "networks of receipts are listed; an empty list is none");
    receiptNetworks = List.copyOf(receiptNetworks);
    Settings.need(
        receiptNetworks.stream().allMatch(network -> NETWORK.matcher(network).matches()),
        "not all of these are networks of receipts: " + receiptNetworks);
  }

  /**
   * Test notices to phones of the maker's own.
   *
   * @param devices ids of them, one to ten
   * @param everyMinutes how often, at least every five
   * @param withinSeconds how soon one has to be shown: from 30 to half of the time between two
   */
  public record Canary(List<String> devices, int everyMinutes, int withinSeconds) {
    private static final int MOST = 10;
    private static final int OFTEN = 5;
    private static final int SOON = 30;

    public Canary {
      Settings.need(devices != null, "a canary names its phones");
      devices = List.copyOf(devices);
      Settings.need(!devices.isEmpty() && devices.size() <= MOST, "a canary has one to ten phones");
      Settings.need(everyMinutes >= OFTEN, "a canary is sent every five minutes at most");
      Settings.need(
          withinSeconds >= SOON && withinSeconds <= everyMinutes * 60 / 2,
          "a canary is shown within 30 seconds to half of the time between two");
    }
  }
}
