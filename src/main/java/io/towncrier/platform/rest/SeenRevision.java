package io.towncrier.platform.rest;

import io.towncrier.platform.InputReader;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A body that says no more than which revision its sender has seen. */
public record SeenRevision(@Nullable Integer revision) {
  /** The revision of a body that may be missing altogether; a defect is noted. */
  public static OptionalInt optional(InputReader input, @Nullable SeenRevision body) {
    Integer seen = body == null ? null : body.revision();
    if (seen == null) {
      return OptionalInt.empty();
    }
    if (seen < 0) {
      input.reject("revision", "must be a whole number, zero or more");
      return OptionalInt.empty();
    }
    return OptionalInt.of(seen);
  }

  /** The revision of a body that must have one; 0 when it has not, and the defect is noted. */
  public static int required(InputReader input, @Nullable SeenRevision body) {
    if (body == null || body.revision() == null) {
      input.reject("revision", "is required: what you change is the revision that you have seen");
    }
    return optional(input, body).orElse(0);
  }
}
