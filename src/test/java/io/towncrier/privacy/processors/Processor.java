package io.towncrier.privacy.processors;

import java.util.Set;

/**
 * Somebody outside who receives personal data on our behalf.
 *
 * @param id such as {@code fcm}; push addresses name their provider by it
 * @param purpose for what it receives them
 * @param data what it receives
 * @param region where they are
 * @param hosts that we call; {@code *.} stands for any one below. Empty where another processor
 *     hands the data on
 * @param erasure how they are deleted there
 */
public record Processor(
    String id,
    String name,
    String purpose,
    String data,
    String region,
    Set<String> hosts,
    String erasure) {
  public Processor {
    hosts = Set.copyOf(hosts);
    if (id.isBlank() || purpose.isBlank() || region.isBlank() || erasure.isBlank()) {
      throw new IllegalArgumentException("a processor has an id, a purpose, a region, an erasure");
    }
  }

  /** Whether we call it under this name. */
  boolean isAt(String host) {
    return hosts.stream()
        .anyMatch(
            known ->
                known.startsWith("*.") ? host.endsWith(known.substring(1)) : known.equals(host));
  }
}
