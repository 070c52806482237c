package io.towncrier.platform.rest.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * The request headers of clients that the service reads. Both kinds of CDN in front of it pass each
 * of them on, which a test of the infrastructure compares with this list.
 */
@ApplicationScoped
public class RequestHeaders {
  /** All of them, also those that a page or an edit by revision will read. */
  public static final List<String> READ =
      List.of(
          "Accept",
          "Accept-Language",
          "Access-Control-Request-Method",
          "Authorization",
          "Idempotency-Key",
          "If-Match",
          "If-None-Match",
          "Origin",
          "RAUC-Boot-ID",
          "RAUC-System-Version",
          "RAUC-Variant",
          "Sec-Fetch-Site",
          "Towncrier-Console",
          "Towncrier-Poll",
          "Towncrier-Reason",
          "User-Agent",
          "X-Device-Secret");

  /** Where the service sends artifacts itself. In a cell the CDN does, from a bucket. */
  public static final List<String> OF_DOWNLOADS = List.of("If-Range", "Range");

  // RFC 9110, section 5.6.1. A client may send several lines of these, and behind API Gateway
  // Quarkus makes a line of each value, cut at its commas; who reads one line gets a part.
  private static final List<String> LISTS =
      List.of("Accept", "Accept-Language", "If-Match", "If-None-Match");

  // Before anything reads them but the short way of a check, which looks for a second line itself.
  private static final int BEFORE_READERS = 2950;

  void register(@Observes Filters filters) {
    filters.register(
        request -> {
          join(request.request().headers());
          request.next();
        },
        BEFORE_READERS);
  }

  /** Makes one line of those that are lists: the values as they stood, with a comma between. */
  static void join(MultiMap headers) {
    for (String name : LISTS) {
      List<String> lines = headers.getAll(name);
      if (lines.size() > 1) {
        headers.set(name, String.join(",", lines));
      }
    }
  }
}
