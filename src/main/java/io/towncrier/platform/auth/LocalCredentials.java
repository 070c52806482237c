package io.towncrier.platform.auth;

import io.towncrier.platform.Secret;
import java.util.Optional;

/** A credential that the plain server knows by itself; asked only when no OIDC is configured. */
public interface LocalCredentials {
  /** Whom this token stands for; empty when it is none of these. */
  Optional<Caller> callerOf(Secret token);

  /**
   * Somebody who proved who they are.
   *
   * @param name the subject
   * @param role one of {@link Roles}
   * @param mark of the credential, which tells nothing of it; sessions end when it counts no more
   */
  record Caller(String name, String role, String mark) {}

  /** Whether the credential that has this mark counts still. */
  boolean counts(String mark);
}
