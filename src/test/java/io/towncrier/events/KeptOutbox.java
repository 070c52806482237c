package io.towncrier.events;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An outbox in memory, of one process. */
final class KeptOutbox implements EventOutbox {
  final List<Due> waiting = new ArrayList<>();
  final List<String> ended = new ArrayList<>();
  private final Map<Key, Due> claimed = new HashMap<>();
  private final Map<Key, Instant> dueAt = new HashMap<>();
  private final List<Dead> dead = new ArrayList<>();
  int old;

  @Override
  public Uni<Void> add(Event event, Set<String> endpoints) {
    endpoints.forEach(endpoint -> waiting.add(new Due(event, endpoint, 0)));
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<List<Due>> claim(Instant now, Instant until, int limit) {
    List<Due> some =
        waiting.stream()
            .filter(each -> !dueAt.getOrDefault(each.key(), now).isAfter(now))
            .limit(limit)
            .toList();
    for (Due each : some) {
      claimed.put(each.key(), each);
      dueAt.put(each.key(), until);
    }
    return Uni.createFrom().item(some);
  }

  @Override
  public Uni<Void> taken(Key key, Instant at) {
    return end(key, "taken");
  }

  @Override
  public Uni<Void> again(Key key, Instant at, String reason) {
    Due due = claimed.get(key);
    waiting.removeIf(each -> each.key().equals(key));
    waiting.add(new Due(due.event(), due.endpoint(), due.attempts() + 1));
    dueAt.put(key, at);
    ended.add(key.event() + " again");
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> died(Key key, Instant at, String reason) {
    Due due = claimed.get(key);
    dead.add(new Dead(key, due.event().topic(), due.attempts() + 1, reason, at));
    return end(key, reason);
  }

  private Uni<Void> end(Key key, String how) {
    waiting.removeIf(each -> each.key().equals(key));
    ended.add(key.event() + " " + how);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Page<Dead>> dead(PageRequest<Key> request) {
    List<Dead> descending =
        dead.stream()
            .sorted(Comparator.comparing((Dead one) -> one.key().event()).reversed())
            .toList();
    return Uni.createFrom().item(Page.within(descending, request, Dead::key));
  }

  @Override
  public Uni<Boolean> revive(Key key, Instant now) {
    boolean was = dead.removeIf(one -> one.key().equals(key));
    if (was) {
      dueAt.put(key, now);
      waiting.add(new Due(claimed.get(key).event(), key.endpoint(), 0));
    }
    return Uni.createFrom().item(was);
  }

  @Override
  public Uni<Integer> prune(Instant before, int limit) {
    int removed = Math.min(old, limit);
    old -= removed;
    return Uni.createFrom().item(removed);
  }
}
