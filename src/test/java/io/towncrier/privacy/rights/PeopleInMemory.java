package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.Indexes;
import io.towncrier.privacy.Sealed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Accounts without devices; a subject's hash is its bytes. */
final class PeopleInMemory implements People {
  private static final Instant SINCE = Instant.parse("2026-05-04T08:00:00Z");

  private final Map<String, String> subjects = new TreeMap<>();
  private final Consumer<String> log;

  /** Says what it does. */
  PeopleInMemory(Consumer<String> log) {
    this.log = log;
  }

  void add(String account, String subject) {
    subjects.put(account, subject);
  }

  @Override
  public Indexes indexOf(Secret subject) {
    return Indexes.only(bytes(subject.reveal()));
  }

  @Override
  public Uni<Optional<String>> hold(Indexes index) {
    return Uni.createFrom()
        .item(
            () ->
                subjects.entrySet().stream()
                    .filter(account -> index.contain(bytes(account.getValue())))
                    .map(Map.Entry::getKey)
                    .findFirst());
  }

  @Override
  public Uni<Optional<Account>> lock(Indexes index) {
    return hold(index)
        .map(found -> found.map(id -> new Account(id, new Sealed(bytes(subjects.get(id))), SINCE)));
  }

  @Override
  public Uni<List<String>> cutOff(String account) {
    return Uni.createFrom()
        .item(
            () -> {
              log.accept("cut off " + account);
              subjects.remove(account);
              return List.of();
            });
  }

  @Override
  public Uni<List<String>> ids(String after, int limit) {
    return Uni.createFrom()
        .item(
            () ->
                subjects.keySet().stream()
                    .filter(id -> id.compareTo(after) > 0)
                    .limit(limit)
                    .toList());
  }

  @Override
  public Uni<Void> awaitNothingInFlight(String owner) {
    return Uni.createFrom().voidItem();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
