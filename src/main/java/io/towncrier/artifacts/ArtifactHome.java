package io.towncrier.artifacts;

import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Where the bytes are: a folder of the plain server, or a bucket. All methods block, and can be
 * repeated when one was interrupted.
 *
 * <p>They fail with {@link HomeFailure} when the home cannot be used.
 */
public interface ArtifactHome {
  /** Makes room for the parts; returns by what this home knows the upload. */
  String begin(ArtifactName name);

  /** Forgets an upload that nobody will know by this. */
  void abandon(ArtifactName name, String upload);

  /** The numbers of the parts that are there. */
  Set<Integer> parts(HostedArtifact upload);

  /** Where a client sends a part. */
  PartTarget target(HostedArtifact upload, int number);

  /** The origin that clients send parts to; empty where that is the service itself. */
  Optional<String> partsElsewhere();

  /** Takes a part, where parts are sent to the service itself. */
  PartOutcome receive(HostedArtifact upload, int number, InputStream bytes);

  /**
   * Makes one file of the parts, which nobody is served, and reads it once.
   *
   * @param hasTime whether there is time
   * @return empty when time ran out
   */
  Optional<Sums> assemble(HostedArtifact upload, BooleanSupplier hasTime);

  /** Keeps what was assembled; still nobody is served. */
  void keep(HostedArtifact verified);

  /** From now on everybody is served. */
  void publish(ArtifactName name);

  /** Removes all there is of it. */
  void forget(HostedArtifact artifact);

  /** A link to what is not published, good until that moment. */
  Link link(ArtifactName name, Instant until);

  /**
   * Where a client sends a part.
   *
   * @param url absolute, or a path of this service
   * @param headers to be sent with it
   */
  record PartTarget(String url, Map<String, String> headers) {
    public PartTarget {
      headers = Map.copyOf(headers);
    }
  }

  /** A link to what is not published: a path of this service, or somewhere else. */
  sealed interface Link {
    record Own(String pathAndQuery) implements Link {}

    record Elsewhere(URI url) implements Link {}
  }

  /** What became of a part. */
  enum PartOutcome {
    STORED,
    /** It has more or fewer bytes than the part. */
    WRONG_SIZE,
    /** Its bytes are not those that were announced. */
    WRONG_SHA256,
    /** Parts are not sent to the service: the artifact names where. */
    ELSEWHERE
  }

  /** The home cannot be used at present: no room, no rights, no connection. */
  final class HomeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HomeFailure(Exception cause) {
      super(cause);
    }
  }
}
