package io.towncrier.ddi;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.actions.Action;
import io.towncrier.ddi.actions.ActionStore;
import io.towncrier.ddi.actions.History;
import io.towncrier.ddi.enrolment.Controller;
import io.towncrier.devices.checks.CheckAsDevice;
import io.towncrier.devices.checks.FollowUpdates;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.version.VersionScheme;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.ReadFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What is decided for a device and what follows from it for its client: by the very code of the
 * native check, over the facts that the device told before.
 */
@ApplicationScoped
class Decided {
  private static final ReadFacts NOTHING = ReadFacts.of(fact -> null);

  private final CheckAsDevice check;
  private final ActionStore actions;
  private final InstantSource clock;

  Decided(CheckAsDevice check, ActionStore actions, InstantSource clock) {
    this.check = check;
    this.actions = actions;
    this.clock = clock;
  }

  /** Of a device that has said nothing new. */
  private Uni<CheckResult> again(Controller device, ClientKind client) {
    // rauc downloads before the window opens.
    return check(
        device, NOTHING, new FollowUpdates.Client(Optional.empty(), client == ClientKind.SWUPDATE));
  }

  /** Of a device that says this of itself now, which is kept. What it may do, a poll tells it. */
  Uni<CheckResult> check(Controller device, ReadFacts given, Optional<String> bootId) {
    return check(device, given, FollowUpdates.Client.inWindow(bootId));
  }

  private Uni<CheckResult> check(Controller device, ReadFacts given, FollowUpdates.Client client) {
    InputReader input = new InputReader();
    ClientFacts read = given.orVersion(device.checkIn().facts().version()).read(input);
    input.finish();
    return check.run(device.checkIn(), given, read, client).map(CheckAsDevice.Checked::decision);
  }

  /** What the client is to do; only where there is something, more than the check is read. */
  Uni<Planned> plan(Controller device, ClientKind client) {
    return again(device, client)
        .chain(
            decided ->
                (device.hasOpenAction() || Plan.offer(decided).isPresent()
                        ? actions.of(device.id()).chain(history -> done(device, decided, history))
                        : Uni.createFrom().item(History.NONE))
                    .map(history -> new Planned(decided, Plan.of(decided, history, client))));
  }

  /** What the device runs is done, whatever was said of it: no client is asked to cancel that. */
  private Uni<History> done(Controller device, CheckResult decided, History history) {
    Optional<Action> run = history.open().filter(action -> runs(decided, action.version()));
    return run.isEmpty()
        ? Uni.createFrom().item(history)
        : actions
            .installed(device.id(), run.get().version(), clock.instant())
            .chain(() -> actions.of(device.id()));
  }

  private static boolean runs(CheckResult decided, String release) {
    String installed = decided.facts().version();
    VersionScheme scheme = decided.product().scheme();
    return installed.equals(release)
        || scheme
            .read(installed)
            .flatMap(one -> scheme.read(release).map(other -> one.compareTo(other) == 0))
            .orElse(Boolean.FALSE);
  }

  /** A decision, and what follows from it. */
  record Planned(CheckResult decided, Plan plan) {}
}
