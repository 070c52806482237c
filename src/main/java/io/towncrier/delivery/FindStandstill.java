package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.platform.Offload;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

  /** The provider that is configured may not be used in this cell (docs/adr/0045). */
  public static final String PROVIDER_NOT_ALLOWED = "provider-not-allowed";

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
                    : ofProviders());
  }

  /** Of one that works while another stands still, the notice waits for the other. */
  private Uni<Optional<Standstill>> ofProviders() {
    return because()
        .chain(
            because ->
                because.isPresent()
                    ? Uni.createFrom()
                        .item(Optional.of(new Standstill(because.get(), Duration.ZERO)))
                    : firstOf(providers.senders()));
  }

  private Uni<Optional<Standstill>> firstOf(List<PushProvider> left) {
    if (left.isEmpty()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return accounts
        .find(left.get(0).account())
        .map(found -> found.flatMap(FindStandstill::of))
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found)
                    : firstOf(left.subList(1, left.size())));
  }

  /** What keeps this process from pushing to some, apart from what the providers answer. */
  public Uni<Optional<String>> because() {
    return providers
        .mustNotClaim()
        .chain(
            because ->
                because.isPresent()
                    ? Uni.createFrom().item(because)
                    // It may look into a file.
                    : Offload.run(
                        () ->
                            providers.senders().stream().anyMatch(FindStandstill::isBroken)
                                ? Optional.of(UNUSABLE)
                                : Optional.empty()));
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

  /** Whether a provider cannot send at all by its configuration; may read files. */
  public static boolean isBroken(PushProvider provider) {
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
