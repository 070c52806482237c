package io.towncrier.releases.editing;

import io.towncrier.releases.Finding;
import io.towncrier.releases.ReleaseStore;
import java.util.List;

/** What became of a change to one release. */
public sealed interface ReleaseChange {
  /** It is done; this is how the release stands now. */
  record Changed(ReleaseStore.Stored now) implements ReleaseChange {}

  /** A draft is gone. */
  record Deleted() implements ReleaseChange {}

  /** There is no such release. */
  record Unknown() implements ReleaseChange {}

  /** There is no such product. */
  record UnknownProduct() implements ReleaseChange {}

  /** The product has this version already. */
  record Exists() implements ReleaseChange {}

  /** Somebody else has changed it meanwhile; this is how it stands. */
  record Stale(ReleaseStore.Stored now) implements ReleaseChange {}

  /** Its state does not allow it; the detail says why. */
  record WrongState(String detail) implements ReleaseChange {}

  /** Approvals are on, and who wrote it may not let it out, or further. */
  record OwnDraft() implements ReleaseChange {}

  /** It would not be right; at least one finding is an error. */
  record Refused(List<Finding> findings) implements ReleaseChange {
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
