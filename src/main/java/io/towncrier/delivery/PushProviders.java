package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.residency.Residency;
import io.towncrier.installation.EraseAgain;
import io.towncrier.installation.RecogniseRestore;
import io.towncrier.privacy.KeyCheck;
import io.towncrier.privacy.KeyVerdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Knows the providers that are configured, and what forbids them to push at all. */
@ApplicationScoped
public class PushProviders {
  private static final PushProvider NONE = new NoPushProvider();

  private final Supplier<Stream<PushProvider>> all;
  private final KeyCheck keys;
  private final RecogniseRestore restore;
  private final EraseAgain erase;
  private final Residency residency;

  @Inject
  PushProviders(
      @Any Instance<PushProvider> all,
      KeyCheck keys,
      RecogniseRestore restore,
      EraseAgain erase,
      Residency residency) {
    this(all::stream, keys, restore, erase, residency);
  }

  PushProviders(
      Supplier<Stream<PushProvider>> all,
      KeyCheck keys,
      RecogniseRestore restore,
      EraseAgain erase,
      Residency residency) {
    this.erase = erase;
    this.all = all;
    this.keys = keys;
    this.restore = restore;
    this.residency = residency;
  }

  /**
   * Those that send, by whose addresses they reach. It is a matter of the configuration alone, and
   * stays as it is. A provider that may not be used in this cell is never asked for anything, so it
   * makes no client.
   */
  public SortedMap<String, PushProvider> working() {
    SortedMap<String, PushProvider> working = new TreeMap<>();
    for (String name : PushAddress.PROVIDERS) {
      if (residency.allowsProvider(name)) {
        configured(name).or(this::fallback).ifPresent(provider -> working.put(name, provider));
      }
    }
    return Collections.unmodifiableSortedMap(working);
  }

  /** The same, each once: one that stands in for several is one sender. */
  public List<PushProvider> senders() {
    Map<String, PushProvider> byName = new LinkedHashMap<>();
    working().values().forEach(provider -> byName.putIfAbsent(provider.name(), provider));
    return List.copyOf(byName.values());
  }

  /** The one that reaches addresses of a provider; one that sends nothing where there is none. */
  public PushProvider reaching(String name) {
    return working().getOrDefault(name, NONE);
  }

  /** Whether addresses of a provider may be used in this cell at all. */
  public boolean allows(String name) {
    return residency.allowsProvider(name);
  }

  /**
   * Where pushes go, for the operator.
   *
   * @throws IllegalStateException when a configuration cannot work, saying why
   */
  public String description() {
    List<PushProvider> senders = senders();
    return senders.isEmpty()
        ? NONE.description()
        : senders.stream().map(PushProvider::description).collect(Collectors.joining("; "));
  }

  private Optional<PushProvider> configured(String name) {
    List<PushProvider> configured =
        all.get()
            .filter(provider -> !provider.isFallback() && provider.name().equals(name))
            .filter(PushProvider::isConfigured)
            .toList();
    if (configured.size() > 1) {
      throw new IllegalStateException("more than one push provider is configured for " + name);
    }
    return configured.stream().findFirst();
  }

  private Optional<PushProvider> fallback() {
    return all.get().filter(PushProvider::isFallback).findFirst();
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
                    ? held().map(this::ofRightKey)
                    : Uni.createFrom().item(Optional.of(FindStandstill.WRONG_MASTER_KEY)));
  }

  /** What was erased since the backup is not told either, though an operator has accepted it. */
  private Uni<Optional<String>> held() {
    return restore
        .heldBecause()
        .chain(
            because ->
                because.isPresent() || erase.isDone()
                    ? Uni.createFrom().item(because)
                    : erase
                        .isDue()
                        .map(due -> due ? Optional.of(FindStandstill.RESTORED) : because));
  }

  private Optional<String> ofRightKey(Optional<String> held) {
    if (held.isPresent()) {
      return Optional.of(FindStandstill.RESTORED);
    }
    if (!working().isEmpty()) {
      return Optional.empty();
    }
    boolean isForbidden = all.get().anyMatch(PushProvider::isConfigured);
    return Optional.of(
        isForbidden ? FindStandstill.PROVIDER_NOT_ALLOWED : FindStandstill.NO_CREDENTIALS);
  }
}
