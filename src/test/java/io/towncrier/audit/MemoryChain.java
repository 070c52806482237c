package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditLog.Head;
import io.towncrier.audit.AuditLog.Stored;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A chain of entries in memory, with what somebody with all rights may do to it. */
abstract class MemoryChain implements ChainLog {
  private final List<Stored> entries = new ArrayList<>();
  private Head start = new Head(0, AuditChain.START);
  private int pages;

  /** So many, at one moment. */
  void add(int count, Instant at) {
    for (int i = 0; i < count; i++) {
      Head end = end();
      long number = end.number() + 1;
      AuditEntry entry = new AuditEntry("olga", "done", "thing-" + number, "because", at);
      entries.add(new Stored(number, entry, AuditChain.next(end.hash(), number, entry)));
    }
  }

  /** A backup is restored: what came behind a number is gone. */
  void restore(long number) {
    entries.removeIf(entry -> entry.number() > number);
  }

  /** An entry becomes another one, and its hash stays. */
  void alter(long number) {
    entries.replaceAll(
        entry ->
            entry.number() == number
                ? new Stored(
                    number,
                    new AuditEntry("mallory", "done", "thing", "", entry.entry().at()),
                    entry.hash())
                : entry);
  }

  /** An entry goes, and those behind it stay. */
  void remove(long number) {
    entries.removeIf(entry -> entry.number() == number);
  }

  Head headAt(long number) {
    return entries.stream()
        .filter(entry -> entry.number() == number)
        .map(entry -> new Head(number, entry.hash()))
        .findFirst()
        .orElseThrow();
  }

  /** How many pages were read since this was asked. */
  int pages() {
    int read = pages;
    pages = 0;
    return read;
  }

  Head end() {
    return entries.isEmpty() ? start : headOf(entries.get(entries.size() - 1));
  }

  private static Head headOf(Stored entry) {
    return new Head(entry.number(), entry.hash());
  }

  @Override
  public Uni<List<Stored>> behind(long number, int limit) {
    pages++;
    return Uni.createFrom()
        .item(entries.stream().filter(entry -> entry.number() > number).limit(limit).toList());
  }

  @Override
  public Uni<Head> head() {
    return Uni.createFrom().item(end());
  }

  @Override
  public Uni<Head> start() {
    return Uni.createFrom().item(start);
  }

  @Override
  public Uni<Boolean> hasBefore(Instant moment) {
    return Uni.createFrom()
        .item(entries.stream().anyMatch(entry -> entry.entry().at().isBefore(moment)));
  }

  @Override
  public Uni<Void> beginBehind(List<Head> heads, Instant moment) {
    entries.stream()
        .filter(entry -> entry.entry().at().isBefore(moment))
        .map(MemoryChain::headOf)
        .filter(heads::contains)
        .max(Comparator.comparingLong(Head::number))
        .filter(head -> head.number() > start.number())
        .ifPresent(head -> start = head);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Integer> removeBeforeStart(int limit) {
    int before = entries.size();
    entries.removeIf(entry -> entry.number() <= start.number());
    return Uni.createFrom().item(before - entries.size());
  }

  /** Of changes. */
  static final class Changes extends MemoryChain implements AuditLog {
    @Override
    public String chain() {
      return CHANGES;
    }

    @Override
    public Uni<Void> append(AuditEntry entry) {
      throw new AssertionError("see add");
    }

    @Override
    public Uni<Page<Stored>> list(AuditFilter filter, PageRequest<Long> request) {
      throw new AssertionError("nobody looks at it here");
    }
  }

  /** Of reads. */
  static final class Reads extends MemoryChain implements ReadLog {
    @Override
    public String chain() {
      return READS;
    }

    @Override
    public Uni<Void> note(AuditEntry entry) {
      throw new AssertionError("see add");
    }

    @Override
    public Uni<Integer> chain(int limit) {
      throw new AssertionError("see add");
    }

    @Override
    public Uni<Page<Stored>> list(Optional<String> subject, PageRequest<Long> request) {
      throw new AssertionError("nobody looks at it here");
    }
  }
}
