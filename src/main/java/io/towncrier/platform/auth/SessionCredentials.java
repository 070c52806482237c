package io.towncrier.platform.auth;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import java.util.Optional;

/** Knows who is signed in to the console. */
public interface SessionCredentials {
  /**
   * Whom a session stands for; empty when it has ended or there is none.
   *
   * @param session what the cookie holds
   * @param byTimer whether nobody asked but a timer of the page, which keeps no session alive
   */
  Uni<Optional<SignedIn>> callerOf(Secret session, boolean byTimer);

  /**
   * Somebody who is signed in.
   *
   * @param name the subject
   * @param role operator or viewer
   * @param multiFactor whether the sign-in was by more than one factor
   */
  record SignedIn(String name, String role, boolean multiFactor) {}
}
