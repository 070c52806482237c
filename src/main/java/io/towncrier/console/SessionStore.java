package io.towncrier.console;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.Indexes;
import java.time.Instant;
import java.util.Optional;

/** The sessions of the console. Of the secret in the cookie only a hash is kept. */
public interface SessionStore {
  /** Keeps a new session, and forgets some that have ended. */
  Uni<Void> add(byte[] hash, Session session);

  /** A session that was not ended. */
  Uni<Optional<Session>> find(Indexes hashes);

  /** Notes that somebody used it. */
  Uni<Void> used(Indexes hashes, Instant at);

  /** Ends it for good. */
  Uni<Void> remove(Indexes hashes);

  /**
   * Somebody who is signed in.
   *
   * @param role operator or viewer
   * @param mark of the local credential that opened it; of one that OIDC has opened it is empty, or
   *     says that it is a viewer's
   * @param usedAt when somebody used it last, to the minute
   */
  record Session(
      String operator,
      String role,
      boolean multiFactor,
      String mark,
      Instant openedAt,
      Instant usedAt) {
    Session usedAt(Instant now) {
      return new Session(operator, role, multiFactor, mark, openedAt, now);
    }
  }
}
