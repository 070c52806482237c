package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a restored database differs, and lets its pushes go on; where functions serve. The
 * plain server has a command for it, which works while nothing serves.
 */
@ApplicationScoped
public class AcceptRestore {
  private final InstallationStore store;
  private final Outside outside;
  private final AuditLog audit;
  private final Transactions transactions;
  private final InstantSource clock;

  AcceptRestore(
      InstallationStore store,
      Outside outside,
      AuditLog audit,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.outside = outside;
    this.audit = audit;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Changes nothing. */
  public Uni<Shown> show() {
    return seen().chain(seen -> store.find().chain(known -> shown(known, seen)));
  }

  /**
   * Keeps what the database is from now on. When this returns, every process pushes again within
   * five seconds.
   *
   * @param by who says so, for the audit
   * @return what was shown before
   */
  public Uni<Shown> accept(String by) {
    return seen()
        .chain(
            seen ->
                transactions.inTransaction(
                    () ->
                        store
                            .lock()
                            .chain(known -> shown(known, seen))
                            .call(shown -> accept(by, shown, seen))));
  }

  private Uni<Void> accept(String by, Shown shown, Seen seen) {
    return store
        .accept(seen.cluster, seen.marker, seen.witness.map(Outside.Testimony::mark).orElse(0L))
        .chain(
            () ->
                audit.append(
                    new AuditEntry(
                        by,
                        "restore.accepted",
                        "installation",
                        shown.heldBecause().orElse("nothing waited"),
                        clock.instant())));
  }

  private Uni<Seen> seen() {
    return store
        .systemIdentifier()
        .chain(
            cluster -> Offload.run(() -> new Seen(cluster, outside.marker(), outside.witness())));
  }

  private Uni<Shown> shown(InstallationStore.Known known, Seen seen) {
    List<Outside.Sent> told = seen.witness.map(Outside.Testimony::notices).orElse(List.of());
    return store
        .here(told.stream().map(Outside.Sent::notice).toList())
        .map(
            here ->
                new Shown(
                    known.heldBecause(),
                    known.heldAt(),
                    Restored.differences(known, seen.cluster, seen.marker, seen.witness),
                    known.mark(),
                    known.markedAt(),
                    seen.witness.map(Outside.Testimony::mark),
                    seen.witness.map(Outside.Testimony::at),
                    compared(told, here)));
  }

  private static List<Shown.OfNotice> compared(
      List<Outside.Sent> told, List<InstallationStore.Here> here) {
    Map<String, InstallationStore.Here> known =
        here.stream()
            .collect(Collectors.toMap(InstallationStore.Here::notice, Function.identity()));
    return told.stream().map(sent -> Shown.OfNotice.of(sent, known.get(sent.notice()))).toList();
  }

  private record Seen(
      Optional<String> cluster, Optional<String> marker, Optional<Outside.Testimony> witness) {}

  /**
   * How the database differs.
   *
   * @param heldBecause why pushes wait, if they do
   * @param markedAt until when the database knows what happened
   * @param toldAt until when the witness knows; what happened since is not known
   * @param notices of the witness; empty without one
   */
  public record Shown(
      Optional<String> heldBecause,
      Optional<Instant> heldAt,
      List<String> differences,
      long mark,
      Optional<Instant> markedAt,
      Optional<Long> witnessMark,
      Optional<Instant> toldAt,
      List<OfNotice> notices) {

    /**
     * A notice of the witness.
     *
     * @param state what the notice is in this database
     * @param sentSince how many pushes the provider has taken at least since the backup
     */
    public record OfNotice(String notice, String state, long sentSince) {
      /** Pure. */
      public static OfNotice of(Outside.Sent sent, InstallationStore.@Nullable Here here) {
        return here == null
            ? new OfNotice(sent.notice(), "unknown", sent.accepted())
            : new OfNotice(
                sent.notice(), here.state(), Math.max(0, sent.accepted() - here.accepted()));
      }
    }
  }
}
