package io.towncrier.delivery.recall;

import io.towncrier.devices.PushAddress;
import io.towncrier.preferences.Category;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is called back of one device and category. It carries no text and shows nothing.
 *
 * @param device for the console; never part of what is sent
 * @param category of all that is called back
 * @param address that the device has now, or that the pushes went to before; empty when the device
 *     has none
 * @param byApp whether the app of the device has the kit, which obeys
 * @param pushes all pushes that are called back, including those that an earlier recall named
 * @param silent categories of which the device must get no push, and whose pushes are all called
 *     back as far as they may be held for it: it does no harm when a held push of them is lost
 */
public record Recall(
    String device,
    Category category,
    Optional<PushAddress> address,
    boolean byApp,
    List<Held> pushes,
    Set<Category> silent) {
  // A message of FCM takes 4,096 bytes; a device has few pushes of a category in a day.
  private static final int MOST_NAMED = 50;

  public Recall {
    pushes = List.copyOf(pushes);
    silent = Set.copyOf(silent);
  }

  /** What the app is given, by name: the form that the kit obeys (clients/app/phone.js). */
  public Map<String, String> data() {
    return Map.of(
        "kind",
        "recall",
        "noticeId",
        pushes.stream().limit(MOST_NAMED).map(Held::notice).collect(Collectors.joining(" ")));
  }

  /** For how long the provider may hold it: as long as one of the pushes may be held. */
  public Duration ttl() {
    return pushes.stream().map(Held::left).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /** The same for one of its pushes alone. */
  Recall of(Held push) {
    return new Recall(device, category, address, byApp, List.of(push), silent);
  }

  /** The same for some of its pushes. */
  Recall ofAll(List<Held> some) {
    return new Recall(device, category, address, byApp, some, silent);
  }

  /**
   * A push that a provider may hold, or may have shown.
   *
   * @param provider that it was given to
   * @param task the provider's name for it; empty when the provider has not said one
   * @param isDue whether it is to be called back now; else an earlier recall named it, or it is to
   *     be tried later
   * @param left of its time to live; not above zero when that is over
   */
  public record Held(
      String notice, String provider, Optional<String> task, boolean isDue, Duration left) {
    boolean isOver() {
      return left.isZero() || left.isNegative();
    }
  }
}
