package io.towncrier.platform.rest.guards;

import io.towncrier.platform.InputReader;
import io.towncrier.platform.rest.body.SmallBody;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of an act that reaches more devices than before. */
@Schema(name = "Widening")
public record Widening(@Nullable Integer revision, @Nullable Long expectedAtMost)
    implements SmallBody {
  /** A body that may be missing altogether. */
  public static Widening of(@Nullable Widening body) {
    return body == null ? new Widening(null, null) : body;
  }

  /** How many devices the operator was shown, if that is said; a defect is noted. */
  public OptionalLong expected(InputReader input) {
    return expected(input, expectedAtMost);
  }

  /** The same of a member of another body. */
  public static OptionalLong expected(InputReader input, @Nullable Long member) {
    if (member == null) {
      return OptionalLong.empty();
    }
    return checked(input, member);
  }

  /**
   * The same of a parameter of the query. One that is given and empty is a defect: a variable that
   * is not set must not take away the guard.
   */
  public static OptionalLong expectedIn(InputReader input, @Nullable String parameter) {
    if (parameter == null) {
      return OptionalLong.empty();
    }
    try {
      return checked(input, Long.parseLong(parameter));
    } catch (NumberFormatException malformed) {
      return checked(input, -1);
    }
  }

  private static OptionalLong checked(InputReader input, long devices) {
    if (devices < 0) {
      input.reject("expectedAtMost", "must be a whole number, zero or more");
      return OptionalLong.empty();
    }
    return OptionalLong.of(devices);
  }
}
