package io.towncrier.notices;

import io.towncrier.releases.NoticeApprovals;
import jakarta.enterprise.context.ApplicationScoped;

/** As configured for all notices. */
@ApplicationScoped
class ApprovalSwitch implements NoticeApprovals {
  private final NoticesConfig config;

  ApprovalSwitch(NoticesConfig config) {
    this.config = config;
  }

  @Override
  public boolean areNeeded() {
    return config.approvals();
  }
}
