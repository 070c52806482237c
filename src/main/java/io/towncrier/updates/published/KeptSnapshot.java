package io.towncrier.updates.published;

import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.build.BuiltFrom;
import io.towncrier.platform.files.OwnerOnlyFile;
import io.towncrier.releases.CatalogueDocument;
import io.towncrier.releases.CatalogueStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The last snapshot of a plain server as a file of its data directory, so that a start without the
 * database can answer checks. It is signed with a key of the same directory: one that is cut off,
 * or was put there by another installation, is not taken. Reads and writes files: not for an event
 * loop.
 */
@ApplicationScoped
public class KeptSnapshot {
  private static final Logger LOG = Logger.getLogger(KeptSnapshot.class);
  private static final String ALGORITHM = "Ed25519";

  private final Path file;
  private final Path keyFile;
  private final CatalogueDocument documents;
  private final InstantSource clock;
  private final String build;

  @Inject
  KeptSnapshot(TowncrierConfig config, CatalogueDocument documents, InstantSource clock) {
    this(config, documents, clock, BuiltFrom.commit());
  }

  KeptSnapshot(
      TowncrierConfig config, CatalogueDocument documents, InstantSource clock, String build) {
    this.file = config.dataDir().resolve("snapshot");
    this.keyFile = config.dataDir().resolve("snapshot.key");
    this.documents = documents;
    this.clock = clock;
    this.build = build;
  }

  /** Replaces the one that is kept; drafts are left out. */
  public void write(CatalogueStore.Content content) {
    byte[] document = documents.write(PublishSnapshot.withoutDrafts(content));
    try {
      OwnerOnlyFile.create(keyFile, fresh());
      OwnerOnlyFile.replace(
          file,
          new SignedSnapshot(content.revision(), clock.instant(), build, document)
              .sealed(keys().getPrivate()));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Empty when there is none, or none of ours. */
  public Optional<CatalogueStore.Content> read() {
    return open(this::content);
  }

  /**
   * As {@link #read}, when that is what a load from the database would bring, but for drafts, which
   * no check looks at. Another build may have written less of a release than this one knows.
   *
   * @param newest of the database
   */
  public Optional<CatalogueStore.Content> readIf(CatalogueStore.Revision newest) {
    return open(snapshot ->
            snapshot.revision().equals(newest)
                    && snapshot.build().equals(build)
                    && BuiltFrom.isExact(build)
                ? Optional.of(content(snapshot))
                : Optional.<CatalogueStore.Content>empty())
        .flatMap(Function.identity());
  }

  private CatalogueStore.Content content(SignedSnapshot snapshot) {
    return documents.read(snapshot.document(), snapshot.revision());
  }

  /** Of the one that {@link #read} would give; the catalogue in it is not looked at. */
  public Optional<CatalogueStore.Revision> revision() {
    return open(SignedSnapshot::revision);
  }

  private <T> Optional<T> open(Function<SignedSnapshot, T> part) {
    try {
      if (!Files.exists(file) || !Files.exists(keyFile)) {
        return Optional.empty();
      }
      Optional<T> kept =
          SignedSnapshot.open(Files.readAllBytes(file), List.of(keys().getPublic())).map(part);
      if (kept.isEmpty()) {
        LOG.warnf("the snapshot in %s is not one that this server has signed", file);
      }
      return kept;
    } catch (IOException | IllegalArgumentException | IllegalStateException unreadable) {
      LOG.warnf("the snapshot in %s cannot be read: %s", file, unreadable);
      return Optional.empty();
    }
  }

  private KeyPair keys() throws IOException {
    String[] halves = OwnerOnlyFile.read(keyFile).orElse("").split(" ", -1);
    try {
      KeyFactory factory = KeyFactory.getInstance(ALGORITHM);
      PrivateKey own = factory.generatePrivate(new PKCS8EncodedKeySpec(bytes(halves[0])));
      PublicKey known =
          factory.generatePublic(new X509EncodedKeySpec(bytes(halves[halves.length - 1])));
      return new KeyPair(known, own);
    } catch (GeneralSecurityException | IllegalArgumentException damaged) {
      // Without the cause, which might tell of the key.
      throw new IllegalStateException(keyFile + " holds no key");
    }
  }

  private static String fresh() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return base64(pair.getPrivate().getEncoded()) + " " + base64(pair.getPublic().getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", impossible);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
