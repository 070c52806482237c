package io.towncrier.notices;

import io.towncrier.platform.FieldError;
import java.util.List;

/** What became of a change to one notice. */
public sealed interface NoticeChange {
  /**
   * It is done; this is how the notice stands now.
   *
   * @param planned deliveries, when it was started
   * @param allPlanned whether there are no more to plan; else the rest follows by itself
   */
  record Changed(NoticeStore.Stored now, int planned, boolean allPlanned) implements NoticeChange {
    /** A change that plans nothing. */
    public Changed(NoticeStore.Stored now) {
      this(now, 0, true);
    }
  }

  /** A draft is gone. */
  record Deleted() implements NoticeChange {}

  /** There is no such notice. */
  record Unknown() implements NoticeChange {}

  /** Somebody else has changed it meanwhile; this is how it stands. */
  record Stale(NoticeStore.Stored now) implements NoticeChange {}

  /** Its state does not allow it; the detail says why. */
  record WrongState(String detail) implements NoticeChange {}

  /** Approvals are on, and nobody but its writers has seen it. */
  record NotApproved(String detail) implements NoticeChange {}

  /** It would not be right; what is wrong, by field. */
  record Refused(List<FieldError> errors) implements NoticeChange {
    public Refused {
      errors = List.copyOf(errors);
    }
  }
}
