package io.towncrier.platform.postgres;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/** The keyed hashes that one value may be kept under, as a parameter of the type bytea[]. */
public final class KeyedHashes {
  /** Until the transaction ends, one at a time for each of them; always in one order. */
  public static final String LOCK =
      """
      SELECT count(pg_advisory_xact_lock(wanted.key)) FROM (
        SELECT hashtextextended(encode(hash.value, 'hex'), 0) AS key
        FROM unnest($1::bytea[]) AS hash (value)
        ORDER BY 1) AS wanted
      """;

  private KeyedHashes() {}

  /** The parameter. */
  public static Object of(List<byte[]> all) {
    return all.stream().map(Buffer::buffer).toArray(Buffer[]::new);
  }
}
