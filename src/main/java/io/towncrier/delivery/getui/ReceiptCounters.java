package io.towncrier.delivery.getui;

import io.towncrier.delivery.ladder.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What became of receipts since the start, by verdict; metrics are read from here. */
@ApplicationScoped
public class ReceiptCounters {
  /** The line is no receipt. */
  static final String UNREADABLE = "unreadable";

  /** It is not of the app whose credentials we have. */
  static final String OTHER_APP = "other-app";

  /** Its signature is not made with our master secret. */
  static final String FORGED = "forged";

  /** Nobody knows what its code means. */
  static final String UNKNOWN_CODE = "unknown-code";

  /** Its code is known, and says nothing that lasts. */
  static final String NO_STEP = "no-step";

  /** It could not be checked, as the file of credentials is of no use. */
  static final String NO_CREDENTIALS = "no-credentials";

  /** Every verdict there is: those of the ladder, and why a receipt does not come that far. */
  public static final List<String> VERDICTS =
      Stream.concat(
              Arrays.stream(Verdict.values()).map(Verdict::code),
              Stream.of(UNREADABLE, OTHER_APP, FORGED, UNKNOWN_CODE, NO_STEP, NO_CREDENTIALS))
          .distinct()
          .toList();

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void count(String verdict) {
    counts.computeIfAbsent(verdict, name -> new LongAdder()).increment();
  }

  public long of(String verdict) {
    LongAdder count = counts.get(verdict);
    return count == null ? 0 : count.sum();
  }
}
