package io.towncrier.ddi;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.enrolment.Controller;
import io.towncrier.ddi.enrolment.ControllerStore;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.Artifact;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.ReadFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers RAUC's own polling: there is a bundle to install now, or there is none. */
@ApplicationScoped
public class PollRauc {
  private static final String ENDING = ".raucb";
  private static final int LONGEST_BOOT_ID = 64;

  private final AnswerCheck check;
  private final Decided decided;
  private final ControllerStore devices;
  private final InstantSource clock;

  PollRauc(AnswerCheck check, Decided decided, ControllerStore devices, InstantSource clock) {
    this.check = check;
    this.decided = decided;
    this.devices = devices;
    this.clock = clock;
  }

  /** Of a device of which nothing is known, and nothing is kept. */
  public Uni<Answer> anonymous(String product, ReadFacts given) {
    return check.run(product, given).map(PollRauc::answer);
  }

  /**
   * Of a device that signed in; its facts and its start are kept.
   *
   * @param bootId of its start, as RAUC makes it
   */
  public Uni<Answer> signedIn(Controller device, ReadFacts given, @Nullable String bootId) {
    Optional<String> said =
        Optional.ofNullable(bootId)
            .filter(id -> id.length() <= LONGEST_BOOT_ID && InputReader.isPrintable(id));
    Optional<String> start = said.filter(id -> !device.bootId().equals(Optional.of(id)));
    return decided
        .check(device, given, said)
        .call(
            () ->
                start.isPresent()
                    ? devices.booted(device.id(), start.get())
                    : Uni.createFrom().voidItem())
        .map(result -> answer(result, comesAgain(device, result)));
  }

  /** Empty but for who waits for its download. RAUC comes at its own time; others may read it. */
  private Optional<Sleep> comesAgain(Controller device, CheckResult result) {
    return Plan.waitsForDownload(result)
        ? Optional.of(Sleep.usual(result.next(), device.id(), clock.instant()))
        : Optional.empty();
  }

  /** RAUC installs what it is sent to: outside of the install window there is nothing. */
  static Answer answer(CheckResult result) {
    return answer(result, Optional.empty());
  }

  private static Answer answer(CheckResult result, Optional<Sleep> again) {
    Optional<Artifact> bundle =
        Plan.offer(result)
            .filter(offer -> !Plan.isClosed(result))
            .flatMap(offer -> bundle(offer.release().content().artifacts()));
    Optional<String> reason = bundle.isPresent() ? Optional.empty() : reason(result);
    return new Answer(bundle, result.outcome().code(), reason, again);
  }

  /** Why there is no bundle. */
  private static Optional<String> reason(CheckResult result) {
    if (Plan.offer(result).isEmpty()) {
      return result.outcome().reasonCode();
    }
    return Optional.of(Plan.isClosed(result) ? Plan.WINDOW_CLOSED : Plan.NO_ARTIFACT);
  }

  /** The one bundle, or the only file. */
  private static Optional<Artifact> bundle(List<Artifact> all) {
    List<Artifact> bundles = all.stream().filter(a -> a.name().endsWith(ENDING)).toList();
    List<Artifact> choice = bundles.isEmpty() ? all : bundles;
    return choice.size() == 1 ? Optional.of(choice.get(0)) : Optional.empty();
  }

  /**
   * What to answer.
   *
   * @param bundle to install now
   * @param decision as a check has it
   * @param reason why there is none, where there is a reason
   * @param again when to come again, where that is told
   */
  public record Answer(
      Optional<Artifact> bundle, String decision, Optional<String> reason, Optional<Sleep> again) {}
}
