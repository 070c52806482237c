package io.towncrier.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
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
   * 32 bytes in base64 by which the keys in the database are wrapped, or {@code
   * secretsmanager:<ARN>}. Without it, the plain server makes {@code master.key} in an empty data
   * directory.
   */
  Optional<String> masterKey();

  /**
   * The master key before, while {@code keys rewrap} has not yet wrapped the keys by the new one.
   */
  Optional<String> formerMasterKey();

  /** Functions only: the ARN of the KMS key by which the keys in the database are wrapped. */
  Optional<String> kmsKey();

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

  /**
   * Where clients reach this service: {@code https://updates.example.com}, without a path. Links
   * that leave the service begin with it; neither {@code Host} nor {@code X-Forwarded-Host} is
   * believed. {@code http} is for this machine alone.
   */
  Optional<URI> publicUrl();

  /**
   * Plain server: a file of what was erased, as keyed hashes, by which a restored database erases
   * it again. Not in the database's backups.
   */
  Optional<Path> ledgerFile();

  /** Functions only: the bucket of the same. */
  Optional<String> ledgerBucket();

  /**
   * Dev mode alone: whether an empty data directory is filled with a made-up fleet of 20,000
   * devices, for a first look at the console. Nothing of it is ever pushed.
   */
  @WithDefault("false")
  boolean demo();

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
    /**
     * How many proxies of yours append to {@code X-Forwarded-For}. 0: it is not believed. Every
     * limit by source goes by it.
     */
    @WithDefault("0")
    int trustedProxies();
  }
}
