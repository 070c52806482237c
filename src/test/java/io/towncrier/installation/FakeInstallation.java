package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A database and its witness in memory. */
final class FakeInstallation implements InstallationStore, Outside, Transactions {
  static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");

  Known kept =
      new Known(
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
  Optional<String> cluster = Optional.of("cluster-1");
  Optional<String> marker = Optional.of("inode 7");
  Optional<Testimony> told = Optional.empty();
  List<Here> here = List.of();
  List<Sent> sent = List.of(new Sent("ntc_1", 40));
  boolean away;
  boolean witnessAway;
  final FakeReplay replay = new FakeReplay();

  /** As a restore to the moment of that mark. */
  void restoreTo(long mark) {
    kept =
        new Known(
            kept.systemIdentifier(),
            kept.marker(),
            mark,
            Optional.of(NOON),
            Optional.empty(),
            Optional.empty());
  }

  @Override
  public Uni<Known> lock() {
    return answer(kept);
  }

  @Override
  public Uni<Known> find() {
    return answer(kept);
  }

  @Override
  public Uni<Optional<String>> systemIdentifier() {
    return answer(cluster);
  }

  @Override
  public Uni<Void> adopt(Optional<String> systemIdentifier, Optional<String> marker) {
    kept = with(systemIdentifier, marker, kept.mark(), kept.heldBecause());
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> hold(String because) {
    kept = with(kept.systemIdentifier(), kept.marker(), kept.mark(), Optional.of(because));
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> accept(Optional<String> systemIdentifier, Optional<String> marker, long above) {
    kept = with(systemIdentifier, marker, Math.max(kept.mark(), above) + 1, Optional.empty());
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Mark> raise() {
    kept = with(kept.systemIdentifier(), kept.marker(), kept.mark() + 1, kept.heldBecause());
    return answer(new Mark(kept.mark(), NOON));
  }

  @Override
  public Uni<List<Sent>> sentOfLate() {
    return answer(sent);
  }

  @Override
  public Uni<List<Here>> here(List<String> notices) {
    return answer(here.stream().filter(one -> notices.contains(one.notice())).toList());
  }

  @Override
  public Optional<String> marker() {
    return marker;
  }

  @Override
  public Optional<Testimony> witness() {
    if (witnessAway) {
      throw new IllegalStateException("the witness is away");
    }
    return told;
  }

  @Override
  public void tell(Testimony testimony) {
    told = told.filter(known -> known.mark() > testimony.mark()).or(() -> Optional.of(testimony));
  }

  @Override
  public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
    return work.get();
  }

  @Override
  public <T> Uni<T> inLightTransaction(Supplier<Uni<T>> work) {
    return work.get();
  }

  private static Known with(
      Optional<String> systemIdentifier,
      Optional<String> marker,
      long mark,
      Optional<String> heldBecause) {
    return new Known(
        systemIdentifier,
        marker,
        mark,
        Optional.of(NOON),
        heldBecause,
        heldBecause.map(because -> NOON));
  }

  private <T> Uni<T> answer(T item) {
    return away
        ? Uni.createFrom().failure(new IllegalStateException("away"))
        : Uni.createFrom().item(item);
  }
}
