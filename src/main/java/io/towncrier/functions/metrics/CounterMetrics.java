package io.towncrier.functions.metrics;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.delivery.getui.ReceiptCounters;
import io.towncrier.delivery.sending.DeliveryCounters;
import io.towncrier.downloads.WaitCounters;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.updates.CheckCounters;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What was counted since the invocation before. What is zero is left out: it would be paid for. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
public class CounterMetrics implements FunctionMetrics {
  private static final List<String> NO_FAILURE = List.of("accepted", "not-sent");

  private final Map<String, LongSupplier> counters = new TreeMap<>();
  private final Map<String, Long> told = new TreeMap<>();

  public CounterMetrics(
      CheckCounters checks,
      DeliveryCounters pushes,
      WaitCounters downloads,
      ReceiptCounters receipts) {
    counters.put("ChecksOffered", () -> checks.of("offer"));
    counters.put("ChecksUpToDate", () -> checks.of("up-to-date"));
    counters.put("ChecksHeldBack", () -> checks.of("held-back"));
    counters.put("ChecksUnsupported", () -> checks.of("unsupported"));
    for (Fact fact : Fact.ALL) {
      String name = fact.code().substring(0, 1).toUpperCase(Locale.ROOT) + fact.code().substring(1);
      counters.put("FactsIgnored" + name, () -> checks.ignored(fact));
    }
    counters.put("DownloadsWaiting", downloads::all);
    counters.put("PushesAccepted", () -> pushes.of("accepted"));
    counters.put("PushesFailed", () -> failed(pushes));
    counters.put("DeadLetters", pushes::deadLetters);
    counters.put("SenderMismatches", pushes::senderMismatches);
    counters.put("ReceiptsTaken", () -> receipts.of("taken"));
    counters.put("ReceiptsForged", () -> receipts.of("forged"));
    counters.put("ReceiptsUnknownCode", () -> receipts.of("unknown-code"));
  }

  @Override
  public synchronized List<Metric> sinceLastAsked() {
    List<Metric> news = new ArrayList<>();
    counters.forEach(
        (name, counter) -> {
          long now = counter.getAsLong();
          Long before = told.put(name, now);
          long since = before == null ? now : now - before;
          if (since > 0) {
            news.add(Metric.count(name, since));
          }
        });
    return news;
  }

  private static long failed(DeliveryCounters pushes) {
    return DeliveryCounters.OUTCOMES.stream()
        .filter(outcome -> !NO_FAILURE.contains(outcome))
        .mapToLong(pushes::of)
        .sum();
  }
}
