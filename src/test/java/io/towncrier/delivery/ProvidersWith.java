package io.towncrier.delivery;

import io.towncrier.devices.residency.Residency;
import io.towncrier.installation.EraseAgain;
import io.towncrier.installation.RecogniseRestore;
import io.towncrier.privacy.KeyCheck;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

/** The providers of the application, as they would be in another cell. */
@Singleton
public class ProvidersWith {
  private final Instance<PushProvider> all;
  private final KeyCheck keys;
  private final RecogniseRestore restore;
  private final EraseAgain erase;

  ProvidersWith(
      @Any Instance<PushProvider> all, KeyCheck keys, RecogniseRestore restore, EraseAgain erase) {
    this.all = all;
    this.keys = keys;
    this.restore = restore;
    this.erase = erase;
  }

  public PushProviders residency(Residency residency) {
    return new PushProviders(all, keys, restore, erase, residency);
  }
}
