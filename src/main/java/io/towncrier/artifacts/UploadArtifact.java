package io.towncrier.artifacts;

import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.ArtifactHome.PartOutcome;
import io.towncrier.artifacts.HostedArtifact.State;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Takes an image in parts. An upload that broke goes on where it stopped: the same announcement
 * finds it again, and the parts that are there need not be sent anew.
 */
@ApplicationScoped
public class UploadArtifact {
  private final ArtifactStore store;
  private final ArtifactHome home;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;

  UploadArtifact(
      ArtifactStore store,
      ArtifactHome home,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock) {
    this.store = store;
    this.home = home;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * What a client says of an image before it sends it.
   *
   * @param size in bytes, from 1 to {@link Parts#LARGEST}
   * @param partSums the SHA-256 of each part
   */
  public record Announced(ArtifactName name, long size, List<String> partSums) {
    public Announced {
      partSums = List.copyOf(partSums);
    }
  }

  /** What became of an announcement. */
  public sealed interface Started {
    /** A new upload. */
    record Begun(Progress progress) implements Started {}

    /** It was announced before, and stands there. */
    record Known(Progress progress) implements Started {}

    /** The same name was announced with another size or other parts. */
    record Contradicts() implements Started {}

    /** One with this name is being removed. */
    record Leaving() implements Started {}
  }

  /**
   * An artifact and the numbers of its parts that are there.
   *
   * @param stored empty unless it is being uploaded
   */
  public record Progress(HostedArtifact artifact, Set<Integer> stored) {
    public Progress {
      stored = Set.copyOf(stored);
    }

    /** The numbers of the parts that are missing, in their order. */
    public List<Integer> missing() {
      return artifact.state() == State.UPLOADING
          ? IntStream.rangeClosed(1, artifact.partSums().size())
              .filter(number -> !stored.contains(number))
              .boxed()
              .toList()
          : List.of();
    }
  }

  /** What became of the end of an upload. */
  public sealed interface Completed {
    /** It is verified now, or was before. */
    record Accepted(HostedArtifact artifact) implements Completed {}

    /** These parts are not there. */
    record Missing(List<Integer> parts) implements Completed {
      public Missing {
        parts = List.copyOf(parts);
      }
    }

    /** It is no upload any more. */
    record Over(State state) implements Completed {}

    record Unknown() implements Completed {}
  }

  /**
   * Begins an upload, or finds the one that was begun.
   *
   * @param operator subject of the operator
   */
  public Uni<Started> start(Announced announced, String operator) {
    return transactions.inTransaction(() -> noted(announced, operator)).chain(this::begun);
  }

  private Uni<Started> noted(Announced announced, String operator) {
    Instant now = clock.instant();
    HostedArtifact fresh =
        new HostedArtifact(
            Ids.next(HostedArtifact.PREFIX),
            announced.name(),
            announced.size(),
            announced.partSums(),
            State.UPLOADING,
            Optional.empty(),
            Optional.empty(),
            new HostedArtifact.Times(now, Optional.empty(), Optional.empty(), Optional.empty()),
            Optional.empty());
    return store
        .insert(fresh, operator)
        .chain(
            isNew ->
                isNew
                    ? audit
                        .append(entry(operator, "artifact.announced", fresh, now))
                        .replaceWith(new Started.Begun(new Progress(fresh, Set.of())))
                    : store
                        .find(announced.name())
                        .map(known -> compare(known.orElseThrow(), announced)));
  }

  private static Started compare(HostedArtifact known, Announced announced) {
    if (known.state() == State.DELETING) {
      return new Started.Leaving();
    }
    return known.size() == announced.size() && known.partSums().equals(announced.partSums())
        ? new Started.Known(new Progress(known, Set.of()))
        : new Started.Contradicts();
  }

  private Uni<Started> begun(Started started) {
    if (started instanceof Started.Begun begun) {
      return roomFor(begun.progress().artifact()).map(Started.Begun::new);
    } else if (started instanceof Started.Known known) {
      return roomFor(known.progress().artifact()).map(Started.Known::new);
    } else if (started instanceof Started.Contradicts || started instanceof Started.Leaving) {
      return Uni.createFrom().item(started);
    }
    throw new ForgottenCase(started);
  }

  /** A crash may have left an upload without a home. */
  private Uni<Progress> roomFor(HostedArtifact upload) {
    if (upload.state() != State.UPLOADING || upload.home().isPresent()) {
      return progress(upload);
    }
    return Homes.ask(() -> home.begin(upload.name()))
        .chain(
            name ->
                store
                    .begun(upload.id(), name)
                    .call(
                        first ->
                            first
                                ? Uni.createFrom().voidItem()
                                : Homes.tell(() -> home.abandon(upload.name(), name))))
        .chain(() -> store.find(upload.id()))
        .chain(found -> progress(found.orElse(upload)));
  }

  /** How far an upload has come; empty when there is none. */
  public Uni<Optional<Progress>> find(String id) {
    return store
        .find(id)
        .chain(
            found ->
                found.isPresent()
                    ? progress(found.get()).map(Optional::of)
                    : Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Progress> progress(HostedArtifact artifact) {
    return artifact.state() == State.UPLOADING && artifact.home().isPresent()
        ? Homes.ask(() -> new Progress(artifact, home.parts(artifact)))
        : Uni.createFrom().item(new Progress(artifact, Set.of()));
  }

  /**
   * Takes a part, on the thread of the caller.
   *
   * @param upload as it was found
   */
  public PartOutcome receive(HostedArtifact upload, int number, InputStream bytes) {
    try {
      return home.receive(upload, number, bytes);
    } catch (ArtifactHome.HomeFailure failure) {
      throw Homes.told(failure);
    }
  }

  /** All parts were sent. What was completed before is answered alike. */
  public Uni<Completed> complete(String id) {
    return find(id)
        .chain(
            found -> {
              if (found.isEmpty()) {
                return Uni.createFrom().item(new Completed.Unknown());
              }
              HostedArtifact artifact = found.get().artifact();
              return switch (artifact.state()) {
                case VERIFYING, READY -> Uni.createFrom().item(new Completed.Accepted(artifact));
                case REFUSED, DELETING ->
                    Uni.createFrom().item(new Completed.Over(artifact.state()));
                case UPLOADING -> complete(found.get());
              };
            });
  }

  private Uni<Completed> complete(Progress progress) {
    List<Integer> missing = progress.missing();
    String id = progress.artifact().id();
    return missing.isEmpty()
        ? store
            .move(id, State.UPLOADING, State.VERIFYING)
            .chain(() -> store.find(id))
            .map(
                now ->
                    now.<Completed>map(Completed.Accepted::new).orElseGet(Completed.Unknown::new))
        : Uni.createFrom().item(new Completed.Missing(missing));
  }

  static AuditEntry entry(String actor, String action, HostedArtifact artifact, Instant at) {
    return new AuditEntry(
        actor, action, artifact.id(), artifact.name().file() + " " + artifact.name().sha256(), at);
  }
}
