package io.towncrier.outcomes;

import io.towncrier.downloads.Download;
import io.towncrier.downloads.Urgency;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.targeting.ClientFacts;

/** What an offer takes out of the budget of downloads. */
final class Downloads {
  private Downloads() {}

  /** Of a release to a device with these facts. */
  static Download of(Release release, ClientFacts facts) {
    return Download.in(facts.country(), release.content().downloadSize(), urgency(release, facts));
  }

  private static Urgency urgency(Release release, ClientFacts facts) {
    if (release.severity() == Severity.SECURITY) {
      return Urgency.SECURITY;
    }
    return facts.manual() ? Urgency.BY_HAND : Urgency.USUAL;
  }
}
