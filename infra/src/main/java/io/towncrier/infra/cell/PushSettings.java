package io.towncrier.infra.cell;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * By what a cell learns whether its pushes are shown.
 *
 * @param receiptNetworks from which Getui sends receipts; empty where none are taken
 * @param canary null for a cell without
 */
public record PushSettings(List<String> receiptNetworks, @Nullable Canary canary) {
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 =
      Pattern.compile("(" + OCTET + "\\.){3}" + OCTET + "(/(3[0-2]|[12]?[0-9]))?");
  private static final Pattern IPV6 =
      Pattern.compile("([0-9a-fA-F.]*:[0-9a-fA-F.:]*)(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?");
  private static final int IPV6_BYTES = 16;

  public PushSettings {
    Settings.need(
        receiptNetworks != null, "networks of receipts are listed; an empty list is none");
    receiptNetworks = List.copyOf(receiptNetworks);
    Settings.need(
        receiptNetworks.stream().allMatch(PushSettings::isNetwork),
        "not all of these are networks of receipts: " + receiptNetworks);
  }

  // The API does not start with what is none: better here than in a deployment.
  private static boolean isNetwork(String text) {
    Matcher ipv6 = IPV6.matcher(text);
    return IPV4.matcher(text).matches() || (ipv6.matches() && isIpv6(ipv6.group(1)));
  }

  // With a colon it is read as a literal, and never looked up as a name.
  private static boolean isIpv6(String literal) {
    try {
      return InetAddress.getByName(literal).getAddress().length == IPV6_BYTES;
    } catch (UnknownHostException malformed) {
      return false;
    }
  }

  /**
   * Test notices to phones of the maker's own.
   *
   * @param devices ids of them, one to ten
   * @param everyMinutes how often, at least every five
   * @param withinSeconds how soon one has to be shown: from 30 to half of the time between two
   */
  public record Canary(List<String> devices, int everyMinutes, int withinSeconds) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,64}");
    private static final int MOST = 10;
    private static final int OFTEN = 5;
    private static final int SOON = 30;

    public Canary {
      Settings.need(devices != null, "a canary names its phones");
      devices = List.copyOf(devices);
      Settings.need(!devices.isEmpty() && devices.size() <= MOST, "a canary has one to ten phones");
      Settings.need(
          devices.stream().allMatch(id -> ID.matcher(id).matches()),
          "not all of these are ids of phones: " + devices);
      Settings.need(everyMinutes >= OFTEN, "a canary is sent every five minutes at most");
      Settings.need(
          withinSeconds >= SOON && withinSeconds <= everyMinutes * 60 / 2,
          "a canary is shown within 30 seconds to half of the time between two");
    }
  }
}
