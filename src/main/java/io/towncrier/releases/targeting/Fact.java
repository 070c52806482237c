package io.towncrier.releases.targeting;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client may say of itself: the one list of facts, in the order in which a CDN keeps them in
 * its cache key (docs/adr/0013). All but the version are optional.
 */
public enum Fact {
  VERSION(0),
  COUNTRY(1),
  TIMEZONE(2),
  LANGUAGE(3),
  CHANNEL(4),
  COHORT(5),
  HARDWARE(6),
  COUNTER(7),
  MANUAL(8),
  /** In place of the cohort: inside of which rollouts the client is (docs/adr/0038). */
  ROLLOUTS(9);

  /** In their order; {@code values()} would copy them for each check. */
  public static final List<Fact> ALL = List.of(values());

  private final int place;
  private final String code = name().toLowerCase(Locale.ROOT);

  Fact(int place) {
    this.place = place;
  }

  /** In {@link #ALL}, from 0. */
  public int place() {
    return place;
  }

  /** A number with the bit of its place alone. */
  int bit() {
    return 1 << place;
  }

  /** As it stands in queries, bodies and metrics. */
  public String code() {
    return code;
  }

  /** The fact of a name in any case; empty when no fact is called so. */
  public static Optional<Fact> named(String name) {
    return ALL.stream().filter(fact -> fact.code.equalsIgnoreCase(name)).findFirst();
  }
}
