package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Traces;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * What is reported about one run through the outbox: of each notice a line of log, and of what each
 * claim sends of it a span. A span of each push would tell no more, and cost as much as the push.
 */
final class DrainReport {
  private static final Logger LOG = Logger.getLogger(DrainReport.class);

  private final Traces traces;
  private final Map<String, Tally> notices = new ConcurrentHashMap<>();

  DrainReport(Traces traces) {
    this.traces = traces;
  }

  /** Before the first of a claim is sent. */
  OfClaim claimed(Claims.Claim claim) {
    Map<String, Part> parts = new HashMap<>();
    for (Claims.ToSend item : claim.toSend()) {
      parts.computeIfAbsent(item.due().notice(), notice -> begin(claim, item)).expected++;
    }
    return new OfClaim(parts);
  }

  private Part begin(Claims.Claim claim, Claims.ToSend first) {
    String notice = first.due().notice();
    return new Part(
        traces
            .continued("push", first.trace())
            .note(Traces.Span.NOTICE, notice)
            .note("towncrier.claim", claim.id()),
        notices.computeIfAbsent(notice, n -> new Tally()));
  }

  /** When nothing is under way any more. */
  void tell() {
    notices.forEach(
        (notice, tally) ->
            LogContext.about(notice, () -> LOG.infof("notice %s was pushed: %s", notice, tally)));
  }

  /** What one claim sends. */
  static final class OfClaim {
    private final Map<String, Part> parts;

    private OfClaim(Map<String, Part> parts) {
      this.parts = parts;
    }

    void answered(Claims.ToSend item, DeliveryResult result) {
      Part part = parts.get(item.due().notice());
      if (part == null) {
        throw new IllegalStateException("it is not of this claim");
      }
      part.answered(result.outcome());
    }
  }

  /** Of one notice in one claim. */
  private static final class Part {
    private final Traces.Span span;
    private final Tally ofNotice;
    private final Tally outcomes = new Tally();
    private int expected;
    private int answered;

    Part(Traces.Span span, Tally ofNotice) {
      this.span = span;
      this.ofNotice = ofNotice;
    }

    synchronized void answered(String outcome) {
      ofNotice.count(outcome);
      outcomes.count(outcome);
      answered++;
      if (answered == expected) {
        outcomes.counts.forEach((name, count) -> span.note("towncrier.pushes." + name, count));
        span.end();
      }
    }
  }

  /** Pushes by what came of them. */
  private static final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();

    synchronized void count(String outcome) {
      counts.merge(outcome, 1L, Long::sum);
    }

    @Override
    public synchronized String toString() {
      return counts.entrySet().stream()
          .map(entry -> entry.getValue() + " " + entry.getKey())
          .collect(Collectors.joining(", "));
    }
  }
}
