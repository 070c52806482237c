package io.towncrier.console;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.LocalCredentials;
import io.towncrier.platform.auth.OidcUse;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.auth.SessionCredentials;
import io.towncrier.privacy.BlindIndex;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Who is signed in to the console (docs/adr/0056). */
@ApplicationScoped
public class ConsoleSessions implements SessionCredentials {
  /** After which time it ends in any case. */
  public static final Duration LONGEST = SessionLife.LONGEST;

  private static final String PURPOSE = "console-session";

  /**
   * The former version knows no viewers, and takes every session without a mark for an operator's:
   * with this mark it takes it for none.
   */
  private static final String OF_VIEWER = "viewer";

  private final BlindIndex index;
  private final ConsoleConfig config;
  private final OidcUse oidc;
  private final Instance<LocalCredentials> local;
  private final SessionLife life;

  ConsoleSessions(
      SessionStore store,
      BlindIndex index,
      InstantSource clock,
      ConsoleConfig config,
      OidcUse oidc,
      Instance<LocalCredentials> local) {
    this.index = index;
    this.config = config;
    this.oidc = oidc;
    this.local = local;
    this.life = new SessionLife(store, clock, this::counts);
  }

  /**
   * Opens a session for the holder of a local credential; what is returned goes into the cookie and
   * is kept nowhere.
   */
  public Uni<Secret> open(LocalCredentials.Caller caller) {
    return open(new SignedIn(caller.name(), caller.role(), true), caller.mark());
  }

  /** Opens a session for somebody whom the OIDC provider has signed in. */
  public Uni<Secret> open(SignedIn caller) {
    return open(caller, caller.role().equals(Roles.VIEWER) ? OF_VIEWER : "");
  }

  private Uni<Secret> open(SignedIn caller, String mark) {
    Secret id = Ids.nextSecret("ses");
    return life.open(index.of(PURPOSE, id), caller, mark).replaceWith(id);
  }

  /** Ends a session; other processes take it for at most 5 seconds more. */
  public Uni<Void> end(Secret id) {
    return life.end(index.all(PURPOSE, id));
  }

  @Override
  public Uni<Optional<SignedIn>> callerOf(Secret id, boolean byTimer) {
    return config.operators()
        ? life.callerOf(index.all(PURPOSE, id), byTimer)
        : Uni.createFrom().item(Optional.empty());
  }

  /** Where there is OIDC, the sessions that it has opened count, and those of local tokens not. */
  private boolean counts(String mark) {
    boolean byOidc = mark.isEmpty() || mark.equals(OF_VIEWER);
    return byOidc
        ? oidc.isConfigured()
        : !oidc.isConfigured() && local.stream().anyMatch(l -> l.counts(mark));
  }
}
