package io.towncrier.artifacts.rest;

import io.towncrier.artifacts.ArtifactHome.Link;
import io.towncrier.artifacts.ArtifactHome.PartTarget;
import io.towncrier.artifacts.ArtifactName;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.Parts;
import io.towncrier.artifacts.Sums;
import io.towncrier.artifacts.UploadArtifact;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.address.PublicUrl;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of artifacts. */
final class ArtifactBodies {
  private static final int LONGEST_NAME = 128;
  private static final int SHA256_LENGTH = 64;

  private ArtifactBodies() {}

  /**
   * What is to be uploaded.
   *
   * @param parts the SHA-256 of each part
   */
  @Schema(name = "ArtifactUpload")
  record Upload(
      @Nullable String name,
      @Nullable Long size,
      @Nullable String sha256,
      @Nullable List<@Nullable String> parts) {
    /** Everything that is wrong with it is told at once. */
    UploadArtifact.Announced read() {
      InputReader input = new InputReader();
      String file = input.text("name", name, LONGEST_NAME);
      if (!file.isEmpty() && !ArtifactName.isFile(file)) {
        input.reject("name", "must be letters, digits, dot, hyphen, underscore or tilde");
      }
      String sum = sum(input, "sha256", sha256);
      long bytes = size == null ? 0 : size;
      if (size == null) {
        input.reject("size", "is required: how many bytes the file has");
      } else if (bytes < 1 || bytes > Parts.LARGEST) {
        input.reject("size", "must be from 1 to " + Parts.LARGEST + " bytes");
      } else {
        parts(input, Parts.count(bytes));
      }
      input.finish();
      return new UploadArtifact.Announced(
          new ArtifactName(sum, file), bytes, parts == null ? List.of() : List.copyOf(parts));
    }

    private void parts(InputReader input, int count) {
      List<@Nullable String> given = parts == null ? List.of() : parts;
      if (given.size() != count) {
        input.reject(
            "parts", "must have %d SHA-256, one for each %d bytes".formatted(count, Parts.BYTES));
        return;
      }
      for (int i = 0; i < count; i++) {
        sum(input, "parts[" + i + "]", given.get(i));
      }
    }

    private static String sum(InputReader input, String field, @Nullable String given) {
      String sum = input.text(field, given, SHA256_LENGTH);
      if (!sum.isEmpty() && !ArtifactName.isSha256(sum)) {
        input.reject(field, "must be 64 lower-case hexadecimal digits");
      }
      return sum;
    }
  }

  /** One artifact as a list shows it. */
  @Schema(name = "HostedArtifact")
  record Shown(
      String id,
      String name,
      long size,
      String sha256,
      Optional<String> sha1,
      Optional<String> md5,
      String state,
      Optional<String> refusedBecause,
      Optional<URI> url,
      Instant createdAt,
      Optional<Instant> readyAt,
      Optional<Instant> publishedAt,
      Optional<Instant> retainedUntil) {
    static Shown of(HostedArtifact artifact, PublicUrl ourselves) {
      HostedArtifact.Times times = artifact.times();
      return new Shown(
          artifact.id(),
          artifact.name().file(),
          artifact.size(),
          artifact.name().sha256(),
          artifact.sums().map(Sums::sha1),
          artifact.sums().map(Sums::md5),
          artifact.state().code(),
          artifact.refusedBecause().map(HostedArtifact.Defect::code),
          ourselves.link(artifact.name().path()),
          times.createdAt(),
          times.readyAt(),
          times.publishedAt(),
          times.retainedUntil());
    }
  }

  /** A page of artifacts. */
  @Schema(name = "HostedArtifactList")
  record Listed(List<Shown> items, Optional<String> next, String total) {}

  /**
   * An artifact, and how far its upload has come.
   *
   * @param partBytes of each part but the last
   * @param parts empty unless it is being uploaded
   */
  @Schema(name = "ArtifactProgress")
  record Progress(Shown artifact, int partBytes, List<Part> parts) {
    static Progress of(
        UploadArtifact.Progress progress, PublicUrl ourselves, IntFunction<PartTarget> target) {
      HostedArtifact artifact = progress.artifact();
      boolean open =
          artifact.state() == HostedArtifact.State.UPLOADING && artifact.home().isPresent();
      return new Progress(
          Shown.of(artifact, ourselves),
          Parts.BYTES,
          open
              ? IntStream.rangeClosed(1, artifact.partSums().size())
                  .mapToObj(number -> Part.of(progress, number, target.apply(number)))
                  .toList()
              : List.of());
    }
  }

  /** A part: where it begins, and where it is to be sent with PUT. */
  @Schema(name = "ArtifactPart")
  record Part(
      int number,
      long offset,
      long size,
      String sha256,
      boolean stored,
      String url,
      Map<String, String> headers) {
    static Part of(UploadArtifact.Progress progress, int number, PartTarget target) {
      HostedArtifact artifact = progress.artifact();
      return new Part(
          number,
          Parts.offset(number),
          Parts.bytes(artifact.size(), number),
          artifact.partSums().get(number - 1),
          progress.stored().contains(number),
          target.url(),
          target.headers());
    }
  }

  /** A link to an artifact that is not published. */
  @Schema(name = "ArtifactLink")
  record Linked(String url, Instant expiresAt) {
    static Linked of(Link link, Instant until, PublicUrl ourselves) {
      if (link instanceof Link.Own own) {
        return new Linked(
            ourselves.link(own.pathAndQuery()).map(URI::toString).orElse(own.pathAndQuery()),
            until);
      } else if (link instanceof Link.Elsewhere elsewhere) {
        return new Linked(elsewhere.url().toString(), until);
      }
      throw new ForgottenCase(link);
    }
  }
}
