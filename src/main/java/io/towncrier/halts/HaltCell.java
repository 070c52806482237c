package io.towncrier.halts;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.HaltPushes;
import io.towncrier.platform.Halt;
import io.towncrier.releases.editing.HaltRollouts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Stops pushes, rollouts or both for the whole cell. Pushes come first, as they cannot be taken
 * back; each part is a transaction of its own, and a call that fails in between can be repeated.
 */
@ApplicationScoped
public class HaltCell {
  private final HaltPushes pushes;
  private final HaltRollouts rollouts;

  HaltCell(HaltPushes pushes, HaltRollouts rollouts) {
    this.pushes = pushes;
    this.rollouts = rollouts;
  }

  /** A part of what a cell does. */
  public enum Part {
    PUSHES,
    ROLLOUTS;

    /** The parts that a word of the API names; {@code all} names both. */
    public static Optional<Set<Part>> parse(String text) {
      return text.equals("all")
          ? Optional.of(EnumSet.allOf(Part.class))
          : Arrays.stream(values())
              .filter(part -> part.code().equals(text))
              .findFirst()
              .map(EnumSet::of);
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What is halted now. */
  public record Standing(Halt pushes, Halt rollouts) {}

  /** What is halted now. */
  public Uni<Standing> now() {
    return pushes.now().chain(sent -> rollouts.now().map(offered -> new Standing(sent, offered)));
  }

  /**
   * Halts. When this is done no instance claims a push or makes an offer that it forbids, and no
   * push that it forbids is in flight.
   *
   * @param exceptSecurity whether what is about security goes on
   * @param reason for the audit log
   * @param operator subject of the operator
   */
  public Uni<Standing> halt(
      Set<Part> parts, boolean exceptSecurity, String reason, String operator) {
    Uni<Void> sending =
        parts.contains(Part.PUSHES)
            ? pushes.halt(exceptSecurity, reason, operator).replaceWithVoid()
            : Uni.createFrom().voidItem();
    return sending
        .chain(
            () ->
                parts.contains(Part.ROLLOUTS)
                    ? rollouts.halt(exceptSecurity, reason, operator).replaceWithVoid()
                    : Uni.createFrom().voidItem())
        .chain(this::now)
        .call(
            standing ->
                parts.contains(Part.PUSHES)
                    ? pushes.awaitNothingInFlight(standing.pushes())
                    : Uni.createFrom().voidItem());
  }

  /**
   * Lets go on what is named.
   *
   * @return the parts that were halted until now
   */
  public Uni<List<Part>> resume(Set<Part> parts, String reason, String operator) {
    List<Part> resumed = new ArrayList<>();
    Uni<Boolean> offering =
        parts.contains(Part.ROLLOUTS)
            ? rollouts.resume(reason, operator)
            : Uni.createFrom().item(Boolean.FALSE);
    return offering
        .invoke(was -> addIf(was, resumed, Part.ROLLOUTS))
        .chain(
            () ->
                parts.contains(Part.PUSHES)
                    ? pushes.resume(reason, operator)
                    : Uni.createFrom().item(Boolean.FALSE))
        .invoke(was -> addIf(was, resumed, Part.PUSHES))
        .map(done -> resumed.stream().sorted().toList());
  }

  private static void addIf(boolean was, List<Part> resumed, Part part) {
    if (was) {
      resumed.add(part);
    }
  }
}
