package io.towncrier.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/**
 * Where a chain ended at a moment, as it is kept outside of the database.
 *
 * @param head number and hash of the entry that was the last
 * @param at when it was looked at
 */
public record SignedHead(AuditLog.Head head, Instant at) {
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public SignedHead {
    if (head.number() < 0 || !HASH.matcher(head.hash()).matches()) {
      throw new IllegalArgumentException("a head has a number and a hash");
    }
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Day (UTC) of which it is. */
  public LocalDate day() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** As it is kept: one line. */
  public String text() {
    return head.number() + " " + head.hash() + " " + at;
  }

  /**
   * The reverse.
   *
   * @throws IllegalArgumentException or a DateTimeException when it is no such text
   */
  public static SignedHead read(String text) {
    String[] words = text.strip().split(" ", -1);
    if (words.length != 3) {
      throw new IllegalArgumentException("a signed head has three words");
    }
    return new SignedHead(
        new AuditLog.Head(Long.parseLong(words[0]), words[1]), Instant.parse(words[2]));
  }
}
