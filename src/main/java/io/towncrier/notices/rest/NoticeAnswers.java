package io.towncrier.notices.rest;

import io.towncrier.notices.Notice;
import io.towncrier.notices.NoticeChange;
import io.towncrier.notices.preview.Preview;
import io.towncrier.notices.preview.PreviewNotice;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import java.util.Locale;
import java.util.Optional;

/** What became of a change to a notice, as an answer or a problem. */
final class NoticeAnswers {
  private NoticeAnswers() {}

  static NoticeBodies.Shown shown(NoticeChange change) {
    return NoticeBodies.Shown.of(changed(change).now());
  }

  /**
   * The change that was made.
   *
   * @throws ProblemException when none was
   */
  static NoticeChange.Changed changed(NoticeChange change) {
    if (change instanceof NoticeChange.Changed changed) {
      return changed;
    }
    throw problem(change);
  }

  static void deleted(NoticeChange change) {
    if (!(change instanceof NoticeChange.Deleted)) {
      throw problem(change);
    }
  }

  private static ProblemException problem(NoticeChange change) {
    if (change instanceof NoticeChange.Stale stale) {
      return ProblemCode.STALE_REVISION
          .with("current shows it as it is now. Change that, with its revision.")
          .withCurrent(NoticeBodies.Shown.of(stale.now()))
          .asException();
    } else if (change instanceof NoticeChange.WrongState wrong) {
      return ProblemCode.WRONG_STATE.with(wrong.detail()).asException();
    } else if (change instanceof NoticeChange.NotApproved not) {
      return ProblemCode.APPROVAL_NEEDED.with(not.detail()).asException();
    } else if (change instanceof NoticeChange.Refused refused) {
      return Problem.invalidRequest(refused.errors()).asException();
    } else if (change instanceof NoticeChange.Unknown) {
      return unknown();
    } else if (change instanceof NoticeChange.Changed || change instanceof NoticeChange.Deleted) {
      throw new IllegalStateException("it was not refused");
    }
    throw new ForgottenCase(change);
  }

  /**
   * What a look at each device has found.
   *
   * @throws ProblemException when they are too many, or the audience is none
   */
  static Preview previewed(PreviewNotice.Outcome outcome) {
    if (outcome instanceof PreviewNotice.Outcome.Previewed previewed) {
      return previewed.preview();
    } else if (outcome instanceof PreviewNotice.Outcome.TooMany tooMany) {
      throw ProblemCode.TOO_MANY_DEVICES
          .with(
              String.format(
                  Locale.ROOT,
                  "The audience matches %,d devices. Start a report: POST to .../previews.",
                  tooMany.devices()))
          .asException();
    } else if (outcome instanceof PreviewNotice.Outcome.Refused refused) {
      throw Problem.invalidRequest(refused.errors()).asException();
    }
    throw new ForgottenCase(outcome);
  }

  /** An id that can be one; else empty. */
  static Optional<String> id(String text) {
    return Optional.of(text).filter(id -> Ids.looksLike(Notice.PREFIX, id));
  }

  /** An id that can be one. */
  static String checked(String id) {
    if (!Ids.looksLike(Notice.PREFIX, id)) {
      throw unknown();
    }
    return id;
  }

  static ProblemException unknown() {
    return ProblemCode.UNKNOWN_NOTICE.with("No notice has this id.").asException();
  }
}
