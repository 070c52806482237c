package io.towncrier.console;

import io.towncrier.platform.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sign-in that is under way at the provider. The browser that began it keeps it in a cookie, so
 * that no other browser can end it.
 *
 * @param state comes back with the code (RFC 6749 section 10.12)
 * @param verifier without which the code is worth nothing (RFC 7636)
 * @param back where in the console it leads: what stands behind {@code #}, or nothing
 */
public record SignInAttempt(String state, String verifier, String back) {
  private static final Pattern COOKIE =
      Pattern.compile("(sta_[0-9a-z]{40,80})\\.(ver_[0-9a-z]{40,80})\\.([A-Za-z0-9_-]{0,700})");

  /** A place of the console, and nothing else: it stands in the address that is gone to. */
  private static final Pattern PLACE = Pattern.compile("#/[A-Za-z0-9._~:/?=&%@+-]{0,480}");

  /** A new one; a place that is none of the console is left out. */
  public static SignInAttempt begin(String back) {
    return new SignInAttempt(
        Ids.nextSecret("sta").reveal(),
        Ids.nextSecret("ver").reveal(),
        PLACE.matcher(back).matches() ? back : "");
  }

  /** As the cookie has it; empty when it is none of ours. */
  public static Optional<SignInAttempt> read(String cookie) {
    Matcher parts = COOKIE.matcher(cookie);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String back = text(parts.group(3));
    return Optional.of(
        new SignInAttempt(
            parts.group(1), parts.group(2), PLACE.matcher(back).matches() ? back : ""));
  }

  /** For the cookie. */
  public String written() {
    return state + "." + verifier + "." + encoded(back.getBytes(StandardCharsets.UTF_8));
  }

  /** What the provider is shown of the verifier: {@code S256}. */
  public String challenge() {
    try {
      return encoded(
          MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** Whether an answer of the provider belongs to it. */
  public boolean isAnsweredBy(String shown) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
  }

  /** Without what makes it worth something. */
  @Override
  public String toString() {
    return "SignInAttempt[" + back + "]";
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String text(String encoded) {
    try {
      return new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
