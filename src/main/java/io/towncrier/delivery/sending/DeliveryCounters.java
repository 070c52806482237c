package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryResult;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of pushes since the start, by outcome; metrics are read from here. */
@ApplicationScoped
public class DeliveryCounters {
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder mismatches = new LongAdder();
  private final MismatchWatch watch = new MismatchWatch();

  /** Every outcome there is, as {@link DeliveryResult#outcome} names them. */
  public static final List<String> OUTCOMES =
      List.of(
          "accepted",
          "address-gone",
          "try-later",
          "quota-exceeded",
          "notice-refused",
          "platform-refused",
          "provider-refused",
          "not-sent");

  void recorded(List<RecordResults.Sent> sent, long dead) {
    deadLetters.add(dead);
    long foreign = sent.stream().filter(one -> isMismatch(one.result())).count();
    mismatches.add(foreign);
    watch.counted(sent.stream().filter(one -> isAboutAddress(one.result())).count(), foreign);
    sent.forEach(
        one ->
            outcomes.computeIfAbsent(one.result().outcome(), name -> new LongAdder()).increment());
  }

  /** How many deliveries were given up since the start. */
  public long deadLetters() {
    return deadLetters.sum();
  }

  /** How many addresses were said to be another project's since the start. */
  public long senderMismatches() {
    return mismatches.sum();
  }

  /** Whether too many are: we push with the credentials of another project than the apps have. */
  public boolean isMismatched() {
    return watch.isAlarmed();
  }

  private static boolean isMismatch(DeliveryResult result) {
    return result instanceof DeliveryResult.AddressGone gone
        && gone.code().equals("SENDER_ID_MISMATCH");
  }

  private static boolean isAboutAddress(DeliveryResult result) {
    return result instanceof DeliveryResult.Accepted
        || result instanceof DeliveryResult.AddressGone;
  }

  public long of(String outcome) {
    LongAdder count = outcomes.get(outcome);
    return count == null ? 0 : count.sum();
  }
}
