package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.StillWanted;
import io.towncrier.devices.DeviceStore;
import io.towncrier.devices.PushTarget;
import io.towncrier.preferences.AlertsStore;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Locks and loads everything that a claim's decision rests on, in the order of all who lock. */
@ApplicationScoped
class ClaimFacts {
  private final Outbox outbox;
  private final DeviceStore devices;
  private final AlertsStore alerts;
  private final StillWanted wanted;

  ClaimFacts(Outbox outbox, DeviceStore devices, AlertsStore alerts, StillWanted wanted) {
    this.outbox = outbox;
    this.devices = devices;
    this.alerts = alerts;
    this.wanted = wanted;
  }

  Uni<Facts> lock(List<Outbox.Due> due) {
    List<String> notices = due.stream().map(Outbox.Due::notice).distinct().sorted().toList();
    List<String> ids =
        due.stream()
            .flatMap(d -> Stream.concat(Stream.of(d.device()), d.about().stream()))
            .distinct()
            .sorted()
            .toList();
    return outbox
        .lockContents(notices)
        .chain(
            contents ->
                devices
                    .lockTargets(ids)
                    .chain(
                        targets ->
                            alerts
                                .lockForShare(owners(targets))
                                .chain(
                                    allowed ->
                                        wanted(contents)
                                            .map(
                                                asked ->
                                                    new Facts(
                                                        index(contents, PushContent::notice),
                                                        index(targets, PushTarget::deviceId),
                                                        allowed,
                                                        asked)))));
  }

  /** Most notices are about no release, and need no catalogue. */
  private Uni<BiFunction<PushContent.Release, PushTarget, StillWanted.Answer>> wanted(
      List<PushContent> contents) {
    return contents.stream().anyMatch(content -> content.release().isPresent())
        ? wanted.now()
        : Uni.createFrom().item((release, target) -> new StillWanted.Answer.Wanted());
  }

  static List<String> owners(List<PushTarget> targets) {
    return targets.stream()
        .flatMap(t -> Stream.concat(Stream.of(t.deviceId()), t.accounts().stream()))
        .distinct()
        .sorted()
        .toList();
  }

  private static <T> Map<String, T> index(List<T> all, Function<T, String> key) {
    return all.stream().collect(Collectors.toMap(key, Function.identity()));
  }

  record Facts(
      Map<String, PushContent> contents,
      Map<String, PushTarget> targets,
      Map<String, NotificationAlerts> alerts,
      BiFunction<PushContent.Release, PushTarget, StillWanted.Answer> wanted) {
    /** Whether what a push is about is still offered to the device that it is about. */
    StillWanted.Answer wanted(PushContent content, Outbox.Due due) {
      if (content.release().isEmpty()) {
        return new StillWanted.Answer.Wanted();
      }
      return about(due)
          .map(about -> wanted.apply(content.release().get(), about))
          .orElseGet(() -> new StillWanted.Answer.Unwanted(Suppression.NO_LONGER_OFFERED));
    }

    /** The device that a delivery is about; empty when it is gone. */
    Optional<PushTarget> about(Outbox.Due due) {
      return Optional.ofNullable(targets.get(due.about().orElse(due.device())));
    }
  }
}
