package io.towncrier.delivery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.util.List;

/** Chooses the provider that is configured. */
@ApplicationScoped
public class PushProviders {
  private final Instance<PushProvider> all;

  PushProviders(@Any Instance<PushProvider> all) {
    this.all = all;
  }

  /** The one that sends. */
  public PushProvider current() {
    List<PushProvider> configured = all.stream().filter(PushProvider::isConfigured).toList();
    if (configured.size() != 1) {
      throw new IllegalStateException("exactly one push provider must be configured");
    }
    return configured.get(0);
  }
}
