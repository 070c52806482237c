package io.towncrier.delivery.console;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was printed lately, so that a line of dev mode can look at it as the phone would. */
@IfBuildProfile(anyOf = {"dev", "test"})
@ApplicationScoped
public class PrintedPushes {
  private static final int KEPT = 200;

  private final Deque<Printed> kept = new ArrayDeque<>();

  synchronized void add(Printed printed) {
    if (kept.size() == KEPT) {
      kept.removeFirst();
    }
    kept.addLast(printed);
  }

  /** For one device, the oldest first. */
  public synchronized List<Printed> to(String device) {
    return kept.stream().filter(printed -> printed.device().equals(device)).toList();
  }

  /**
   * All that a phone would get.
   *
   * @param title and body: none where it is for the app alone
   */
  public record Printed(
      String device, Optional<String> title, Optional<String> body, Map<String, String> data) {}
}
