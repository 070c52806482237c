package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.PushProvider;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.devices.PushAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which deliveries are claimed for a provider (docs/adr/0061).
 *
 * @param provider that sends what is claimed
 * @param label of the deliveries that are claimed: whose address the device had when it was last
 *     looked at
 * @param account that it sends with
 * @param limits of its pace
 * @param senders names of what sends, by whose addresses it reaches
 * @param allowed providers whose addresses may be used in this cell
 * @param others accounts of the other senders, by whose addresses they reach
 */
record Route(
    PushProvider provider,
    String label,
    AccountId account,
    Limits limits,
    Map<String, String> senders,
    Set<String> allowed,
    Map<String, AccountId> others) {
  /**
   * Those of one provider. What goes to addresses that nobody here reaches is looked at by the
   * first of all: it has to be settled too.
   */
  static List<Route> of(PushProvider provider, PushProviders providers, DeliveryConfig config) {
    Map<String, String> senders = new TreeMap<>();
    Map<String, AccountId> others = new TreeMap<>();
    providers
        .working()
        .forEach(
            (name, sender) -> {
              senders.put(name, sender.name());
              if (!sender.name().equals(provider.name())) {
                others.put(name, sender.account());
              }
            });
    Set<String> allowed = new TreeSet<>();
    PushAddress.PROVIDERS.stream().filter(providers::allows).forEach(allowed::add);
    boolean isFirst = providers.senders().get(0).name().equals(provider.name());
    List<String> own = new ArrayList<>();
    List<String> nobodys = new ArrayList<>();
    for (String name : PushAddress.PROVIDERS) {
      if (provider.name().equals(senders.get(name))) {
        own.add(name);
      } else if (isFirst && !senders.containsKey(name)) {
        nobodys.add(name);
      }
    }
    own.addAll(nobodys);
    AccountId account = provider.account();
    return own.stream()
        .map(
            label ->
                new Route(
                    provider, label, account, config.limitsOf(provider), senders, allowed, others))
        .toList();
  }

  /** Whether an address may be used in this cell. */
  boolean allows(PushAddress address) {
    return allowed.contains(address.provider());
  }

  /** Whether this provider reaches an address. */
  boolean reaches(PushAddress address) {
    return provider.name().equals(senders.get(address.provider()));
  }

  /** Whether any provider here reaches an address. */
  boolean isReached(PushAddress address) {
    return senders.containsKey(address.provider());
  }
}
