package io.towncrier.events.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Looks up the name of an endpoint, and says to which address it may be connected. */
final class Addresses {
  private final Set<String> privateHosts;
  private final Lookup lookup;

  Addresses(Set<String> privateHosts, Lookup lookup) {
    this.privateHosts = Set.copyOf(privateHosts);
    this.lookup = lookup;
  }

  /** What a name stands for. */
  interface Lookup {
    InetAddress[] all(String host) throws IOException;
  }

  /**
   * The address that is connected to. All that the name stands for have to be public, unless its
   * host is one that may be private.
   */
  Optional<InetAddress> of(URI url) throws IOException {
    String host = String.valueOf(url.getHost());
    InetAddress[] all = lookup.all(host);
    boolean allowed = privateHosts.contains(host) || Arrays.stream(all).allMatch(PublicAddress::is);
    return allowed ? Arrays.stream(all).findFirst() : Optional.empty();
  }
}
