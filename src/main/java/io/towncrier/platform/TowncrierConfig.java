package io.towncrier.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What concerns the whole service. */
@ConfigMapping(prefix = "towncrier")
public interface TowncrierConfig {
  /** Where the plain server keeps its database and its keys. */
  @WithDefault(".towncrier")
  Path dataDir();

  /**
   * 32 bytes in base64 from which every key is derived, or where they are kept ({@link Secrets});
   * without it, a key file in the data dir.
   */
  Optional<String> masterKey();

  /** The operator token of a server without OIDC; without it, one is made at the first start. */
  Optional<String> operatorToken();

  /** The {@code lib/tzdb.dat} of a JDK; its time zones count when they are newer than our JDK's. */
  Optional<Path> zoneData();

  /**
   * Of the plain server: where it keeps how far it had come, so that a restored database is
   * recognised. Not on the database's disk, and not in its backups.
   */
  Optional<Path> witnessFile();

  Limits limits();

  TimeOuts timeOuts();

  /** The bounds of time that the database has to have (docs/adr/0029). */
  interface TimeOuts {
    /** Whether the start has looked at them; functions look before the first use. */
    @WithDefault("true")
    boolean lookedAtBefore();
  }

  /** How much a caller may send. */
  interface Limits {
    /** Of any body but an import, in bytes. */
    @WithName("body-bytes")
    @WithDefault("65536")
    long bodyBytes();

    /** Of a catalogue import, in bytes. */
    @WithName("import-bytes")
    @WithDefault("33554432")
    long importBytes();

    /** In which a body has to arrive; a large one has more, a second for each 32 KiB. */
    @WithDefault("30s")
    Duration bodyTime();
  }

  Cors cors();

  /** Which pages may call the API from a browser. */
  interface Cors {
    /** Their origins, such as {@code https://app.example.com}; none by default. */
    Optional<List<String>> origins();
  }

  Http http();

  /** What concerns every request. */
  interface Http {
    /** How many proxies of ours append to X-Forwarded-For; 0: the header is not believed. */
    @WithDefault("0")
    int trustedProxies();
  }
}
