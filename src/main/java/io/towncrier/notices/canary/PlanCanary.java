package io.towncrier.notices.canary;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushContent;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.planning.DeliveryPlan;
import io.towncrier.notices.planning.Recipient;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.notices.text.NoticeText;
import io.towncrier.platform.Ids;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.preferences.Category;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Writes a canary into the outbox. It is of the category security, and urgent as such a notice is:
 * what is measured is the way that matters most, no daily limit of a vendor is used up, and no
 * message takes the place of another.
 */
@ApplicationScoped
class PlanCanary {
  private final NoticeStore notices;
  private final CanaryStore store;
  private final Outbox outbox;
  private final DeliveryPlan deliveries;
  private final InstantSource clock;

  PlanCanary(
      NoticeStore notices,
      CanaryStore store,
      Outbox outbox,
      DeliveryPlan deliveries,
      InstantSource clock) {
    this.notices = notices;
    this.store = store;
    this.outbox = outbox;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /**
   * Plans one for these phones, in the current transaction.
   *
   * @return how many get it
   */
  Uni<Integer> run(CanaryPlan plan, List<String> devices) {
    Instant now = clock.instant();
    // What is late is of no use, and no phone is to ring for it at night.
    Instant expiresAt = now.plus(plan.within());
    Notice.Content content = content(plan, devices, now);
    PushContent push =
        new PushContent(
            content.id(),
            Category.SECURITY,
            true,
            content.text().texts(),
            content.text().defaultLanguage(),
            expiresAt,
            Optional.empty());
    return notices
        .add(new Notice.Draft(content))
        .chain(() -> store.mark(content.id(), now, expiresAt))
        .chain(() -> outbox.open(push))
        .chain(
            () ->
                deliveries.add(
                    content.id(),
                    devices.stream()
                        .map(device -> new Recipient(device, Optional.empty(), now))
                        .toList()));
  }

  private static Notice.Content content(CanaryPlan plan, List<String> devices, Instant now) {
    return new Notice.Content(
        Ids.next(Notice.PREFIX),
        // A notice about security would need advice; this one is shown in no list.
        NoticeKind.ANNOUNCEMENT,
        new NoticeText(CanaryTexts.TEXTS, new LanguageTag("en"), new Details.None()),
        new Audience(
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            devices,
            List.of(),
            OptionalInt.empty()),
        Schedule.AT_ONCE,
        plan.within(),
        new Notice.Authors(AuditEntry.SYSTEM, Set.of(AuditEntry.SYSTEM), now));
  }
}
