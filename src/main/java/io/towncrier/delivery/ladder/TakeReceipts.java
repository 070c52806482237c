package io.towncrier.delivery.ladder;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.ladder.ReportedStep.PushName;
import io.towncrier.devices.checks.PushReceipts;
import io.towncrier.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes the steps that apps report. What cannot be read is done with as well: it would be no better
 * the next time.
 */
@ApplicationScoped
class TakeReceipts implements PushReceipts {
  private static final String NOTICE = "ntc";

  private final Ladder ladder;
  private final InstantSource clock;

  TakeReceipts(Ladder ladder, InstantSource clock) {
    this.ladder = ladder;
    this.clock = clock;
  }

  @Override
  public Uni<Taken> take(String device, List<Receipt> receipts, Optional<Instant> sentAt) {
    // What is to be added to the app's clock.
    Duration ahead =
        sentAt.map(sent -> Duration.between(sent, clock.instant())).orElse(Duration.ZERO);
    List<Integer> places = new ArrayList<>();
    List<ReportedStep> steps = new ArrayList<>();
    List<Integer> again = new ArrayList<>();
    for (int place = 0; place < receipts.size(); place++) {
      if (place >= MOST) {
        again.add(place);
      } else {
        Optional<ReportedStep> step = read(device, receipts.get(place), ahead);
        if (step.isPresent()) {
          places.add(place);
          steps.add(step.get());
        }
      }
    }
    return ladder.take(steps).map(verdicts -> taken(verdicts, places, again));
  }

  private static Taken taken(List<Verdict> verdicts, List<Integer> places, List<Integer> later) {
    List<Integer> again = new ArrayList<>();
    for (int i = 0; i < verdicts.size(); i++) {
      if (!verdicts.get(i).isFinal()) {
        again.add(places.get(i));
      }
    }
    boolean recorded = !verdicts.contains(Verdict.SWITCHED_OFF);
    if (recorded) {
      again.addAll(later);
    }
    return new Taken(recorded, again);
  }

  private static Optional<ReportedStep> read(String device, Receipt receipt, Duration ahead) {
    Optional<String> notice = receipt.notice().filter(id -> Ids.looksLike(NOTICE, id));
    Optional<PushStep> step = receipt.step().flatMap(PushStep::parse);
    if (notice.isEmpty() || step.isEmpty() || receipt.at().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ReportedStep(
            new PushName.OfNotice(device, notice.get()),
            step.get(),
            StepSource.APP,
            receipt.at().map(at -> at.plus(ahead)),
            receipt.reason().map(code -> DropReason.parse(code).orElse(DropReason.OTHER))));
  }
}
