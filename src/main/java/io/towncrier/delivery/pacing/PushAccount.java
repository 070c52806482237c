package io.towncrier.delivery.pacing;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What all who push for the same project know together.
 *
 * @param id of the project and the credential
 * @param budget of its quota
 * @param fuse of the pruning
 * @param breaker for all pushes with this credential
 * @param byProduct breakers for the devices of one product, whose platform may be refused alone
 */
public record PushAccount(
    AccountId id,
    SendBudget budget,
    PruneFuse fuse,
    Breaker breaker,
    Map<String, Breaker> byProduct) {
  public PushAccount {
    byProduct = Map.copyOf(byProduct);
  }

  public PushAccount with(SendBudget next) {
    return new PushAccount(id, next, fuse, breaker, byProduct);
  }

  public PushAccount with(PruneFuse next) {
    return new PushAccount(id, budget, next, breaker, byProduct);
  }

  public PushAccount with(Breaker next) {
    return new PushAccount(id, budget, fuse, next, byProduct);
  }

  /** With the breaker of one product. */
  public PushAccount with(String product, Breaker next) {
    Map<String, Breaker> all = new TreeMap<>(byProduct);
    all.put(product, next);
    return new PushAccount(id, budget, fuse, breaker, all);
  }

  /** Every breaker that lets one through has let it through. */
  public PushAccount probing(Instant now) {
    PushAccount next =
        breaker.state(now) == Breaker.State.PROBING ? with(breaker.probing(now)) : this;
    for (String product : products(Breaker.State.PROBING, now)) {
      next = next.with(product, of(product).probing(now));
    }
    return next;
  }

  public Breaker of(String product) {
    return byProduct.getOrDefault(product, Breaker.CLOSED);
  }

  /** Products whose breaker is in this state. */
  public Set<String> products(Breaker.State state, Instant now) {
    return byProduct.entrySet().stream()
        .filter(entry -> entry.getValue().state(now) == state)
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }
}
