package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.platform.Offload;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Finds out what keeps every push from going out, if anything does. */
@ApplicationScoped
public class FindStandstill {
  /** The log names the file; this is shown to every caller. */
  public static final String UNUSABLE = "credentials-unusable";

  /** An operator has halted the pushes of the whole cell. */
  public static final String HALTED = "pushes-halted";

  /** No push provider is configured: pushes wait. */
  public static final String NO_CREDENTIALS = "no-credentials";

  /** The master key is not the one of the database. */
  public static final String WRONG_MASTER_KEY = "wrong-master-key";

  /** The database was restored, and no operator has let pushes go on. */
  public static final String RESTORED = "restored";

  private final PushHalts halts;
  private final PushProviders providers;
  private final PushAccounts accounts;

  FindStandstill(PushHalts halts, PushProviders providers, PushAccounts accounts) {
    this.halts = halts;
    this.providers = providers;
    this.accounts = accounts;
  }

  /**
   * Empty when pushes go out, as far as it is known.
   *
   * @param security whether it is asked for what is about security
   */
  public Uni<Optional<Standstill>> run(boolean security) {
    return halts
        .find()
        .chain(
            halt ->
                halt.since(security).isPresent()
                    ? Uni.createFrom().item(Optional.of(new Standstill(HALTED, Duration.ZERO)))
                    : ofProvider());
  }

  private Uni<Optional<Standstill>> ofProvider() {
    PushProvider provider = providers.current();
    return because()
        .chain(
            because ->
                because.isPresent()
                    ? Uni.createFrom()
                        .item(Optional.of(new Standstill(because.get(), Duration.ZERO)))
                    : accounts
                        .find(provider.account())
                        .map(found -> found.flatMap(FindStandstill::of)));
  }

  /** What keeps this process from pushing anything, apart from what the provider answers. */
  public Uni<Optional<String>> because() {
    PushProvider provider = providers.current();
    return providers
        .mustNotClaim()
        .chain(
            because ->
                because.isPresent()
                    ? Uni.createFrom().item(because)
                    // It may look into a file.
                    : Offload.run(
                        () -> isBroken(provider) ? Optional.of(UNUSABLE) : Optional.empty()));
  }

  /** Of an account: pure. */
  static Optional<Standstill> of(PushAccounts.Known known) {
    Breaker breaker = known.account().breaker();
    Instant now = known.now();
    if (breaker.state(now) == Breaker.State.CLOSED) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, breaker.openUntil());
    return Optional.of(
        new Standstill(breaker.because().orElse(""), left.isNegative() ? Duration.ZERO : left));
  }

  /** Whether the provider cannot send at all by its configuration. */
  private static boolean isBroken(PushProvider provider) {
    try {
      return provider.defect().isPresent();
    } catch (IllegalStateException misconfigured) {
      return true;
    }
  }

  /**
   * Nothing goes out.
   *
   * @param because code of the provider, or ours
   * @param atLeast how long nothing is tried
   */
  public record Standstill(String because, Duration atLeast) {}
}
