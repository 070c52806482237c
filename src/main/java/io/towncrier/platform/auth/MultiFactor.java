package io.towncrier.platform.auth;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/**
 * What a token must say of its owner's sign-in before a change by an operator counts.
 *
 * @param acr accepted values of the {@code acr} claim
 * @param amr values of the {@code amr} claim of which one must be there
 */
public record MultiFactor(Set<String> acr, Set<String> amr) {
  private static final String ATTRIBUTE = "io.towncrier.multi-factor";

  // They stand in a quoted string, separated by spaces: RFC 9470 section 3, RFC 6749 appendix A.
  private static final Pattern VALUE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

  public MultiFactor {
    for (String value : acr) {
      if (!VALUE.matcher(value).matches()) {
        throw new IllegalArgumentException(
            "TOWNCRIER_SIGN_IN_ACR_VALUES has a value that cannot stand in a challenge: " + value);
      }
    }
    acr = Set.copyOf(acr);
    amr = Set.copyOf(amr);
  }

  /** Reads the settings. */
  public static MultiFactor of(SignInConfig config) {
    return new MultiFactor(
        config.acrValues().orElse(Set.of()), config.amrValues().orElse(Set.of()));
  }

  /** Whether a sign-in of this class or by these methods is enough. */
  boolean accepts(Optional<String> givenAcr, Collection<String> givenAmr) {
    return givenAcr.filter(acr::contains).isPresent() || givenAmr.stream().anyMatch(amr::contains);
  }

  /** Only a JWT shows how it was obtained; an opaque token does not count. */
  boolean shownBy(SecurityIdentity identity) {
    return identity.getPrincipal() instanceof JsonWebToken token
        && accepts(text(token.getClaim("acr")), texts(token.getClaim("amr")));
  }

  static String attribute() {
    return ATTRIBUTE;
  }

  /** Whether this caller has shown it: an operator by OIDC, or the local operator. */
  public static boolean isShown(SecurityIdentity caller) {
    return Boolean.TRUE.equals(caller.getAttribute(ATTRIBUTE));
  }

  /** The challenge to a caller who has signed in with one factor: RFC 9470 section 3. */
  public String challenge() {
    String asked =
        acr.isEmpty()
            ? ""
            : new TreeSet<>(acr).stream().collect(Collectors.joining(" ", ", acr_values=\"", "\""));
    return "Bearer error=\"insufficient_user_authentication\","
        + " error_description=\"Sign in with more than one factor\""
        + asked;
  }

  private static Optional<String> text(@Nullable Object claim) {
    if (claim instanceof JsonString json) {
      return Optional.of(json.getString());
    }
    return claim instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Set<String> texts(@Nullable Object claim) {
    return claim instanceof Collection<?> values
        ? values.stream().flatMap(v -> text(v).stream()).collect(Collectors.toSet())
        : Set.of();
  }
}
