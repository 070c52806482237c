package io.towncrier.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Data, keys and limits of the whole service. */
@ConfigMapping(prefix = "towncrier")
public interface TowncrierConfig {
  /**
   * Plain server: the directory of its database, keys and caches, for its user alone (0700). Back
   * it up whole: without {@code master.key} nothing that is sealed opens.
   */
  @WithDefault(".towncrier")
  Path dataDir();

  /**
   * 32 bytes in base64, from which every key is derived, or {@code secretsmanager:<ARN>}. Without
   * it, the plain server makes {@code master.key} in an empty data directory.
   */
  Optional<String> masterKey();

  /**
   * Plain server without OIDC: the operators' token, at least 20 characters. Without it, one is
   * made and printed at the first start.
   */
  Optional<String> operatorToken();

  /**
   * The file {@code lib/tzdb.dat} of a newer JDK. Its time zones count when they are newer than
   * those of the JDK that runs.
   */
  Optional<Path> zoneData();

  /**
   * Plain server: a file by which a restored database is recognised. Not on the database's disk,
   * and not in its backups.
   */
  Optional<Path> witnessFile();

  /** Functions only: the bucket of the object by which a restored database is recognised. */
  Optional<String> witnessBucket();

  /** The name of that object in the bucket. */
  @WithDefault("installation/witness")
  String witnessObject();

  Limits limits();

  TimeOuts timeOuts();

  /** The bounds of time that the database has to have (docs/adr/0029). */
  interface TimeOuts {
    /** Whether the time-outs of the database were looked at by the start. Functions look later. */
    @WithDefault("true")
    boolean lookedAtBefore();
  }

  /** How much a caller may send. */
  interface Limits {
    /** The longest body of a request in bytes, imports not counted. Over: 413. */
    @WithName("body-bytes")
    @WithDefault("65536")
    long bodyBytes();

    /** The longest body of a catalogue import, in bytes. Over: 413. */
    @WithName("import-bytes")
    @WithDefault("33554432")
    long importBytes();

    /** In which time a body has to arrive, and a second more for each 32 KiB. Later: 408. */
    @WithDefault("30s")
    Duration bodyTime();
  }

  Cors cors();

  /** Which pages may call the API from a browser. */
  interface Cors {
    /** Origins whose pages may call the API from a browser: {@code https://app.example.com}. */
    Optional<List<String>> origins();
  }

  Http http();

  /** What concerns every request. */
  interface Http {
    /** How many proxies of yours append to {@code X-Forwarded-For}. 0: it is not believed. */
    @WithDefault("0")
    int trustedProxies();
  }
}
