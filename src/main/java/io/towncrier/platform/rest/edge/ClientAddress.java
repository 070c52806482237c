package io.towncrier.platform.rest.edge;

import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a request comes from, as a key to count by. */
public final class ClientAddress {
  /**
   * The order of the route behind which X-Forwarded-For can be believed. What counts by address has
   * a higher one: before it, the header may be any caller's text.
   */
  public static final int KNOWN_BEHIND = -500_000;

  private static final int LONGEST = 64;
  private static final String V6 = "v6:";
  private static final Pattern IPV4 =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
  // With brackets, and behind an address of IPv4 also without: some proxies write the port too.
  private static final Pattern BRACKETED = Pattern.compile("\\[([^\\[\\]]*)\\](?::\\d{1,5})?");
  private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}");
  private static final int HIGHEST_OCTET = 255;

  private ClientAddress() {}

  /**
   * The address that the outermost trusted proxy saw. Everybody can write into X-Forwarded-For;
   * only what our own proxies have appended, at its end, is believed. An entry that is no address
   * ("unknown", a name, an identifier) says nothing: the request counts by its connection, so that
   * what one proxy cannot tell is one source, and not one with what others cannot tell.
   *
   * @param remote of the connection
   * @param forwarded values of X-Forwarded-For, in their order
   * @param trustedProxies how many proxies of ours append to it; 0: it is not looked at
   */
  public static String of(String remote, List<String> forwarded, int trustedProxies) {
    return forwarded(forwarded, trustedProxies)
        .flatMap(ClientAddress::network)
        .or(() -> network(remote))
        .orElseGet(() -> remote.length() > LONGEST ? remote.substring(0, LONGEST) : remote);
  }

  /**
   * The same of a request.
   *
   * @param trustedProxies how many proxies of ours stand before us
   */
  public static String of(HttpServerRequest request, int trustedProxies) {
    return of(
        request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress(),
        request.headers().getAll("X-Forwarded-For"),
        trustedProxies);
  }

  /**
   * The whole address of the client, as {@link AddressRanges} reads it; empty where nobody says
   * one. Not to count by: a customer of IPv6 has very many.
   *
   * @param trustedProxies how many proxies of ours stand before us
   */
  public static Optional<String> whole(HttpServerRequest request, int trustedProxies) {
    return whole(
        request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress(),
        request.headers().getAll("X-Forwarded-For"),
        trustedProxies);
  }

  static Optional<String> whole(String remote, List<String> forwarded, int trustedProxies) {
    return forwarded(forwarded, trustedProxies)
        .flatMap(ClientAddress::address)
        .or(() -> address(remote))
        .map(InetAddress::getHostAddress);
  }

  private static Optional<String> forwarded(List<String> values, int trustedProxies) {
    if (trustedProxies <= 0) {
      return Optional.empty();
    }
    List<String> hops =
        values.stream().flatMap(value -> Arrays.stream(value.split(",", -1))).toList();
    return hops.size() < trustedProxies
        ? Optional.empty()
        : Optional.of(hops.get(hops.size() - trustedProxies));
  }

  /**
   * The /48 that a key of IPv6 lies in, as a key to count by; empty for any other. Who has one has
   * 65,536 of the networks that are counted one by one.
   *
   * @param key as {@link #of} makes it
   */
  public static Optional<String> wider(String key) {
    String[] parts = key.split(",", -1);
    return key.startsWith(V6) && parts.length == 8
        ? Optional.of(String.join(",", Arrays.copyOf(parts, 6)))
        : Optional.empty();
  }

  /** Of IPv6 the first 64 bits: one customer has all addresses behind them. */
  private static Optional<String> network(String text) {
    return address(text)
        .map(
            address -> {
              byte[] bytes = address.getAddress();
              return bytes.length == 16
                  ? V6 + Arrays.toString(Arrays.copyOf(bytes, 8))
                  : address.getHostAddress();
            });
  }

  private static Optional<InetAddress> address(String text) {
    String address = withoutPort(unquoted(text.trim()));
    // Of an address that is valid on one link, that link (RFC 4007); its sign may be escaped.
    String literal = isIpv4(address) ? plain(address) : address.replaceFirst("%.*", "");
    if (literal.length() > LONGEST || !(isIpv4(literal) || IPV6.matcher(literal).matches())) {
      return Optional.empty();
    }
    try {
      // Such a text is read as a literal, and never looked up as a name.
      return Optional.of(InetAddress.getByAddress(InetAddress.getByName(literal).getAddress()));
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).trim() : text;
  }

  private static String withoutPort(String text) {
    Matcher bracketed = BRACKETED.matcher(text);
    if (bracketed.matches()) {
      return bracketed.group(1);
    }
    Matcher withPort = WITH_PORT.matcher(text);
    return withPort.matches() ? withPort.group(1) : text;
  }

  private static boolean isIpv4(String text) {
    Matcher octets = IPV4.matcher(text);
    if (!octets.matches()) {
      return false;
    }
    for (int i = 1; i <= octets.groupCount(); i++) {
      if (Integer.parseInt(octets.group(i)) > HIGHEST_OCTET) {
        return false;
      }
    }
    return true;
  }

  /** Without leading zeros: one address has one key. */
  private static String plain(String address) {
    return Arrays.stream(address.split("\\.", -1))
        .map(octet -> Integer.toString(Integer.parseInt(octet)))
        .collect(Collectors.joining("."));
  }
}
