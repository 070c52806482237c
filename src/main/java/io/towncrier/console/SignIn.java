package io.towncrier.console;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.platform.auth.LocalCredentials;
import io.towncrier.platform.auth.OidcUse;
import io.towncrier.platform.auth.OneTimeCodes;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.limits.TokenBuckets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Signs somebody in to the console with the local token, or a code of dev mode. */
@ApplicationScoped
public class SignIn {
  private static final int TRIES = 5;
  private static final Duration TRY_AGAIN = Duration.ofMinutes(1).dividedBy(TRIES);
  private static final int SOURCES = 10_000;
  private static final Set<String> MAY_LOOK = Set.of(Roles.OPERATOR, Roles.VIEWER);

  private final ConsoleSessions sessions;
  private final OidcUse oidc;
  private final Instance<LocalCredentials> local;
  private final Instance<OneTimeCodes> codes;
  private final TokenBuckets wrongTries;

  SignIn(
      ConsoleSessions sessions,
      OidcUse oidc,
      Instance<LocalCredentials> local,
      Instance<OneTimeCodes> codes,
      InstantSource clock) {
    this.sessions = sessions;
    this.oidc = oidc;
    this.local = local;
    this.codes = codes;
    this.wrongTries = new TokenBuckets(clock, TRIES, TRY_AGAIN, SOURCES);
  }

  /** What becomes of a try. */
  public sealed interface Outcome {}

  /** The secret of the new session, for the cookie. */
  public record Opened(Secret session, String operator) implements Outcome {}

  /** No operator's credential. */
  public record Wrong() implements Outcome {}

  /** Too many were wrong: none is looked at for a time. */
  public record Wait(Duration time) implements Outcome {}

  /**
   * Tries a token.
   *
   * @param source where the try comes from
   */
  public Uni<Outcome> withToken(Secret token, String source) {
    return attempt(
        source,
        () ->
            oidc.isConfigured()
                ? Optional.empty()
                : local.stream().flatMap(l -> l.callerOf(token).stream()).findFirst());
  }

  /** Tries a code, which counts once. */
  public Uni<Outcome> withCode(Secret code, String source) {
    return attempt(source, () -> codes.stream().flatMap(c -> c.redeem(code).stream()).findFirst());
  }

  private Uni<Outcome> attempt(String source, Supplier<Optional<LocalCredentials.Caller>> look) {
    Optional<Duration> wait = wrongTries.look(source);
    if (wait.isPresent()) {
      return Uni.createFrom().item(new Wait(wait.get()));
    }
    Optional<LocalCredentials.Caller> caller =
        look.get().filter(found -> MAY_LOOK.contains(found.role()));
    if (caller.isEmpty()) {
      Optional<Duration> taken = wrongTries.take(source);
      return Uni.createFrom().item(taken.<Outcome>map(Wait::new).orElseGet(Wrong::new));
    }
    return sessions.open(caller.get()).map(session -> new Opened(session, caller.get().name()));
  }
}
