package io.towncrier.platform;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Configuration that a test writes down itself. */
public record GivenConfig(
    Path dataDir,
    Optional<String> masterKey,
    Optional<String> formerMasterKey,
    Optional<String> kmsKey,
    Optional<String> operatorToken,
    Optional<Path> zoneData,
    Limits limits)
    implements TowncrierConfig {

  public static GivenConfig in(Path dataDir) {
    return new GivenConfig(
        dataDir,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new GivenLimits(65_536, 33_554_432, Duration.ofSeconds(30)));
  }

  public GivenConfig withMasterKey(String base64) {
    return new GivenConfig(
        dataDir, Optional.of(base64), formerMasterKey, kmsKey, operatorToken, zoneData, limits);
  }

  public GivenConfig withFormerMasterKey(String base64) {
    return new GivenConfig(
        dataDir, masterKey, Optional.of(base64), kmsKey, operatorToken, zoneData, limits);
  }

  public GivenConfig withKmsKey(String arn) {
    return new GivenConfig(
        dataDir, masterKey, formerMasterKey, Optional.of(arn), operatorToken, zoneData, limits);
  }

  public GivenConfig withOperatorToken(String token) {
    return new GivenConfig(
        dataDir, masterKey, formerMasterKey, kmsKey, Optional.of(token), zoneData, limits);
  }

  @Override
  public Http http() {
    return () -> 0;
  }

  @Override
  public Cors cors() {
    return Optional::empty;
  }

  @Override
  public TimeOuts timeOuts() {
    return () -> true;
  }

  @Override
  public Optional<URI> publicUrl() {
    return Optional.empty();
  }

  @Override
  public boolean demo() {
    return false;
  }

  @Override
  public Optional<Path> witnessFile() {
    return Optional.empty();
  }

  @Override
  public Optional<Path> ledgerFile() {
    return Optional.of(dataDir.resolve("ledger"));
  }

  @Override
  public Optional<String> ledgerBucket() {
    return Optional.empty();
  }

  @Override
  public Optional<String> witnessBucket() {
    return Optional.empty();
  }

  @Override
  public String witnessObject() {
    return "installation/witness";
  }

  private record GivenLimits(long bodyBytes, long importBytes, Duration bodyTime)
      implements Limits {}
}
