package io.towncrier.console;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import java.net.URI;
import java.util.Optional;

/** The OIDC provider, as somebody who signs in to the console meets it. */
public interface AuthServer {
  /** Whether people can sign in to the console by it. */
  boolean isSetUp();

  /**
   * Where a browser begins to sign in.
   *
   * @param acrValues of a sign-in that has to be stronger than the last one (RFC 9470)
   */
  Uni<URI> entrance(SignInAttempt attempt, Optional<String> acrValues);

  /** The access token for a code; empty when the provider gives none for it. */
  Uni<Optional<Secret>> redeem(String code, SignInAttempt attempt);

  /** The provider does not answer, or answers with something else. */
  final class Away extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Away(String what) {
      super(what);
    }
  }
}
