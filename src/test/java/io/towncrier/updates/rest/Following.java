package io.towncrier.updates.rest;

import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Share;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.updates.AskedFor;
import io.towncrier.updates.CheckResult;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A client that follows the contract: it sends what the last answer named, and asks again once when
 * it has something that it is asked for.
 */
final class Following {
  private final RandomClient client;
  private Function<RandomClient, CheckResult> service;
  private Set<Fact> remembered = EnumSet.noneOf(Fact.class);
  private List<Share> rollouts = List.of();
  private int requests;

  Following(RandomClient client, Function<RandomClient, CheckResult> service) {
    this.client = client;
    this.service = service;
  }

  /** From now on it asks there. */
  Following through(Function<RandomClient, CheckResult> other) {
    service = other;
    return this;
  }

  /** As if an earlier answer had named these. */
  Following remembering(Set<Fact> facts) {
    remembered = EnumSet.copyOf(facts);
    return this;
  }

  /** One check, of one request or two; what the client acts on. */
  CheckResult check() {
    requests = 0;
    RandomClient said = said(remembered);
    CheckResult first = send(said);
    boolean hasMore =
        first.asked().orElseThrow().missing().codes().stream()
            .flatMap(code -> Fact.named(code).stream())
            .anyMatch(fact -> client.get(fact) != null);
    return hasMore ? send(said(remembered)) : first;
  }

  /** Of the last check. */
  int requests() {
    return requests;
  }

  /** Facts of the last answer that it acted on. */
  Set<Fact> remembered() {
    return remembered;
  }

  private CheckResult send(RandomClient said) {
    requests++;
    CheckResult answer = service.apply(said);
    AskedFor asked = answer.asked().orElseThrow();
    remembered =
        Fact.ALL.stream()
            .filter(asked.matters()::has)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fact.class)));
    rollouts = asked.rollouts();
    return answer;
  }

  private RandomClient said(Set<Fact> facts) {
    EnumSet<Fact> kept = EnumSet.copyOf(facts);
    // That the user asks is said whenever it is so.
    kept.addAll(EnumSet.of(Fact.VERSION, Fact.MANUAL));
    kept.remove(Fact.ROLLOUTS);
    Optional<String> cohort = Optional.ofNullable(client.get(Fact.COHORT));
    RandomClient said = client.saying(kept);
    return kept.contains(Fact.COHORT) && cohort.isPresent() && !rollouts.isEmpty()
        ? said.with(Fact.COHORT, null).with(Fact.ROLLOUTS, claims(cohort.get()))
        : said;
  }

  private String claims(String cohort) {
    return rollouts.stream()
        .map(r -> r.id() + (Bucket.of(r.salt(), cohort) < r.buckets() ? "-in" : "-out"))
        .collect(Collectors.joining("."));
  }
}
