package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.testing.LoopbackGetui.Answer;
import io.towncrier.testing.LoopbackGetui.Fault;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Getui's tokens: signed requests by a right clock, a hundred a minute. */
public final class GetuiTokenFake {
  private static final String KEY = "testAppKey";
  private static final Duration ASKEW = Duration.ofMinutes(10);
  private static final int MOST = 100;

  private final Set<String> valid = ConcurrentHashMap.newKeySet();
  private final AtomicInteger fetched = new AtomicInteger();
  private final AtomicInteger thisMinute = new AtomicInteger();
  private volatile String secret = "testMasterSecret";
  private volatile Duration life = Duration.ofDays(1);
  private volatile InstantSource clock = InstantSource.system();
  private volatile Supplier<Optional<Answer>> instead = Optional::empty;
  private volatile String newest = "";
  private volatile String shown = "";

  String account(String app) {
    return "{\"appId\":\"%s\",\"appKey\":\"%s\",\"masterSecret\":\"%s\"}"
        .formatted(app, KEY, secret);
  }

  /** The content of a file of credentials with this secret, which is the right one from now on. */
  public String turnOver(String next) {
    secret = next;
    return account(LoopbackGetui.APP);
  }

  /** By which the time of a request is judged. */
  public void clock(InstantSource next) {
    clock = next;
  }

  /** Answers requests for tokens with this; empty to give tokens again. */
  public void answer(Supplier<Optional<Answer>> next) {
    instead = next;
  }

  public void live(Duration next) {
    life = next;
  }

  /** From now on the tokens of before are refused. */
  public void revoke() {
    valid.clear();
  }

  /** How many were asked for. */
  public int fetched() {
    return fetched.get();
  }

  void behave() {
    instead = Optional::empty;
    life = Duration.ofDays(1);
    thisMinute.set(0);
  }

  Answer fetch(JsonNode asked) {
    fetched.incrementAndGet();
    if (thisMinute.incrementAndGet() > MOST) {
      return Answer.error(401, 10003, "too many");
    }
    Optional<Answer> other = instead.get();
    if (other.isPresent()) {
      return other.get();
    }
    String timestamp = asked.path("timestamp").asText();
    Instant at = Instant.ofEpochMilli(Long.parseLong(timestamp));
    boolean isRight =
        asked.path("appkey").asText().equals(KEY)
            && asked.path("sign").asText().equals(sha256(KEY + timestamp + secret))
            && Duration.between(at, clock.instant()).abs().compareTo(ASKEW) < 0;
    if (!isRight) {
      return Answer.error(400, 20001, "sign is invalid");
    }
    String token = UUID.randomUUID().toString();
    valid.add(token);
    newest = token;
    return new Answer(
        200,
        "{\"code\":0,\"msg\":\"success\",\"data\":{\"token\":\"%s\",\"expire_time\":\"%d\"}}"
            .formatted(token, at.plus(life).toEpochMilli()),
        Fault.NONE);
  }

  /** Whether the last request came with the token that was given last. */
  public boolean isNewestShown() {
    return !shown.isEmpty() && shown.equals(newest);
  }

  boolean isValid(String token) {
    shown = String.valueOf(token);
    return token != null && valid.contains(token);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
