package io.towncrier.delivery;

import io.towncrier.devices.residency.Residencies;
import java.util.stream.Stream;

/** Providers in a cell that allows them, for tests of other packages that claim nothing. */
public final class ProvidersOf {
  private ProvidersOf() {}

  @SuppressWarnings("NullAway")
  public static PushProviders cell(PushProvider provider) {
    return new PushProviders(
        () -> Stream.of(provider), null, null, null, Residencies.allowing(provider.name()));
  }
}
