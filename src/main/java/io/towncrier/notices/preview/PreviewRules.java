package io.towncrier.notices.preview;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeStore;
import io.towncrier.notices.NoticesConfig;
import io.towncrier.notices.schedule.DueTimes;
import io.towncrier.notices.schedule.ExpectedTime;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.platform.language.LocalizedText;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a preview needs besides the devices: it is the same at once and as a report. */
@ApplicationScoped
class PreviewRules {
  private static final TextVariables UNKNOWN_SAMPLE = new TextVariables("?", "?");

  private final NoticesConfig notices;
  private final DeliveryConfig delivery;
  private final DevicesConfig devices;
  private final NoticeStore store;

  PreviewRules(
      NoticesConfig notices, DeliveryConfig delivery, DevicesConfig devices, NoticeStore store) {
    this.notices = notices;
    this.delivery = delivery;
    this.devices = devices;
    this.store = store;
  }

  DueTimes dueTimes(Notice.Content content, Collection<Place> places, Instant now) {
    return content.schedule().dueTimes(now, places, notices.jitter());
  }

  /** Places in which nobody is pushed to, since no moment is known to be right there. */
  static List<Place> unplaced(DueTimes due) {
    return due instanceof DueTimes.ByPlace byPlace ? byPlace.without() : List.of();
  }

  /** Devices that were last seen on this day (UTC) or before count as unseen. */
  LocalDate unseenSince(Instant now) {
    return LocalDate.ofInstant(now.minus(devices.staleAfter()), ZoneOffset.UTC);
  }

  /** What operators read of what was counted. */
  Uni<Preview> show(
      Notice.Content content,
      PreviewCounts counts,
      Optional<TextVariables> sample,
      DueTimes due,
      Instant now) {
    long seconds =
        ExpectedTime.seconds(
            counts.pushed(), content.kind().isUrgent(), due, delivery.limits(), now);
    return vendors(content, counts.pushedThroughVendors(), Duration.ofSeconds(seconds), now)
        .map(vendors -> shown(content, counts, sample.orElse(UNKNOWN_SAMPLE), seconds, vendors));
  }

  private static Preview shown(
      Notice.Content content,
      PreviewCounts counts,
      TextVariables variables,
      long seconds,
      Optional<VendorOutlook> vendors) {
    boolean incident = content.kind() == NoticeKind.SECURITY_INCIDENT;
    Map<String, LocalizedText.Text> texts = new TreeMap<>();
    content.text().texts().byLanguage().forEach((l, t) -> texts.put(l, variables.fill(t)));
    Map<String, Details.Advice> advice = new TreeMap<>();
    if (content.text().details() instanceof Details.Incident of) {
      of.byLanguage().forEach((l, parts) -> advice.put(l, parts.filled(variables)));
    }
    return new Preview(
        counts.addressed(),
        counts.pushed(),
        counts.suppressed(),
        counts.byCountry(),
        counts.byLanguage(),
        texts,
        incident ? Optional.of(advice) : Optional.empty(),
        variables,
        seconds,
        incident ? Optional.of(counts.unreachable()) : Optional.empty(),
        incident ? Optional.of(counts.unreachable() > 0) : Optional.empty(),
        vendors);
  }

  /** Of devices whose pushes vendors carry, if there are some. */
  private Uni<Optional<VendorOutlook>> vendors(
      Notice.Content content, long devices, Duration sending, Instant now) {
    if (devices == 0) {
      return Uni.createFrom().item(Optional.empty());
    }
    VendorOutlook.Window window =
        VendorOutlook.Window.of(content.schedule(), now, notices.jitter(), sending);
    return store
        .othersOnTheirDay(content.id(), VendorOutlook.sameClass(content.kind()), window.day())
        .map(others -> Optional.of(VendorOutlook.of(content, devices, window, others)));
  }
}
