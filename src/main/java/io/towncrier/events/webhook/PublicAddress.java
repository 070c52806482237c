package io.towncrier.events.webhook;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Whether an address is one of the public Internet. What is not leads inside: to this machine, to
 * its network, or to what a cloud tells its machines (IANA's special-purpose address registries).
 */
final class PublicAddress {
  private PublicAddress() {}

  static boolean is(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    if (address instanceof Inet4Address) {
      return isPublic4(bytes, 0);
    }
    return address instanceof Inet6Address && isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    int second = bytes[at + 1] & 0xFF;
    int third = bytes[at + 2] & 0xFF;
    boolean inside =
        first == 0
            || first == 10
            || first == 127
            || first >= 224
            || (first == 100 && second >= 64 && second < 128)
            || (first == 169 && second == 254)
            || (first == 172 && second >= 16 && second < 32)
            || (first == 192 && second == 168);
    boolean forDocuments =
        (first == 192 && second == 0 && (third == 0 || third == 2))
            || (first == 192 && second == 88 && third == 99)
            || (first == 198 && (second == 18 || second == 19))
            || (first == 198 && second == 51 && third == 100)
            || (first == 203 && second == 0 && third == 113);
    return !inside && !forDocuments;
  }

  private static boolean isPublic6(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    // Global unicast is 2000::/3.
    if (first < 0x20 || first > 0x3F) {
      return false;
    }
    // 2001::/23 (Teredo, benchmarks), 2001:db8::/32 (documents).
    if (first == 0x20 && second == 0x01) {
      int third = bytes[2] & 0xFF;
      int fourth = bytes[3] & 0xFF;
      return third > 1 && !(third == 0x0D && fourth == 0xB8);
    }
    // 2002::/16 carries an IPv4 address.
    return !(first == 0x20 && second == 0x02) || isPublic4(bytes, 2);
  }
}
