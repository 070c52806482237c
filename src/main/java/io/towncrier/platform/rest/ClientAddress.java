package io.towncrier.platform.rest;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Where a request comes from, as a key to count by. */
public final class ClientAddress {
  private static final int LONGEST = 64;
  private static final String MALFORMED = "malformed";
  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]*");

  private ClientAddress() {}

  /**
   * The address that the outermost trusted proxy saw. Everybody can write into X-Forwarded-For;
   * only what our own proxies have appended, at its end, is believed.
   *
   * @param remote of the connection
   * @param forwarded values of X-Forwarded-For, in their order
   * @param trustedProxies how many proxies of ours append to it; 0: it is not looked at
   */
  public static String of(String remote, List<String> forwarded, int trustedProxies) {
    List<String> hops =
        forwarded.stream()
            .flatMap(value -> Arrays.stream(value.split(",", -1)))
            .map(String::trim)
            .toList();
    boolean viaProxies = trustedProxies > 0 && hops.size() >= trustedProxies;
    String address = viaProxies ? hops.get(hops.size() - trustedProxies) : remote;
    return network(address.length() > LONGEST ? address.substring(0, LONGEST) : address);
  }

  /** Of IPv6 the first 64 bits: one customer has all addresses behind them. */
  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    String literal = address.replaceFirst("%.*", "");
    if (!LITERAL.matcher(literal).matches()) {
      return MALFORMED;
    }
    try {
      // Such a text is read as a literal, and never looked up as a name.
      byte[] bytes = InetAddress.getByName(literal).getAddress();
      return bytes.length == 16
          ? "v6:" + Arrays.toString(Arrays.copyOf(bytes, 8))
          : InetAddress.getByAddress(bytes).getHostAddress();
    } catch (UnknownHostException malformed) {
      return MALFORMED;
    }
  }
}
