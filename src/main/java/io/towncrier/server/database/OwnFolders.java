package io.towncrier.server.database;

import io.towncrier.platform.StartRefused;
import io.towncrier.platform.files.OwnerOnlyFolder;
import java.nio.file.Path;

/**
 * Where libraries unpack what is run and served. Their own choice is a folder of the temporary
 * directory that everybody may write to, and so everybody's programs and scripts would be ours.
 */
public final class OwnFolders {
  private static final String VERTX_CACHE = "vertx.cacheDirBase";
  private static final String POSTGRES_BINARIES = "ot.epg.working-dir";
  private static final String BINARIES = "postgres-binaries";

  private OwnFolders() {}

  /** Makes them below the data directory, before any library looks for its own. */
  public static void below(Path dataDirectory) throws StartRefused {
    Path data = OwnerOnlyFolder.make(dataDirectory);
    Path cache = OwnerOnlyFolder.make(data.resolve("cache"));
    System.setProperty(VERTX_CACHE, cache.resolve("vertx").toString());
    OwnerOnlyFolder.make(data.resolve(BINARIES));
    System.setProperty(POSTGRES_BINARIES, postgresBinaries(data).toString());
  }

  /**
   * Where the binaries are unpacked. The library lets everybody write to its folder, so that one is
   * inside of ours.
   */
  static Path postgresBinaries(Path data) {
    return data.resolve(BINARIES).resolve("unpacked");
  }
}
