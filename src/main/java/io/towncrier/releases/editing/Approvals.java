package io.towncrier.releases.editing;

import io.towncrier.releases.NoticeApprovals;
import io.towncrier.releases.ReleaseStore;
import jakarta.enterprise.context.ApplicationScoped;

/** Who may let a release out, or further. */
@ApplicationScoped
class Approvals {
  private final ReleasesConfig config;
  private final NoticeApprovals notices;

  Approvals(ReleasesConfig config, NoticeApprovals notices) {
    this.config = config;
    this.notices = notices;
  }

  /** Whether nobody lets out what he or she wrote: with either switch on. */
  boolean areNeeded() {
    return config.approvals() || notices.areNeeded();
  }

  /** Whether somebody else has to widen the reach of this release. */
  boolean forbid(ReleaseStore.Stored stored, String operator) {
    return areNeeded() && stored.writers().contains(operator);
  }

  /** Of whose release it is, for the audit log: it names both. */
  static String told(ReleaseStore.Stored stored) {
    return stored.writers().isEmpty() ? "" : "written by " + String.join(", ", stored.writers());
  }
}
