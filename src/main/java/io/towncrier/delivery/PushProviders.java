package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.installation.RecogniseRestore;
import io.towncrier.privacy.KeyCheck;
import io.towncrier.privacy.KeyVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.Optional;

/** Chooses the provider that is configured, and knows what forbids it to push at all. */
@ApplicationScoped
public class PushProviders {
  private static final PushProvider NONE = new NoPushProvider();

  private final Instance<PushProvider> all;
  private final KeyCheck keys;
  private final RecogniseRestore restore;

  PushProviders(@Any Instance<PushProvider> all, KeyCheck keys, RecogniseRestore restore) {
    this.all = all;
    this.keys = keys;
    this.restore = restore;
  }

  /** The one that sends; one that sends nothing where none is configured. */
  public PushProvider current() {
    List<PushProvider> configured = all.stream().filter(PushProvider::isConfigured).toList();
    if (configured.size() > 1) {
      throw new IllegalStateException("more than one push provider is configured");
    }
    return configured.isEmpty() ? NONE : configured.get(0);
  }

  /**
   * Why this process must claim nothing, if there is a reason: what it claims it could not send,
   * and nobody else would. A code, as health and progress tell it.
   */
  public Uni<Optional<String>> mustNotClaim() {
    return keys.run()
        .chain(
            verdict ->
                verdict instanceof KeyVerdict.Fits
                    ? restore.heldBecause().map(this::ofRightKey)
                    : Uni.createFrom().item(Optional.of(FindStandstill.WRONG_MASTER_KEY)));
  }

  private Optional<String> ofRightKey(Optional<String> held) {
    if (held.isPresent()) {
      return Optional.of(FindStandstill.RESTORED);
    }
    return current() == NONE ? Optional.of(FindStandstill.NO_CREDENTIALS) : Optional.empty();
  }
}
