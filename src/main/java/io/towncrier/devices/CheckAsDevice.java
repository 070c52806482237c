package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.ReadFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** An update check that also brings the device's facts up to date. */
@ApplicationScoped
public class CheckAsDevice {
  private final DeviceStore store;
  private final AnswerCheck check;
  private final UnreadNotices unread;
  private final SendFence fence;
  private final Transactions transactions;
  private final InstantSource clock;

  CheckAsDevice(
      DeviceStore store,
      AnswerCheck check,
      UnreadNotices unread,
      SendFence fence,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.check = check;
    this.unread = unread;
    this.fence = fence;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Answers from what the device says now and, where it says nothing, from what it said before.
   *
   * @param given the facts as they came
   * @param read the same, of the version that is installed when they name none
   */
  public Uni<Checked> run(Device device, ReadFacts given, ClientFacts read) {
    return check
        .understood(read)
        .chain(
            understood -> {
              Device.Facts facts = device.facts().after(given, understood);
              ClientFacts asked =
                  facts.forCheck(understood.manual(), understood.ignored()).provedToBe(device.id());
              return check.run(device.product(), asked).call(() -> keep(device, facts));
            })
        .chain(
            decision -> unread.count(device.id()).map(notices -> new Checked(decision, notices)));
  }

  private Uni<Void> keep(Device device, Device.Facts facts) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (facts.equals(device.facts()) && today.equals(device.lastSeen())) {
      return Uni.createFrom().voidItem();
    }
    Uni<Void> kept = transactions.inTransaction(() -> store.updateFacts(device.id(), facts, today));
    return facts.hasClocksOf(device.facts())
        ? kept
        : kept.chain(() -> fence.awaitNothingInFlight(device.id()));
  }

  /** The decision, and how many in-app notices wait. */
  public record Checked(CheckResult decision, long unreadNotices) {}
}
