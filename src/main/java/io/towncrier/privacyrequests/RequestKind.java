package io.towncrier.privacyrequests;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody asks for. */
public enum RequestKind {
  ACCESS(RequestAnswer.DATA_PROVIDED),
  CORRECTION(RequestAnswer.CORRECTED),
  DELETION(RequestAnswer.DELETED),
  CANCELLATION(RequestAnswer.ACCOUNT_CANCELLED),
  WITHDRAWAL(RequestAnswer.CONSENT_WITHDRAWN),
  OPT_OUT(RequestAnswer.SWITCHED_OFF);

  private final RequestAnswer answer;

  RequestKind(RequestAnswer answer) {
    this.answer = answer;
  }

  /** Off means off: a request to be left alone is never refused. */
  public boolean mayBeRefused() {
    return this != OPT_OUT;
  }

  /** Whether the law wants to know on which ground. */
  public boolean needsGround() {
    return this == DELETION;
  }

  /** Whether to cancel the account is what it asks for. */
  public boolean mayCancel() {
    return this == CANCELLATION || this == DELETION;
  }

  /** Whether this answers it; that nothing is held answers everything. */
  public boolean isAnsweredBy(RequestAnswer given) {
    return given == answer || given == RequestAnswer.NO_DATA_HELD;
  }

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<RequestKind> parse(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }
}
