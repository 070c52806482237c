package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushContent;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Traces;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The notice of a release: made with the first device that is told of it, and kept for the next.
 */
@ApplicationScoped
class UpdateNotices {
  private final RolloutNotices rollouts;
  private final NoticeStore notices;
  private final Outbox outbox;
  private final RolloutNoticesConfig config;
  private final Traces traces;

  UpdateNotices(
      RolloutNotices rollouts,
      NoticeStore notices,
      Outbox outbox,
      RolloutNoticesConfig config,
      Traces traces) {
    this.rollouts = rollouts;
    this.notices = notices;
    this.outbox = outbox;
    this.config = config;
    this.traces = traces;
  }

  /** The id of the notice, open for more; empty when an operator has taken it back. */
  Uni<Optional<String>> open(Product product, Release release, Instant now) {
    return rollouts
        .noticeOf(product.id(), release.version())
        .chain(
            known ->
                known.isPresent()
                    ? reopen(known.get(), now)
                    : begin(product, release, now).map(Optional::of));
  }

  /** None of it is given up before then. */
  Uni<Void> keepUntil(String id, Instant end) {
    return outbox.extend(id, end);
  }

  private Uni<String> begin(Product product, Release release, Instant now) {
    Notice.Running running =
        new Notice.Draft(content(product, release, now))
            .start(new Notice.Times(now, now.plus(config.life())));
    String id = running.content().id();
    return notices
        .add(new Notice.Draft(running.content()))
        .chain(() -> notices.save(running))
        .chain(
            () ->
                traces.within(
                    "start notice",
                    id,
                    () ->
                        outbox.open(
                            running.push(
                                new PushContent.Release(product.id(), release.version())))))
        .chain(() -> rollouts.remember(product.id(), release.version(), id))
        .replaceWith(id);
  }

  private Uni<Optional<String>> reopen(String id, Instant now) {
    return notices
        .lock(id)
        .chain(
            found -> {
              if (found.isEmpty() || !(found.get().notice() instanceof Notice.Begun begun)) {
                return Uni.createFrom().item(Optional.empty());
              }
              Uni<?> goesOn =
                  begun instanceof Notice.Done done
                      ? notices.save(done.goOn(now.plus(config.life())))
                      : Uni.createFrom().voidItem();
              return goesOn
                  .chain(() -> outbox.extend(id, now.plus(config.life())))
                  .replaceWith(Optional.of(id));
            });
  }

  private Notice.Content content(Product product, Release release, Instant now) {
    return new Notice.Content(
        Ids.next(Notice.PREFIX),
        product.kind() == Product.Kind.APP ? NoticeKind.APP_UPDATE : NoticeKind.FIRMWARE_UPDATE,
        new NoticeText(
            UpdateText.of(release.content().notes()),
            product.defaultLanguage(),
            new Details.None()),
        Audience.ofProducts(List.of(product.id())),
        Schedule.AT_ONCE,
        config.life(),
        new Notice.Authors(AuditEntry.SYSTEM, Set.of(AuditEntry.SYSTEM), now));
  }
}
