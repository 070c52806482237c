package io.towncrier.platform.auth;

import io.towncrier.platform.InputReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Why an operator looks at one person's data. It comes in a header, since queries stand in the logs
 * of what is in between. A header takes ASCII alone: what is beyond comes as in addresses.
 */
public final class ReadReason {
  private static final String HEADER = "Towncrier-Reason";

  private static final int LONGEST = 500;

  private ReadReason() {}

  /** The reason; without one, or with one in which there is nothing to see, the defect is noted. */
  public static String read(InputReader input, @Nullable String header) {
    if (header == null || header.isBlank()) {
      input.reject(HEADER, "is required: say why you look at the data of this person");
      return "";
    }
    return input.visibleText(HEADER, decoded(header), LONGEST);
  }

  /**
   * As read, where nothing else can be wrong.
   *
   * @throws io.towncrier.platform.ProblemException invalid-request
   */
  public static String required(@Nullable String header) {
    InputReader input = new InputReader();
    String reason = read(input, header);
    input.finish();
    return reason;
  }

  /** As a person wrote it; one with a % that begins no escape is as it stands. */
  private static String decoded(String header) {
    try {
      return URLDecoder.decode(header.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return header;
    }
  }
}
