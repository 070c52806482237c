package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Starts a notice: plans its deliveries and puts it into the inboxes, in one transaction. */
@ApplicationScoped
public class LaunchNotice {
  private final NoticeStore notices;
  private final Recipients recipients;
  private final Outbox outbox;
  private final Transactions transactions;
  private final InstantSource clock;

  LaunchNotice(
      NoticeStore notices,
      Recipients recipients,
      Outbox outbox,
      Transactions transactions,
      InstantSource clock) {
    this.notices = notices;
    this.recipients = recipients;
    this.outbox = outbox;
    this.transactions = transactions;
    this.clock = clock;
  }

  public Uni<Outcome> run(String id) {
    return transactions.inTransaction(() -> notices.lock(id).chain(this::launch));
  }

  private Uni<Outcome> launch(Optional<Notice> found) {
    if (found.isEmpty()) {
      return Uni.createFrom().item(new Outcome.Unknown());
    }
    if (!(found.get() instanceof Notice.Draft draft)) {
      return Uni.createFrom().item(new Outcome.NotADraft());
    }
    Instant now = clock.instant();
    Notice.Started started = draft.start(now);
    return notices
        .save(started)
        .chain(() -> outbox.open(started.push()))
        .chain(() -> recipients.plan(started.content().id(), started.content().audience(), now))
        .map(planned -> new Outcome.Launched(started, planned));
  }

  /** What became of it. */
  public sealed interface Outcome {
    record Launched(Notice.Started notice, int planned) implements Outcome {}

    record NotADraft() implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
