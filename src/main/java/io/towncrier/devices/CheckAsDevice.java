package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.updates.AnswerCheck;
import io.towncrier.updates.Decision;
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
  private final Transactions transactions;
  private final InstantSource clock;

  CheckAsDevice(
      DeviceStore store,
      AnswerCheck check,
      UnreadNotices unread,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.check = check;
    this.unread = unread;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Fails with a problem when the channel is not known; nothing is changed then. */
  public Uni<Checked> run(Device device, Device.Facts facts, boolean manual) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return check
        .run(device.product(), facts.forCheck(manual).provedToBe(device.id()))
        .call(
            () ->
                facts.equals(device.facts()) && today.equals(device.lastSeen())
                    ? Uni.createFrom().voidItem()
                    : transactions.inTransaction(
                        () -> store.updateFacts(device.id(), facts, today)))
        .chain(
            decision -> unread.count(device.id()).map(notices -> new Checked(decision, notices)));
  }

  /** The decision, and how many in-app notices wait. */
  public record Checked(Decision decision, long unreadNotices) {}
}
