package io.towncrier.notices.canary;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushHalts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Looks what became of the canaries; alarms watch what it saw last. */
@ApplicationScoped
public class WatchCanary {
  private static final Logger LOG = Logger.getLogger(WatchCanary.class);

  private final CanaryConfig config;
  private final CanaryStore store;
  private final PushHalts halts;
  private final InstantSource clock;
  private volatile Optional<CanaryReport> last = Optional.empty();

  WatchCanary(CanaryConfig config, CanaryStore store, PushHalts halts, InstantSource clock) {
    this.config = config;
    this.store = store;
    this.halts = halts;
    this.clock = clock;
  }

  /** Empty where there are none. */
  public Uni<Optional<CanaryReport>> run() {
    Optional<CanaryPlan> plan = CanaryPlan.of(config);
    return plan.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : look(plan.get()).invoke(this::tell).map(Optional::of);
  }

  private Uni<CanaryReport> look(CanaryPlan plan) {
    return halts
        .find()
        .chain(
            halt ->
                store
                    .phones(plan.devices())
                    .chain(
                        phones ->
                            store
                                .sent(plan.devices())
                                .map(
                                    sent ->
                                        new JudgeCanary(
                                                plan,
                                                halt.since(SendCanary.IS_SECURITY).isPresent(),
                                                clock.instant())
                                            .of(phones, sent))));
  }

  /** Once each: it would otherwise be said for as long as it is so. */
  private void tell(CanaryReport report) {
    List<String> before = last.map(CanaryReport::missed).orElse(List.of());
    List<String> now = report.missed();
    last = Optional.of(report);
    if (!now.equals(before)) {
      if (now.isEmpty()) {
        LOG.info("the last canaries were shown in time");
      } else {
        LOG.errorf("no phone has shown the last canary in time of: %s", String.join(", ", now));
      }
    }
  }

  /** How many push providers have shown none in time, as this process saw it last. */
  public long missed() {
    return last.map(report -> (long) report.missed().size()).orElse(0L);
  }

  /** Seconds until the last canaries of a provider were shown; NaN: none was, or not known. */
  public double shownSeconds(String provider) {
    return last.flatMap(report -> report.slowest(provider))
        .map(Duration::toMillis)
        .map(millis -> millis / 1000.0)
        .orElse(Double.NaN);
  }
}
