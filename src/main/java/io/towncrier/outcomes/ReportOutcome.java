package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.devices.DeviceStore;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.Step;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.BlindIndex;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps what a device reports of an update, in whatever dialect. */
@ApplicationScoped
public class ReportOutcome {
  private final DeviceStore devices;
  private final CurrentSnapshot snapshots;
  private final KeepAttempt keep;
  private final BlindIndex index;
  private final InstantSource clock;

  ReportOutcome(
      DeviceStore devices,
      CurrentSnapshot snapshots,
      KeepAttempt keep,
      BlindIndex index,
      InstantSource clock) {
    this.devices = devices;
    this.snapshots = snapshots;
    this.keep = keep;
    this.index = index;
    this.clock = clock;
  }

  /** When this returns, the report is committed, or changes nothing. */
  public Uni<Reported> run(OutcomeReport report) {
    return devices
        .find(report.device())
        .chain(
            device ->
                device.isEmpty()
                    ? Uni.createFrom().item(new Reported.UnknownDevice())
                    : of(device.get(), report));
  }

  private Uni<Reported> of(Device device, OutcomeReport report) {
    return snapshots
        .get()
        .chain(
            snapshot -> {
              Optional<ProductReleases> releases =
                  snapshot.of(device.product()).filter(all -> has(all, report.version()));
              return releases.isEmpty()
                  ? Uni.createFrom().<Reported>item(new Reported.UnknownRelease())
                  : recorded(device, report);
            });
  }

  private static boolean has(ProductReleases releases, String version) {
    return releases.newestFirst().stream()
        .anyMatch(candidate -> candidate.release().version().equals(version));
  }

  private Uni<Reported> recorded(Device device, OutcomeReport report) {
    Instant now = clock.instant();
    Attempt.Key key = new Attempt.Key(device.id(), device.product(), report.version());
    // Of the try that is committed: a transaction that lost a race is made anew.
    AtomicReference<@Nullable Reported> told = new AtomicReference<>();
    return keep.changed(
            key,
            now,
            held -> {
              Attempt before = known(held.locked().attempt(), device);
              Step step = FollowUpdate.by(held.policy()).report(before, report.report(), now);
              Attempt after = after(step, before);
              told.set(told(step, after));
              return after.equals(held.locked().attempt()) ? Optional.empty() : Optional.of(after);
            },
            network(key, report.network()))
        .map(written -> Objects.requireNonNull(told.get()));
  }

  /** Of a release that the server did not offer: where the device comes from is what it runs. */
  private static Attempt known(Attempt attempt, Device device) {
    boolean isKnown =
        attempt.course().former().isPresent()
            || device.facts().version().equals(attempt.key().version());
    return isKnown ? attempt : attempt.comingFrom(device.facts().version());
  }

  private static Attempt after(Step step, Attempt before) {
    if (step instanceof Step.Changed changed) {
      return changed.after();
    }
    if (step instanceof Step.Contradicting contradicting) {
      return contradicting.after();
    }
    if (step instanceof Step.Unchanged || step instanceof Step.Late) {
      return before;
    }
    throw new ForgottenCase(step);
  }

  private static Reported told(Step step, Attempt attempt) {
    if (step instanceof Step.Changed) {
      return new Reported.Recorded(attempt);
    }
    if (step instanceof Step.Unchanged) {
      return new Reported.Repeated(attempt);
    }
    if (step instanceof Step.Contradicting) {
      return new Reported.Contradicting(attempt);
    }
    if (step instanceof Step.Late) {
      return new Reported.Late(attempt);
    }
    throw new ForgottenCase(step);
  }

  /** Another hash for each release: nobody can follow a network from one to the next. */
  private byte[] network(Attempt.Key key, Secret network) {
    return index.of("outcome-network/" + key.product() + ':' + key.version(), network);
  }
}
