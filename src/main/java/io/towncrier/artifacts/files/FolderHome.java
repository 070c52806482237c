package io.towncrier.artifacts.files;

import io.towncrier.artifacts.ArtifactHome;
import io.towncrier.artifacts.ArtifactName;
import io.towncrier.artifacts.ArtifactsConfig;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.Parts;
import io.towncrier.artifacts.Sums;
import io.towncrier.platform.TowncrierConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Artifacts in the data directory. What is not complete has a name of its own, is written to the
 * disk, and only then gets the name by which it is read: a kill leaves no half.
 *
 * <ul>
 *   <li>{@code uploads/<id>/<number>}: the parts of an upload
 *   <li>{@code held/<sha256>/<name>}: verified, for those who have a link
 *   <li>{@code public/<sha256>/<name>}: the same file, for everybody
 * </ul>
 */
@ApplicationScoped
class FolderHome implements ArtifactHome {
  private static final String KEY_FILE = "link.key";

  private final ArtifactFolder uploads;
  private final ArtifactFolder held;
  private final ArtifactFolder open;
  private final KeyFile key;

  @Inject
  FolderHome(TowncrierConfig service, ArtifactsConfig config) {
    this(config.folder().orElseGet(() -> service.dataDir().resolve("artifacts")).toAbsolutePath());
  }

  FolderHome(Path root) {
    this.uploads = new ArtifactFolder(root.resolve("uploads"));
    this.held = new ArtifactFolder(root.resolve("held"));
    this.open = new ArtifactFolder(root.resolve("public"));
    this.key = new KeyFile(root.resolve(KEY_FILE));
  }

  /** The file that everybody is served; it may not be there. */
  Path published(ArtifactName name) {
    return open.file(name.sha256(), name.file());
  }

  /** The file that is served by a link; it may not be there. */
  Path verified(ArtifactName name) {
    return held.file(name.sha256(), name.file());
  }

  LinkKey links() {
    return key.get();
  }

  @Override
  public String begin(ArtifactName name) {
    // The id of the artifact is name enough.
    return "";
  }

  @Override
  public void abandon(ArtifactName name, String upload) {
    // Nothing was made.
  }

  @Override
  public Set<Integer> parts(HostedArtifact upload) {
    return tried(() -> uploads.numbers(upload.id()));
  }

  @Override
  public PartTarget target(HostedArtifact upload, int number) {
    return new PartTarget("/v1/admin/artifacts/" + upload.id() + "/parts/" + number, Map.of());
  }

  @Override
  public Optional<String> partsElsewhere() {
    return Optional.empty();
  }

  @Override
  public PartOutcome receive(HostedArtifact upload, int number, InputStream bytes) {
    return tried(
        () -> {
          long size = Parts.bytes(upload.size(), number);
          try (NewFile part = uploads.begin(upload.id())) {
            Sums.Maker maker = new Sums.Maker();
            part.copy(new Unbroken(bytes), size + 1, maker, () -> true);
            Sums found = maker.sums();
            if (found.size() != size) {
              return PartOutcome.WRONG_SIZE;
            }
            if (!found.sha256().equals(upload.partSums().get(number - 1))) {
              return PartOutcome.WRONG_SHA256;
            }
            part.keepAs(Integer.toString(number));
            return PartOutcome.STORED;
          }
        });
  }

  @Override
  public Optional<Sums> assemble(HostedArtifact upload, BooleanSupplier hasTime) {
    // One that is held was kept before, and then the process ended.
    Path before = verified(upload.name());
    return tried(
        () ->
            Files.exists(before)
                ? Sums.of(Files.newInputStream(before), hasTime)
                : joined(upload, hasTime));
  }

  private Optional<Sums> joined(HostedArtifact upload, BooleanSupplier hasTime) throws IOException {
    try (NewFile whole = uploads.begin(upload.id())) {
      Sums.Maker sums = new Sums.Maker();
      for (int number = 1; number <= upload.partSums().size(); number++) {
        Path part = uploads.file(upload.id(), Integer.toString(number));
        if (!whole.copy(Files.newInputStream(part), Parts.BYTES, sums, hasTime)) {
          return Optional.empty();
        }
      }
      whole.keepAs(ArtifactFolder.WHOLE);
      return Optional.of(sums.sums());
    }
  }

  @Override
  public void keep(HostedArtifact verified) {
    tried(
        () -> {
          held.take(
              uploads.file(verified.id(), ArtifactFolder.WHOLE),
              verified.name().sha256(),
              verified.name().file());
          uploads.remove(verified.id());
          return true;
        });
  }

  @Override
  public void publish(ArtifactName name) {
    tried(
        () -> {
          open.link(verified(name), name.sha256(), name.file());
          return true;
        });
  }

  @Override
  public void forget(HostedArtifact artifact) {
    tried(
        () -> {
          // First what is served: nobody finds a half.
          open.remove(artifact.name().sha256(), artifact.name().file());
          held.remove(artifact.name().sha256(), artifact.name().file());
          uploads.remove(artifact.id());
          return true;
        });
  }

  @Override
  public Link link(ArtifactName name, Instant until) {
    return new Link.Own(key.get().sign(name, until));
  }

  private static <T> T tried(IoWork<T> work) {
    try {
      return work.run();
    } catch (IOException failure) {
      throw new HomeFailure(failure);
    }
  }

  /** A client that goes away has sent too little; that is no fault of the folder. */
  private static final class Unbroken extends FilterInputStream {
    Unbroken(InputStream bytes) {
      super(bytes);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      try {
        return super.read(target, offset, length);
      } catch (IOException broken) {
        return -1;
      }
    }
  }

  private interface IoWork<T> {
    T run() throws IOException;
  }
}
