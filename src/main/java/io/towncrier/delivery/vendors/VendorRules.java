package io.towncrier.delivery.vendors;

import io.towncrier.preferences.Category;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What vendors may do with messages: pure. The rules stand in vendor-rules.csv, with who says so.
 */
public final class VendorRules {
  /**
   * By which hours and days of vendors and of Getui go. Phones that Getui reaches are in mainland
   * China, which has one clock.
   */
  public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  static final String FILE = "vendor-rules.csv";

  private static final List<VendorRule> ALL = load();

  private VendorRules() {}

  /** Of messages that are to be sent in a time, its ends included. */
  public static List<VendorEffect> ahead(
      Category category, Instant from, Instant until, Duration ttl) {
    List<VendorEffect> effects = new ArrayList<>();
    for (VendorRule rule : of(MessageClass.of(category))) {
      Optional<VendorEffect.Hidden> hidden =
          rule.hidden().flatMap(hours -> hidden(hours, from, until, ttl));
      List<String> words = new ArrayList<>();
      hidden.ifPresent(hours -> words.add(ahead(rule, hours)));
      rule.perDay()
          .ifPresent(
              most ->
                  words.add(
                      "%s shows %d of this class a day and device; what is beyond is dropped."
                          .formatted(rule.named(), most)));
      if (!words.isEmpty()) {
        effects.add(VendorEffect.of(rule, hidden, rule.perDay(), String.join(" ", words)));
      }
    }
    return effects;
  }

  /**
   * Of one message that was accepted.
   *
   * @param expiresAt after which nobody shows it
   * @param earlierThatDay how many of its class were accepted for the device before it, since
   *     midnight
   */
  public static List<VendorEffect> after(
      Category category, Instant acceptedAt, Instant expiresAt, int earlierThatDay) {
    List<VendorEffect> effects = new ArrayList<>();
    for (VendorRule rule : of(MessageClass.of(category))) {
      Optional<VendorEffect.Hidden> hidden =
          rule.hidden()
              .flatMap(hours -> hours.endOf(acceptedAt))
              .map(end -> held(acceptedAt, end, Duration.between(acceptedAt, expiresAt)));
      Optional<Integer> exceeded = rule.perDay().filter(most -> earlierThatDay >= most);
      List<String> words = new ArrayList<>();
      hidden.ifPresent(hours -> words.add(after(rule, hours)));
      exceeded.ifPresent(
          most ->
              words.add(
                  "It was number %d of its class that day: %s shows %d, and may have dropped it."
                      .formatted(earlierThatDay + 1, rule.named(), most)));
      if (!words.isEmpty()) {
        effects.add(VendorEffect.of(rule, hidden, exceeded, String.join(" ", words)));
      }
    }
    return effects;
  }

  private static Optional<VendorEffect.Hidden> hidden(
      HiddenHours hours, Instant from, Instant until, Duration ttl) {
    return hours
        .firstWithin(from, until)
        .map(first -> held(first, hours.endOf(first).orElseThrow(), ttl));
  }

  private static VendorEffect.Hidden held(Instant first, Instant end, Duration ttl) {
    Instant inTime = end.minus(ttl);
    return new VendorEffect.Hidden(
        first, end, inTime.isAfter(first) ? Optional.of(inTime) : Optional.empty());
  }

  private static String ahead(VendorRule rule, VendorEffect.Hidden hidden) {
    return "%s may show nothing from %s to %s%s."
            .formatted(
                rule.named(),
                VendorEffect.hour(hidden.from()),
                VendorEffect.hour(hidden.until()),
                condition(rule))
        + hidden
            .lostIfSentBefore()
            .map(
                inTime ->
                    " What is sent there before %s is over by then, and is never shown."
                        .formatted(VendorEffect.hour(inTime)))
            .orElse("");
  }

  private static String after(VendorRule rule, VendorEffect.Hidden hidden) {
    return "%s may show nothing until %s%s."
            .formatted(rule.named(), VendorEffect.hour(hidden.until()), condition(rule))
        + (hidden.lostIfSentBefore().isPresent()
            ? " The notice is over by then: such a phone never shows it."
            : "");
  }

  private static String condition(VendorRule rule) {
    return rule.condition().map(text -> ", if " + text).orElse("");
  }

  static List<VendorRule> of(MessageClass messageClass) {
    return ALL.stream().filter(rule -> rule.messageClass() == messageClass).toList();
  }

  private static List<VendorRule> load() {
    try (InputStream in = Objects.requireNonNull(VendorRules.class.getResourceAsStream(FILE));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .skip(1)
          .map(VendorRule::read)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
