package io.towncrier.privacyrequests.rest;

import io.towncrier.platform.Ids;
import io.towncrier.privacyrequests.PrivacyRequest;
import io.towncrier.privacyrequests.PrivacyRequests;
import java.time.Instant;
import java.util.Optional;

/** The place of a request in a list, as a text: milliseconds of its deadline, and its id. */
final class RequestKey {
  private static final char BETWEEN = '.';

  private RequestKey() {}

  static String write(PrivacyRequest last) {
    PrivacyRequest.Opened opened = last.opened();
    return "" + opened.deadline().due().toEpochMilli() + BETWEEN + opened.id();
  }

  static Optional<PrivacyRequests.Key> read(String text) {
    int at = text.indexOf(BETWEEN);
    String id = text.substring(at + 1);
    if (at < 1 || !Ids.looksLike(PrivacyRequest.PREFIX, id)) {
      return Optional.empty();
    }
    try {
      long millis = Long.parseLong(text.substring(0, at));
      // PostgreSQL's own range is smaller than that of a long.
      return millis < 0 || millis > Instant.parse("9999-12-31T00:00:00Z").toEpochMilli()
          ? Optional.empty()
          : Optional.of(new PrivacyRequests.Key(Instant.ofEpochMilli(millis), id));
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }
}
