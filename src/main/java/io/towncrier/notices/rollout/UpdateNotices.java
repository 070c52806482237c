package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
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
 * The notice of a release: made with the first device that is notified of it, and kept for the
 * next.
 */
@ApplicationScoped
class UpdateNotices {
  private final RolloutNotices rollouts;
  private final NoticeStore notices;
  private final Outbox outbox;
  private final RolloutNoticesConfig config;
  private final Traces traces;
  private final AuditLog audit;

  UpdateNotices(
      RolloutNotices rollouts,
      NoticeStore notices,
      Outbox outbox,
      RolloutNoticesConfig config,
      Traces traces,
      AuditLog audit) {
    this.rollouts = rollouts;
    this.notices = notices;
    this.outbox = outbox;
    this.config = config;
    this.traces = traces;
    this.audit = audit;
  }

  /**
   * The notice, locked until the transaction ends and open for more; empty when an operator has
   * taken it back.
   *
   * @param lastDue until when none of it is given up, and a life longer
   */
  Uni<Optional<Opened>> open(Product product, Release release, Instant now, Instant lastDue) {
    Notice.Times times = new Notice.Times(now, lastDue.plus(config.life()));
    return rollouts
        .noticeOf(product.id(), release.version())
        .chain(
            known ->
                known.isPresent()
                    ? reopen(known.get(), times)
                    : begin(product, release, times).map(Optional::of));
  }

  /** Writes down what opening has changed: last, for all changes queue for the end of the log. */
  Uni<Void> note(Opened opened, Instant now) {
    return opened.action().isEmpty()
        ? Uni.createFrom().voidItem()
        : audit.append(
            new AuditEntry(
                AuditEntry.SYSTEM, opened.action().get(), opened.id(), "by its rollout", now));
  }

  private Uni<Opened> begin(Product product, Release release, Notice.Times times) {
    Notice.Draft draft = new Notice.Draft(content(product, release, times.startedAt()));
    return rollouts
        .approvalOf(product.id(), release.version())
        .chain(
            approval ->
                begin(
                    product,
                    release,
                    approval
                        .map(by -> draft.approve(by).start(times))
                        .orElseGet(() -> draft.start(times))));
  }

  private Uni<Opened> begin(Product product, Release release, Notice.Running running) {
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
        .replaceWith(new Opened(id, Optional.of("notice.started")));
  }

  private Uni<Optional<Opened>> reopen(String id, Notice.Times times) {
    return notices
        .lock(id)
        .chain(
            found -> {
              if (found.isEmpty() || !(found.get().notice() instanceof Notice.Begun begun)) {
                return Uni.createFrom().item(Optional.empty());
              }
              return goOn(begun, times)
                  .call(() -> outbox.extend(id, times.expiresAt()))
                  .map(action -> Optional.of(new Opened(id, action)));
            });
  }

  private Uni<Optional<String>> goOn(Notice.Begun begun, Notice.Times times) {
    return begun instanceof Notice.Done done
        ? notices.save(done.goOn(times.expiresAt())).replaceWith(Optional.of("notice.reopened"))
        : Uni.createFrom().item(Optional.empty());
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

  /**
   * A notice that more can be planned for.
   *
   * @param action what was changed for it, as the audit log names it
   */
  record Opened(String id, Optional<String> action) {}
}
