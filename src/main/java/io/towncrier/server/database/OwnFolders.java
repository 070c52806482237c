package io.towncrier.server.database;

import io.towncrier.platform.OwnerOnlyFolder;
import io.towncrier.platform.StartRefused;
import java.nio.file.Path;

/**
 * Where libraries unpack what is run and served. Their own choice is a folder of the temporary
 * directory that everybody may write to, and so everybody's programs and scripts would be ours.
 */
public final class OwnFolders {
  private static final String VERTX_CACHE = "vertx.cacheDirBase";
  private static final String POSTGRES_BINARIES = "ot.epg.working-dir";

  private OwnFolders() {}

  /** Makes them below the data directory, before any library looks for its own. */
  public static void below(Path dataDirectory) throws StartRefused {
    Path data = OwnerOnlyFolder.make(dataDirectory);
    Path cache = OwnerOnlyFolder.make(data.resolve("cache"));
    System.setProperty(VERTX_CACHE, cache.resolve("vertx").toString());
    System.setProperty(POSTGRES_BINARIES, postgresBinaries(data).toString());
  }

  private static Path postgresBinaries(Path data) throws StartRefused {
    return OwnerOnlyFolder.make(data.resolve("postgres-binaries"));
  }
}
