package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.delivery.DrainSignal;
import io.towncrier.delivery.sharding.WorkQueues;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** The way of every change to one notice: lock, look, decide, write, audit; one transaction. */
@ApplicationScoped
class NoticeEdits {
  private static final Logger LOG = Logger.getLogger(NoticeEdits.class);

  private final NoticeStore notices;
  private final AuditLog audit;
  private final Transactions transactions;
  private final WorkQueues queues;
  private final DrainSignal drain;
  private final InstantSource clock;

  NoticeEdits(
      NoticeStore notices,
      AuditLog audit,
      Transactions transactions,
      WorkQueues queues,
      DrainSignal drain,
      InstantSource clock) {
    this.notices = notices;
    this.audit = audit;
    this.transactions = transactions;
    this.queues = queues;
    this.drain = drain;
    this.clock = clock;
  }

  /** What a decision about a notice wants. */
  sealed interface Transition {
    /**
     * The notice as it is to be.
     *
     * @param action as the audit log names it
     * @param planned deliveries, when it is started
     * @param allPlanned whether these are all
     */
    record Becomes(Notice notice, String action, String detail, int planned, boolean allPlanned)
        implements Transition {
      /** One that plans nothing. */
      Becomes(Notice notice, String action, String detail) {
        this(notice, action, detail, 0, true);
      }
    }

    record Delete() implements Transition {}

    /** It is so already. */
    record Nothing() implements Transition {}

    record No(NoticeChange why) implements Transition {}
  }

  /** Writes a new draft. */
  Uni<NoticeChange> add(Notice.Draft draft) {
    return transactions
        .inTransaction(
            () ->
                notices
                    .add(draft)
                    .call(
                        stored ->
                            note(
                                draft.content().authors().first(),
                                "notice.drafted",
                                draft.content().id(),
                                draft.content().kind().code()))
                    .<NoticeChange>map(stored -> new NoticeChange.Changed(stored)))
        .invoke(NoticeEdits::tell);
  }

  /**
   * Changes a notice that is there.
   *
   * @param revision that the caller has seen; without one the newest is changed
   * @param actor who does it
   */
  Uni<NoticeChange> change(
      String id,
      OptionalInt revision,
      String actor,
      Function<NoticeStore.Stored, Uni<Transition>> decision) {
    return transactions
        .inTransaction(
            () ->
                notices
                    .lock(id)
                    .chain(
                        found -> {
                          if (found.isEmpty()) {
                            return done(new NoticeChange.Unknown());
                          }
                          NoticeStore.Stored stored = found.get();
                          boolean stale =
                              revision.isPresent() && revision.getAsInt() != stored.revision();
                          return stale
                              ? done(new NoticeChange.Stale(stored))
                              : decision
                                  .apply(stored)
                                  .chain(transition -> carryOut(stored, transition, actor));
                        }))
        .invoke(NoticeEdits::tell)
        .call(this::handOn);
  }

  /** After the commit, so that nobody waits for the tick; without it, the tick does the same. */
  private Uni<Void> handOn(NoticeChange change) {
    boolean runs =
        change instanceof NoticeChange.Changed changed
            && changed.now().notice() instanceof Notice.Running;
    if (!runs) {
      return Uni.createFrom().voidItem();
    }
    drain.wake();
    String id = ((NoticeChange.Changed) change).now().notice().content().id();
    return queues
        .toPlan(List.of(id))
        .onFailure()
        .recoverWithUni(
            failure -> {
              LogContext.about(
                  id, () -> LOG.warnf("notice %s waits for the next tick: %s", id, failure));
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<NoticeChange> carryOut(
      NoticeStore.Stored stored, Transition transition, String actor) {
    String id = stored.notice().content().id();
    if (transition instanceof Transition.Becomes next) {
      return notices
          .save(next.notice())
          .call(() -> note(actor, next.action(), id, next.detail()))
          .map(now -> new NoticeChange.Changed(now, next.planned(), next.allPlanned()));
    } else if (transition instanceof Transition.Delete) {
      return notices
          .delete(id)
          .chain(() -> note(actor, "notice.deleted", id, ""))
          .replaceWith(new NoticeChange.Deleted());
    } else if (transition instanceof Transition.No no) {
      return done(no.why());
    } else if (transition instanceof Transition.Nothing) {
      return done(new NoticeChange.Changed(stored));
    }
    throw new ForgottenCase(transition);
  }

  /** Who did it stands in the audit log alone. */
  private static void tell(NoticeChange change) {
    if (change instanceof NoticeChange.Changed changed) {
      Notice notice = changed.now().notice();
      String id = notice.content().id();
      String state = NoticeStore.State.of(notice).code();
      String planned = changed.planned() > 0 ? ", deliveries: " + changed.planned() : "";
      LogContext.about(id, () -> LOG.infof("notice %s is %s%s", id, state, planned));
    }
  }

  private Uni<Void> note(String actor, String action, String id, String detail) {
    return audit.append(new AuditEntry(actor, action, id, detail, clock.instant()));
  }

  static Uni<Transition> transition(Transition transition) {
    return Uni.createFrom().item(transition);
  }

  static Uni<Transition> wrongState(String detail) {
    return transition(new Transition.No(new NoticeChange.WrongState(detail)));
  }

  private static Uni<NoticeChange> done(NoticeChange change) {
    return Uni.createFrom().item(change);
  }
}
