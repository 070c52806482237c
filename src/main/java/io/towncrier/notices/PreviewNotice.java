package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.LocalizedText;
import io.towncrier.preferences.Eligibility;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows who would get a notice, and who would get it in-app alone and why. */
@ApplicationScoped
public class PreviewNotice {
  private final Recipients recipients;
  private final InstantSource clock;

  PreviewNotice(Recipients recipients, InstantSource clock) {
    this.recipients = recipients;
    this.clock = clock;
  }

  public Uni<Preview> run(Notice.Content content) {
    return recipients
        .groups(content.audience())
        .map(groups -> summarize(content, groups, clock.instant()));
  }

  /** Asks the very rule of the claim, once per group: pure. */
  static Preview summarize(Notice.Content content, List<Recipients.Group> groups, Instant now) {
    long addressed = 0;
    long pushed = 0;
    Map<String, Long> suppressed = new TreeMap<>();
    Map<String, Long> countries = new TreeMap<>();
    Map<String, Long> languages = new TreeMap<>();
    for (Recipients.Group group : groups) {
      addressed += group.devices();
      countries.merge(group.country(), group.devices(), Long::sum);
      languages.merge(group.language(), group.devices(), Long::sum);
      Eligibility eligibility =
          Eligibility.of(
              content.kind().category(), group.alerts(), group.reachable(), ZoneOffset.UTC, now);
      if (eligibility instanceof Eligibility.Suppressed no) {
        suppressed.merge(no.reason().code(), group.devices(), Long::sum);
      } else {
        pushed += group.devices();
      }
    }
    return new Preview(
        addressed, pushed, suppressed, countries, languages, content.texts().byLanguage());
  }

  /**
   * What would happen.
   *
   * @param addressed devices that find it in-app, unless they switched its category off there
   * @param pushed those of them that also get a push
   * @param suppressed those that do not, by reason
   * @param texts as they will be read
   */
  public record Preview(
      long addressed,
      long pushed,
      Map<String, Long> suppressed,
      Map<String, Long> byCountry,
      Map<String, Long> byLanguage,
      Map<String, LocalizedText.Text> texts) {}
}
