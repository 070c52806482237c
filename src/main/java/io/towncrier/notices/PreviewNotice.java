package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.TextVariables;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.schedule.DueTimes;
import io.towncrier.notices.schedule.ExpectedTime;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.text.Details;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.platform.FieldError;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Eligibility;
import io.towncrier.preferences.Suppression;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Shows who would get a notice, and who would get it in-app alone and why. */
@ApplicationScoped
public class PreviewNotice {
  private final SelectAudience select;
  private final Recipients recipients;
  private final NoticesConfig config;
  private final DeliveryConfig delivery;
  private final DevicesConfig devices;
  private final InstantSource clock;

  PreviewNotice(
      SelectAudience select,
      Recipients recipients,
      NoticesConfig config,
      DeliveryConfig delivery,
      DevicesConfig devices,
      InstantSource clock) {
    this.select = select;
    this.recipients = recipients;
    this.config = config;
    this.delivery = delivery;
    this.devices = devices;
    this.clock = clock;
  }

  public Uni<Outcome> run(Notice.Content content) {
    return select
        .run(content.audience())
        .chain(
            outcome ->
                outcome instanceof SelectAudience.Outcome.Selected selected
                    ? look(content, selected.selection())
                    : Uni.createFrom()
                        .item(
                            new Outcome.Refused(
                                ((SelectAudience.Outcome.Refused) outcome).errors())));
  }

  private Uni<Outcome> look(Notice.Content content, Selection selection) {
    Instant now = clock.instant();
    LocalDate unseenSince = LocalDate.ofInstant(now.minus(devices.staleAfter()), ZoneOffset.UTC);
    return dueTimes(content, selection, now)
        .chain(
            due ->
                recipients
                    .groups(selection, unplaced(due), unseenSince)
                    .chain(
                        groups ->
                            recipients
                                .sample(selection)
                                .map(
                                    sample ->
                                        new Outcome.Previewed(
                                            preview(content, groups, sample, due, now)))));
  }

  private Uni<DueTimes> dueTimes(Notice.Content content, Selection selection, Instant now) {
    Uni<List<Place>> places =
        content.schedule().isLocal()
            ? recipients.places(selection)
            : Uni.createFrom().item(List.of());
    return places.map(found -> content.schedule().dueTimes(now, found, config.jitter()));
  }

  private static List<Place> unplaced(DueTimes due) {
    return due instanceof DueTimes.ByPlace byPlace ? byPlace.without() : List.of();
  }

  private Preview preview(
      Notice.Content content,
      List<Recipients.Group> groups,
      Optional<TextVariables> sample,
      DueTimes due,
      Instant now) {
    Counts counts = count(content.kind(), groups, now);
    TextVariables variables = sample.orElse(new TextVariables("?", "?"));
    boolean incident = content.kind() == NoticeKind.SECURITY_INCIDENT;
    Map<String, LocalizedText.Text> texts = new TreeMap<>();
    content.text().texts().byLanguage().forEach((l, t) -> texts.put(l, variables.fill(t)));
    Map<String, Details.Advice> advice = new TreeMap<>();
    if (content.text().details() instanceof Details.Incident of) {
      of.byLanguage().forEach((l, parts) -> advice.put(l, parts.filled(variables)));
    }
    return new Preview(
        counts.addressed,
        counts.pushed,
        counts.suppressed,
        counts.byCountry,
        counts.byLanguage,
        texts,
        incident ? Optional.of(advice) : Optional.empty(),
        variables,
        ExpectedTime.seconds(counts.pushed, content.kind().isUrgent(), due, delivery.limits(), now),
        incident ? Optional.of(counts.unreachable) : Optional.empty(),
        incident ? Optional.of(counts.unreachable > 0) : Optional.empty());
  }

  /** Asks the very rule of the claim, once per group: pure. */
  static Counts count(NoticeKind kind, List<Recipients.Group> groups, Instant now) {
    Counts counts = new Counts();
    for (Recipients.Group group : groups) {
      counts.addressed += group.devices();
      counts.byCountry.merge(group.country(), group.devices(), Long::sum);
      counts.byLanguage.merge(group.language(), group.devices(), Long::sum);
      Optional<Suppression> suppression = suppression(kind, group, now);
      if (suppression.isEmpty()) {
        counts.pushed += group.devices();
      } else {
        counts.suppressed.merge(suppression.get().code(), group.devices(), Long::sum);
        counts.unreachable += group.unseen() ? group.devices() : 0;
      }
    }
    return counts;
  }

  private static Optional<Suppression> suppression(
      NoticeKind kind, Recipients.Group group, Instant now) {
    if (!group.placed()) {
      return Optional.of(Suppression.UNKNOWN_ZONE);
    }
    Eligibility eligibility =
        Eligibility.of(kind.category(), group.alerts(), group.reachable(), ZoneOffset.UTC, now);
    return eligibility instanceof Eligibility.Suppressed no
        ? Optional.of(no.reason())
        : Optional.empty();
  }

  /** What was counted so far. */
  static final class Counts {
    private final Map<String, Long> suppressed = new TreeMap<>();
    private final Map<String, Long> byCountry = new TreeMap<>();
    private final Map<String, Long> byLanguage = new TreeMap<>();
    private long addressed;
    private long pushed;
    private long unreachable;
  }

  /** What became of it. */
  public sealed interface Outcome {
    record Previewed(Preview preview) implements Outcome {}

    /** The audience names something that no longer exists. */
    record Refused(List<FieldError> errors) implements Outcome {}
  }

  /**
   * What would happen.
   *
   * @param addressed devices that find it in-app, unless they switched its category off there
   * @param pushed those of them that also get a push
   * @param suppressed those that do not, by reason
   * @param texts as they will be read on the sample
   * @param advice likewise, of an incident
   * @param sample what stands for the variables: an addressed device
   * @param expectedSeconds until the last is sent, from its start on: the hour of its place, the
   *     spread, the quota as it grows
   * @param unreachable of an incident: those that no push may reach and that were not seen for long
   */
  @Schema(name = "NoticePreview")
  public record Preview(
      long addressed,
      long pushed,
      Map<String, Long> suppressed,
      Map<String, Long> byCountry,
      Map<String, Long> byLanguage,
      Map<String, LocalizedText.Text> texts,
      Optional<Map<String, Details.Advice>> advice,
      TextVariables sample,
      long expectedSeconds,
      Optional<Long> unreachable,
      Optional<Boolean> publicAnnouncementNeeded) {}
}
