package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.devices.DeviceKey;
import io.towncrier.devices.checks.CheckIns;
import io.towncrier.notices.Inbox;
import io.towncrier.platform.PageRequest;
import io.towncrier.privacy.Indexes;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What done deliveries cost the others; run by bench/old-deliveries, and too long for the suite.
 */
@QuarkusTest
@TestProfile(DeliveryBench.Unbounded.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@Tag("bench")
class OldDeliveriesBench {
  // Each phone of the history has as many notices, however many phones there are.
  private static final int A_PHONE = 20;
  private static final int FEW = 100_000;
  private static final int MANY = Integer.getInteger("old", 10_000_000);
  private static final int DEVICES = MANY / A_PHONE;
  private static final int ROUNDS = 9;
  private static final int CLAIMED = 4_000;
  private static final int INBOXES = 400;
  private static final int PAGE = 1_000;
  // Prime, so that it meets each device once.
  private static final long STEP = 7_919;
  private static final double BOUND = 10;
  private static final Path REPORT = Path.of("target", "old-deliveries.md");

  private static final Route ROUTE = Routes.with(new AccountId("test", "1"));

  @Inject BenchField field;
  @Inject Claims claims;
  @Inject Outbox outbox;
  @Inject Inbox inbox;
  @Inject CheckIns checkIns;

  private final Random random = new Random(7);
  private long next;

  @Test
  void theHistorySlowsNobody() throws IOException, SQLException {
    Files.deleteIfExists(REPORT);
    field.register(DEVICES);
    field.addHistory(A_PHONE, 0, FEW / A_PHONE);
    Map<String, Double> few = measured(FEW / A_PHONE);
    field.addHistory(A_PHONE, FEW / A_PHONE, DEVICES);
    Map<String, Double> many = measured(DEVICES);

    report("| what | ms, %,d done | ms, %,d done | slower | |", FEW, MANY);
    report("|---|---|---|---|---|");
    List<String> missed = new ArrayList<>();
    few.forEach(
        (what, before) -> {
          double slower = 100 * (many.get(what) / before - 1);
          if (slower > BOUND) {
            missed.add(what);
          }
          report(
              "| %s | %.2f | %.2f | %.0f %% | %s |",
              what, before, many.get(what), slower, slower > BOUND ? "MISSED" : "met");
        });
    assertThat(missed).as("slower by more than %.0f %%", BOUND).isEmpty();
  }

  /** Medians, in milliseconds of one piece of work. */
  private Map<String, Double> measured(int phones) throws SQLException {
    String notice = field.openNotice();
    double[] planned = new double[ROUNDS];
    double[] claimed = new double[ROUNDS];
    double[] recorded = new double[ROUNDS];
    double[] listed = new double[ROUNDS];
    double[] counted = new double[ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      int at = Math.max(0, round);
      planned[at] = millis(CLAIMED / PAGE, i -> field.plan(notice, page()));
      List<Claims.Claim> taken = new ArrayList<>();
      int size = 250;
      claimed[at] =
          millis(
              CLAIMED / size,
              i -> taken.add(await(claims.next(ROUTE, Optional.empty(), Turns.of(size)))));
      recorded[at] = millis(taken.size(), i -> await(outbox.recordResults(accepted(taken.get(i)))));
      listed[at] = millis(INBOXES, i -> list(phones));
      counted[at] =
          millis(
              INBOXES,
              i -> assertThat(await(checkIns.signIn(key(random.nextInt(phones))))).isPresent());
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("a page of 1,000 planned", median(planned));
    figures.put("a claim of 250", median(claimed));
    figures.put("250 results recorded", median(recorded));
    figures.put("an inbox of 20, first page", median(listed));
    figures.put("the statement of its check", median(counted));
    return figures;
  }

  /** Devices that were not taken yet, anywhere among those that there are. */
  private List<String> page() {
    return IntStream.range(0, PAGE)
        .mapToObj(i -> BenchField.device((int) (STEP * next++ % DEVICES)))
        .toList();
  }

  private void list(int phones) {
    int found =
        await(
                inbox.entries(
                    key(random.nextInt(phones)),
                    new PageRequest<>(Optional.empty(), true, A_PHONE)))
            .orElseThrow()
            .items()
            .size();
    assertThat(found).isEqualTo(A_PHONE);
  }

  /** The devices of {@link BenchField} all have the same hash of a secret. */
  private static DeviceKey key(int phone) {
    return new DeviceKey(BenchField.device(phone), Indexes.only(new byte[1]));
  }

  private static List<Outbox.Result> accepted(Claims.Claim claim) {
    return claim.toSend().stream()
        .map(
            item ->
                new Outbox.Result(
                    claim.id(),
                    item.due(),
                    Outbox.State.ACCEPTED,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("projects/towncrier-test/messages/0:1700000000000000"),
                    true))
        .toList();
  }

  private static double millis(int pieces, IntConsumer work) {
    long start = System.nanoTime();
    for (int i = 0; i < pieces; i++) {
      work.accept(i);
    }
    return (System.nanoTime() - start) / 1e6 / pieces;
  }

  private static double median(double[] figures) {
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofMinutes(10));
  }

  private static void report(String form, Object... values) {
    BenchField.report(REPORT, String.format(Locale.ROOT, form, values));
  }
}
