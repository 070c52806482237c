package io.towncrier.delivery.sending;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.devices.PushAddress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** What became of pushes since the start, by outcome; metrics are read from here. */
@ApplicationScoped
public class DeliveryCounters {
  // Said of an address that is another project's, or of another app than ours.
  private static final Set<String> MISMATCHES =
      Set.of("SENDER_ID_MISMATCH", "CID_INVALID", "APPID_MISMATCH");

  private final Map<Kind, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final LongAdder deadLetters = new LongAdder();
  private final LongAdder mismatches = new LongAdder();
  // Of each provider: what one of them answers says nothing of another's credentials.
  private final Map<String, MismatchWatch> watches = new ConcurrentHashMap<>();

  /** Every outcome there is, as {@link DeliveryResult#outcome} names them. */
  public static final List<String> OUTCOMES =
      List.of(
          "accepted",
          "address-gone",
          "address-idle",
          "try-later",
          "quota-exceeded",
          "notice-refused",
          "platform-refused",
          "provider-refused",
          "not-sent");

  void recorded(List<RecordResults.Sent> sent, long dead) {
    deadLetters.add(dead);
    sent.stream()
        .collect(Collectors.groupingBy(one -> one.item().message().address().provider()))
        .forEach(this::recorded);
  }

  private void recorded(String provider, List<RecordResults.Sent> sent) {
    long foreign = sent.stream().filter(one -> isMismatch(one.result())).count();
    mismatches.add(foreign);
    watches
        .computeIfAbsent(provider, name -> new MismatchWatch())
        .counted(sent.stream().filter(one -> isAboutAddress(one.result())).count(), foreign);
    sent.forEach(
        one ->
            outcomes
                .computeIfAbsent(
                    new Kind(provider, one.result().outcome()), kind -> new LongAdder())
                .increment());
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
    return watches.values().stream().anyMatch(MismatchWatch::isAlarmed);
  }

  private static boolean isMismatch(DeliveryResult result) {
    return result instanceof DeliveryResult.AddressGone gone && MISMATCHES.contains(gone.code());
  }

  private static boolean isAboutAddress(DeliveryResult result) {
    return result instanceof DeliveryResult.Accepted
        || result instanceof DeliveryResult.AddressGone;
  }

  /** Of all providers together. */
  public long of(String outcome) {
    return PushAddress.PROVIDERS.stream().mapToLong(provider -> of(provider, outcome)).sum();
  }

  /** Of the addresses of one provider. */
  public long of(String provider, String outcome) {
    LongAdder count = outcomes.get(new Kind(provider, outcome));
    return count == null ? 0 : count.sum();
  }

  private record Kind(String provider, String outcome) {}
}
