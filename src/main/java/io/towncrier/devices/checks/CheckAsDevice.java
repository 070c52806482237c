package io.towncrier.devices.checks;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.ReadFacts;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * An update check that also brings the device's facts up to date. When there is nothing to bring up
 * to date, the statement that signed the device in was the only one (docs/adr/0036).
 */
@ApplicationScoped
public class CheckAsDevice {
  private final AnswerCheck check;
  private final CheckIns checkIns;
  private final KeepFacts facts;
  private final FollowUpdates updates;

  CheckAsDevice(AnswerCheck check, CheckIns checkIns, KeepFacts facts, FollowUpdates updates) {
    this.check = check;
    this.checkIns = checkIns;
    this.facts = facts;
    this.updates = updates;
  }

  /**
   * Answers from what the device says now and, where it says nothing, from what it said before.
   *
   * @param device as it signed in
   * @param given the facts as they came
   * @param read the same, of the version that is installed when they name none
   * @param client by which it asks
   */
  public Uni<Checked> run(
      CheckIns.CheckIn device, ReadFacts given, ClientFacts read, FollowUpdates.Client client) {
    return check
        .understood(read)
        .chain(
            understood -> {
              Device.Facts now = device.facts().after(given, understood);
              ClientFacts asked =
                  now.forCheck(understood.manual(), understood.ignored()).provedToBe(device.id());
              return check
                  .run(device.product(), asked)
                  .call(() -> facts.keep(device, now))
                  .chain(decision -> updates.follow(device, now.version(), client, decision))
                  .chain(
                      decision ->
                          checkIns
                              .unread(device, now.version())
                              .map(notices -> new Checked(decision, notices)));
            });
  }

  /** The decision, and how many in-app notices wait. */
  public record Checked(CheckResult decision, long unreadNotices) {}
}
