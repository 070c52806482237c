package io.towncrier.ddi.rest;

import io.towncrier.updates.FactsQuery;
import io.towncrier.updates.ReadFacts;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What RAUC says of a device: the facts in the query that it was configured with, and its headers.
 * RAUC itself reads the version from the system, so its header counts before the query.
 */
final class RaucFacts {
  private static final String BOOT_ID = "RAUC-Boot-ID";
  private static final String VERSION = "RAUC-System-Version";
  private static final String VARIANT = "RAUC-Variant";

  private RaucFacts() {}

  static ReadFacts of(HttpServerRequest request) {
    ReadFacts query = FactsQuery.read(request.query());
    return ReadFacts.of(
        fact ->
            switch (fact) {
              case VERSION -> or(request.getHeader(VERSION), query.get(fact));
              case HARDWARE -> or(query.get(fact), request.getHeader(VARIANT));
              // RAUC cannot compute on which side of a share it is.
              case ROLLOUTS -> null;
              default -> query.get(fact);
            });
  }

  /** Another one after each start of the device. */
  static @Nullable String bootId(HttpServerRequest request) {
    return request.getHeader(BOOT_ID);
  }

  private static @Nullable String or(@Nullable String first, @Nullable String second) {
    return first == null || first.isBlank() ? second : first;
  }
}
