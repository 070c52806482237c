package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.releases.rollout.Advance;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.testing.Chromium;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The console's clock of a rollout is the service's: both are asked about the same ones. */
@QuarkusTest
@Tag("zoneless")
class RolloutClockIT {
  private static final int ROLLOUTS = 500;
  private static final Instant PUBLISHED = Instant.parse("2026-05-04T08:00:00Z");

  private final Random random = new Random(20260504);

  @Test
  void bothSayTheSamePhaseShareAndNextPhase() throws JsonProcessingException {
    List<Map<String, Object>> questions = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < ROLLOUTS; i++) {
      Rollout rollout = rollout();
      Instant now = PUBLISHED.plus(Duration.ofHours(random.nextInt(400) - 50));
      if (rollout.heldSince().filter(now::isBefore).isPresent()) {
        continue;
      }
      questions.add(Map.of("release", release(rollout), "now", now.toEpochMilli()));
      expected.add(
          rollout.phaseAt(now, PUBLISHED)
              + " "
              + rollout.bucketsAt(now, PUBLISHED)
              + " "
              + rollout.nextPhase(now, PUBLISHED).map(Instant::toEpochMilli).orElse(-1L));
    }
    assertThat(expected).hasSizeGreaterThan(300);
    try (Chromium chromium = Chromium.start();
        ConsoleBrowser browser = new ConsoleBrowser(chromium)) {
      Page page = browser.open("");
      Object said =
          page.evaluate(
              """
              async (questions) => {
                const main = document.querySelector('script[type=module]').src;
                const { standing } = await import(new URL('ui/rollout.js', main));
                return JSON.parse(questions).map(({ release, now }) => {
                  const { phase, share, next } = standing(release, now);
                  return `${phase} ${Math.round(share * 10000)} ${next?.begins ?? -1}`;
                });
              }
              """,
              new ObjectMapper().writeValueAsString(questions));
      assertThat(said).isEqualTo(expected);
    }
  }

  private Rollout rollout() {
    List<Phase> phases = new ArrayList<>();
    int buckets = 0;
    for (int i = random.nextInt(5); i > 0; i--) {
      buckets = Math.min(Bucket.COUNT, buckets + random.nextInt(4000));
      Optional<Instant> start =
          random.nextInt(3) == 0
              ? Optional.of(PUBLISHED.plus(Duration.ofHours(random.nextInt(200) - 20)))
              : Optional.empty();
      phases.add(new Phase(buckets, start, Duration.ofMinutes(random.nextInt(4000))));
    }
    Rollout.State state = Rollout.State.values()[random.nextInt(3)];
    Optional<Instant> since =
        state == Rollout.State.RUNNING
            ? Optional.empty()
            : Optional.of(PUBLISHED.plus(Duration.ofHours(random.nextInt(100))));
    Duration held = Duration.ofMinutes(random.nextBoolean() ? 0 : random.nextInt(3000));
    return new Rollout(phases, Optional.empty(), state, since, held, advance(phases.size()));
  }

  /** By the clock, or with the phase in force as it stands there. */
  private Advance advance(int phases) {
    Advance.By by = Advance.By.values()[random.nextInt(3)];
    int phase = by == Advance.By.CLOCK || phases == 0 ? 0 : random.nextInt(phases);
    return phase == 0
        ? Advance.from(by)
        : new Advance(
            by, phase, Optional.of(PUBLISHED.plus(Duration.ofHours(random.nextInt(200)))));
  }

  /** As the API shows it. */
  private static Map<String, Object> release(Rollout rollout) {
    Map<String, Object> shown = new TreeMap<>();
    shown.put("state", rollout.state().code());
    shown.put("heldFor", rollout.heldFor().toString());
    rollout.heldSince().ifPresent(since -> shown.put("heldSince", since.toString()));
    Advance advance = rollout.advance();
    if (advance.by() != Advance.By.CLOCK) {
      shown.put("promotion", advance.by().code());
    }
    advance
        .since()
        .ifPresent(
            began -> {
              shown.put("phase", advance.phase());
              shown.put("phaseSince", began.toString());
            });
    shown.put(
        "phases",
        rollout.phases().stream()
            .map(
                phase -> {
                  Map<String, Object> each = new TreeMap<>();
                  each.put("percentage", phase.buckets() / 100.0);
                  each.put("soak", phase.soak().toString());
                  phase.start().ifPresent(start -> each.put("start", start.toString()));
                  return each;
                })
            .toList());
    return Map.of("state", "published", "publishedAt", PUBLISHED.toString(), "rollout", shown);
  }
}
