package io.towncrier.outcomes;

import io.towncrier.platform.Secret;
import io.towncrier.platform.rest.edge.ClientAddress;

/** The network that a report comes from: an IPv4 /24 or an IPv6 /48, to count failures by. */
public final class ReporterNetwork {
  private ReporterNetwork() {}

  /**
   * Of a request.
   *
   * @param source as {@link ClientAddress} names it
   */
  public static Secret of(String source) {
    return new Secret(
        ClientAddress.wider(source)
            .orElseGet(
                () ->
                    source.indexOf('.') < 0
                        ? source
                        : source.substring(0, source.lastIndexOf('.'))));
  }
}
