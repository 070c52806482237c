package io.towncrier.notices.explain;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.ladder.PushStep;
import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.delivery.recall.RecallState;
import io.towncrier.delivery.vendors.VendorEffect;
import io.towncrier.delivery.vendors.VendorRules;
import io.towncrier.devices.PushAddress;
import io.towncrier.notices.audience.Member;
import io.towncrier.notices.audience.Selection;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.NotificationAlerts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is known of one device and one notice. */
public interface DeliveryTraces {
  Uni<Optional<Known>> device(String deviceId);

  /** Whether it is a recipient, itself or for a router of its account. */
  Uni<Boolean> isRecipient(Selection selection, String deviceId);

  Uni<Optional<Trace>> delivery(String notice, String deviceId);

  /**
   * A device as an audience and a claim see it.
   *
   * @param alerts of the device and of its accounts, without quiet hours
   */
  record Known(
      Member member, boolean reachable, List<NotificationAlerts> alerts, Instant registeredAt) {
    public Known {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * A planned delivery.
   *
   * @param reason why it is suppressed or dead, or was put back
   * @param dueAt when it may be claimed; of one that was, when it might be
   * @param replacedBy the notice that took its place at FCM, if the phone was away until then
   * @param recall what became of calling it back, if it is called back
   * @param steps how far the push came, the lowest first
   * @param carriage how it goes
   */
  record Trace(
      String state,
      Optional<String> reason,
      int attempts,
      Instant dueAt,
      Optional<Instant> finishedAt,
      Optional<Instant> readAt,
      Optional<String> replacedBy,
      Optional<Recalled> recall,
      List<Step> steps,
      Carriage carriage) {
    public Trace {
      steps = List.copyOf(steps);
    }

    private static final String ACCEPTED = "ACCEPTED";

    /** What vendors of phones may have done with it, of one that Getui has accepted. */
    public List<VendorEffect> vendorEffects() {
      return state.equals(ACCEPTED) && carriage.isThroughVendors()
          ? finishedAt
              .map(
                  at ->
                      VendorRules.after(
                          carriage.category(), at, carriage.expiresAt(), carriage.earlierThatDay()))
              .orElse(List.of())
          : List.of();
    }
  }

  /**
   * A push that is called back.
   *
   * @param because of what
   * @param answer why it could not be called back, or not yet
   */
  record Recalled(RecallState state, String because, Optional<String> answer) {}

  /**
   * A step of a push.
   *
   * @param source who was the first to say so
   * @param reason code of why it was dropped
   */
  record Step(PushStep step, StepSource source, Instant at, Optional<String> reason) {}

  /**
   * How a delivery goes.
   *
   * @param provider whose address the device had
   * @param movedFrom providers of other addresses that have refused it, or did not answer for it
   * @param expiresAt after which nothing of its notice is shown
   * @param earlierThatDay how many of its class the provider has accepted for the device before it,
   *     since midnight in China
   */
  record Carriage(
      String provider,
      List<String> movedFrom,
      Category category,
      Instant expiresAt,
      int earlierThatDay) {
    public Carriage {
      movedFrom = List.copyOf(movedFrom);
    }

    boolean isThroughVendors() {
      return provider.equals(PushAddress.Kind.CID.provider());
    }
  }
}
