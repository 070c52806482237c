package io.towncrier.notices.explain;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.planning.NoticeWalks;
import io.towncrier.notices.selection.SelectAudience;
import io.towncrier.platform.FieldError;
import io.towncrier.preferences.Eligibility;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells why one device got a notice, or did not. */
@ApplicationScoped
public class ExplainDelivery {
  private final NoticeStore notices;
  private final SelectAudience select;
  private final DeliveryTraces traces;
  private final NoticeWalks walks;
  private final UpdateReasons updates;
  private final InstantSource clock;

  ExplainDelivery(
      NoticeStore notices,
      SelectAudience select,
      DeliveryTraces traces,
      NoticeWalks walks,
      UpdateReasons updates,
      InstantSource clock) {
    this.notices = notices;
    this.select = select;
    this.traces = traces;
    this.walks = walks;
    this.updates = updates;
    this.clock = clock;
  }

  public Uni<Outcome> run(String notice, String deviceId) {
    return notices
        .find(notice)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(new Outcome.UnknownNotice())
                    : traces
                        .device(deviceId)
                        .chain(
                            device ->
                                device.isEmpty()
                                    ? Uni.createFrom().item(new Outcome.UnknownDevice())
                                    : explain(found.get().notice(), device.get())
                                        .chain(
                                            said ->
                                                walks
                                                    .openWithout(deviceId)
                                                    .map(open -> open.contains(notice))
                                                    .map(
                                                        open ->
                                                            said.notAddressed(
                                                                found.get().notice(),
                                                                device.get(),
                                                                open)))
                                        .chain(said -> withUpdates(notice, deviceId, said))));
  }

  /** The audience of a rollout's notice is the whole product; who is told, the check decides. */
  private Uni<Outcome> withUpdates(String notice, String deviceId, Outcome.Explained said) {
    return updates.of(notice, deviceId).map(found -> found.map(said::withUpdates).orElse(said));
  }

  private Uni<Outcome.Explained> explain(Notice notice, DeliveryTraces.Known device) {
    String deviceId = device.member().deviceId();
    return traces
        .delivery(notice.content().id(), deviceId)
        .chain(
            trace ->
                select
                    .run(notice.content().audience())
                    .chain(
                        outcome ->
                            outcome instanceof SelectAudience.Outcome.Selected selected
                                ? traces
                                    .isRecipient(selected.selection(), deviceId)
                                    .map(
                                        now ->
                                            explanation(
                                                notice,
                                                device,
                                                trace,
                                                now,
                                                device.member().unmet(selected.selection())))
                                : Uni.createFrom()
                                    .item(
                                        explanation(
                                            notice, device, trace, false, unknown(outcome)))));
  }

  private static List<String> unknown(SelectAudience.Outcome outcome) {
    return outcome instanceof SelectAudience.Outcome.Refused refused
        ? refused.errors().stream().map(FieldError::field).toList()
        : List.of();
  }

  private Outcome.Explained explanation(
      Notice notice,
      DeliveryTraces.Known device,
      Optional<DeliveryTraces.Trace> trace,
      boolean matches,
      List<String> unmet) {
    Eligibility eligibility =
        Eligibility.of(
            notice.content().kind().category(),
            device.alerts(),
            device.reachable(),
            ZoneOffset.UTC,
            clock.instant());
    Optional<String> refusal =
        eligibility instanceof Eligibility.Suppressed no
            ? Optional.of(no.reason().code())
            : Optional.empty();
    return new Outcome.Explained(
        NoticeStore.State.of(notice),
        trace,
        matches,
        matches && !unmet.isEmpty(),
        unmet,
        refusal,
        Optional.empty(),
        List.of());
  }

  /** Why a notice that has started is not for a device. */
  public enum NotAddressed {
    NOT_PLANNED_YET,
    REGISTERED_LATER,
    MATCHES_SINCE,
    NO_MATCH;

    /** Pure. */
    static NotAddressed of(boolean matches, boolean registeredLater, boolean beingPlanned) {
      if (!matches) {
        return NO_MATCH;
      } else if (registeredLater) {
        return REGISTERED_LATER;
      }
      return beingPlanned ? NOT_PLANNED_YET : MATCHES_SINCE;
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** What became of it. */
  public sealed interface Outcome {
    /**
     * What there is to say.
     *
     * @param state of the notice
     * @param delivery as it was planned; without one the device was not addressed when it started
     * @param matchesNow whether it would be addressed now
     * @param throughRouter whether it would be for a router of its account alone
     * @param unmet conditions of the audience that the device itself does not meet now
     * @param pushForbiddenNow why no push may go to it now; quiet hours only delay
     * @param notAddressed why there is no delivery, of an operator's notice that has started
     * @param updates of a rollout's notice: what a check answers now
     */
    record Explained(
        NoticeStore.State state,
        Optional<DeliveryTraces.Trace> delivery,
        boolean matchesNow,
        boolean throughRouter,
        List<String> unmet,
        Optional<String> pushForbiddenNow,
        Optional<NotAddressed> notAddressed,
        List<UpdateReasons.OfDevice> updates)
        implements Outcome {
      public Explained {
        unmet = List.copyOf(unmet);
        updates = List.copyOf(updates);
      }

      private Explained withUpdates(List<UpdateReasons.OfDevice> found) {
        return new Explained(
            state,
            delivery,
            found.stream().anyMatch(UpdateReasons.OfDevice::isMeant),
            throughRouter,
            unmet,
            pushForbiddenNow,
            Optional.empty(),
            found);
      }

      private Explained notAddressed(Notice notice, DeliveryTraces.Known device, boolean open) {
        return new Explained(
            state,
            delivery,
            matchesNow,
            throughRouter,
            unmet,
            pushForbiddenNow,
            delivery.isPresent() || !(notice instanceof Notice.Begun begun)
                ? Optional.empty()
                : Optional.of(
                    NotAddressed.of(
                        matchesNow,
                        device.registeredAt().isAfter(begun.times().startedAt()),
                        open)),
            updates);
      }
    }

    record UnknownNotice() implements Outcome {}

    record UnknownDevice() implements Outcome {}
  }
}
