package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.FindStandstill;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.notices.counts.ConsentCounts;
import io.towncrier.notices.planning.NoticeWalks;
import io.towncrier.notices.text.NoticeKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/** Shows a notice, and how far it is. */
@ApplicationScoped
public class ShowNotice {
  private final NoticeStore notices;
  private final NoticeWalks walks;
  private final FindStandstill standstill;
  private final DeliveryConfig delivery;
  private final DevicesConfig devices;
  private final InstantSource clock;

  ShowNotice(
      NoticeStore notices,
      NoticeWalks walks,
      FindStandstill standstill,
      DeliveryConfig delivery,
      DevicesConfig devices,
      InstantSource clock) {
    this.notices = notices;
    this.walks = walks;
    this.standstill = standstill;
    this.delivery = delivery;
    this.devices = devices;
    this.clock = clock;
  }

  public Uni<Optional<Shown>> run(String id) {
    return notices
        .find(id)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : show(found.get()).map(Optional::of));
  }

  private Uni<Shown> show(NoticeStore.Stored stored) {
    Notice.Content content = stored.notice().content();
    return walks
        .of(content.id())
        .chain(
            planning ->
                notices
                    .figures(content.id())
                    .map(figures -> Progress.of(figures, delivery.quotaPerMinute()))
                    .chain(progress -> standstill.run(isIncident(content)).map(progress::during))
                    .chain(
                        progress ->
                            unreached(content)
                                .chain(
                                    count ->
                                        consents(content)
                                            .map(
                                                counts ->
                                                    new Shown(
                                                        stored, progress, planning, count,
                                                        counts)))));
  }

  private Uni<Optional<ConsentCounts>> consents(Notice.Content content) {
    return content.text().asks().isPresent()
        ? notices.consents(content.id()).map(Optional::of)
        : Uni.createFrom().item(Optional.empty());
  }

  private Uni<Optional<Long>> unreached(Notice.Content content) {
    return isIncident(content)
        ? notices
            .unreached(content.id(), clock.instant().minus(devices.staleAfter()))
            .map(Optional::of)
        : Uni.createFrom().item(Optional.empty());
  }

  private static boolean isIncident(Notice.Content content) {
    return content.kind() == NoticeKind.SECURITY_INCIDENT;
  }

  /**
   * A notice as it stands.
   *
   * @param planning of one that has begun; empty when the version before has planned it
   * @param unreached of an incident: addressed devices that no push reached or will reach, and that
   *     were not seen for long
   * @param consents of a notice that asks for one: what was answered
   */
  public record Shown(
      NoticeStore.Stored stored,
      Progress progress,
      Optional<NoticeWalks.Standing> planning,
      Optional<Long> unreached,
      Optional<ConsentCounts> consents) {}
}
