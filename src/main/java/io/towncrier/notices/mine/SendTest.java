package io.towncrier.notices.mine;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Device;
import io.towncrier.devices.LinkAccount;
import io.towncrier.notices.DraftNotice;
import io.towncrier.notices.LaunchNotice;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeChange;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.platform.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sends what an operator writes to a device of his or her own: a notice like any other, so it goes
 * the way of every push, and what the device does not want does not arrive.
 */
@ApplicationScoped
public class SendTest {
  private static final Duration TTL = Duration.ofHours(1);

  private final LinkAccount links;
  private final DraftNotice drafts;
  private final LaunchNotice launch;

  SendTest(LinkAccount links, DraftNotice drafts, LaunchNotice launch) {
    this.links = links;
    this.drafts = drafts;
    this.launch = launch;
  }

  /**
   * Writes and starts a notice to this device alone.
   *
   * @param operator subject; the device has to be a phone that is linked to his or her account
   * @return empty when it is none
   */
  public Uni<Optional<NoticeChange>> run(Notice.Draft given, String device, String operator) {
    return links
        .devices(new Secret(operator))
        .chain(
            mine ->
                mine.stream().noneMatch(one -> isPhone(one, device))
                    ? Uni.createFrom().item(Optional.empty())
                    : send(only(given.content(), device), operator).map(Optional::of));
  }

  /** What is for a router reaches the phones of everybody who uses it. */
  private static boolean isPhone(AccountStore.Linked one, String device) {
    return one.deviceId().equals(device) && one.kind() == Device.Kind.PHONE;
  }

  private static Audience audience(String device) {
    return new Audience(
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        List.of(device),
        List.of(),
        OptionalInt.empty());
  }

  private Uni<NoticeChange> send(Notice.Draft draft, String operator) {
    return drafts
        .create(draft)
        .chain(
            written ->
                written instanceof NoticeChange.Changed
                    ? launch.runTest(draft.content().id(), operator)
                    : Uni.createFrom().item(written));
  }

  private static Notice.Draft only(Notice.Content content, String device) {
    return new Notice.Draft(
        new Notice.Content(
            content.id(),
            content.kind(),
            content.text(),
            audience(device),
            Schedule.AT_ONCE,
            content.ttl().compareTo(TTL) < 0 ? content.ttl() : TTL,
            content.authors()));
  }
}
