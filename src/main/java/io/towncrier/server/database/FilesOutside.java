package io.towncrier.server.database;

import io.towncrier.installation.Outside;
import io.towncrier.platform.Ids;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.files.OwnerOnlyFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * A marker file in the data directory, whose inode is another one in a copy; and the witness, a
 * file that should be on another disk than the database and its backups.
 */
@ApplicationScoped
public class FilesOutside implements Outside {
  private static final Logger LOG = Logger.getLogger(FilesOutside.class);

  private final Path markerFile;
  private final Optional<Path> witnessFile;
  private final boolean ownDatabase;

  @Inject
  FilesOutside(TowncrierConfig config) {
    this(config, EmbeddedPostgresServer.alreadyInThisProcess().isPresent());
  }

  /**
   * For commands.
   *
   * @param ownDatabase whether the database is in the data directory
   */
  public FilesOutside(TowncrierConfig config, boolean ownDatabase) {
    this(config.dataDir(), config.witnessFile(), ownDatabase);
  }

  FilesOutside(Path dataDirectory, Optional<Path> witnessFile, boolean ownDatabase) {
    this.markerFile = dataDirectory.resolve("marker");
    this.witnessFile = witnessFile;
    this.ownDatabase = ownDatabase;
  }

  @Override
  public Optional<String> marker() {
    if (!ownDatabase) {
      return Optional.empty();
    }
    try {
      OwnerOnlyFile.create(markerFile, Ids.next("mrk"));
      // The device is left out: it may have another number after a reboot.
      return Optional.of("inode " + Files.getAttribute(markerFile, "unix:ino"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Optional<Testimony> witness() {
    try {
      return witnessFile.isPresent()
          ? OwnerOnlyFile.read(witnessFile.get()).map(Testimony::read)
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
      LOG.warnf("the witness %s cannot be read: %s", witnessFile.get(), unreadable);
      return Optional.empty();
    }
  }

  @Override
  public void tell(Testimony testimony) {
    if (witnessFile.isEmpty()) {
      return;
    }
    // What is ahead stays: an operator has to look at it first.
    if (witness().filter(told -> told.mark() > testimony.mark()).isPresent()) {
      return;
    }
    try {
      OwnerOnlyFile.replace(witnessFile.get(), testimony.text());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
