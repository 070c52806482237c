package io.towncrier.platform.rest.edge;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Addresses and networks, as a setting names them: {@code 192.0.2.7}, {@code 2001:db8::/32}. */
public final class AddressRanges {
  private static final Pattern LITERAL = Pattern.compile("[0-9A-Fa-f:.]*[.:][0-9A-Fa-f:.]*");

  private final List<Range> ranges;

  private AddressRanges(List<Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException when one is no address and no network, naming it
   */
  public static AddressRanges of(Collection<String> texts) {
    List<Range> ranges = new ArrayList<>();
    for (String text : texts) {
      ranges.add(range(text.trim()));
    }
    return new AddressRanges(ranges);
  }

  /** Whether an address stands in one of them; a text that is no address does not. */
  public boolean contains(String address) {
    if (ranges.isEmpty()) {
      return false;
    }
    try {
      byte[] bytes = bytes(address.replaceFirst("%.*", ""));
      return ranges.stream().anyMatch(range -> range.holds(bytes));
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  private static Range range(String text) {
    int slash = text.indexOf('/');
    byte[] bytes = bytes(slash < 0 ? text : text.substring(0, slash));
    try {
      int bits = slash < 0 ? 8 * bytes.length : Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= 8 * bytes.length) {
        return new Range(bytes, bits);
      }
    } catch (NumberFormatException noLength) {
      // Told below.
    }
    throw new IllegalArgumentException(text + " is no network");
  }

  private static byte[] bytes(String literal) {
    if (!LITERAL.matcher(literal).matches()) {
      throw new IllegalArgumentException(literal + " is no address");
    }
    try {
      // Such a text is read as a literal, and never looked up as a name.
      return InetAddress.getByName(literal).getAddress();
    } catch (UnknownHostException malformed) {
      throw new IllegalArgumentException(literal + " is no address");
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Range(byte[] network, int bits) {
    boolean holds(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
