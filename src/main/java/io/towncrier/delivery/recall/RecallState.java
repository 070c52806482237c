package io.towncrier.delivery.recall;

/** How far the recall of a push is. The first may become any other; the others are final. */
public enum RecallState {
  /** It is still to be called back. */
  WAITING("waiting"),
  /** The provider has confirmed that it is not shown any more. */
  RECALLED("recalled"),
  /** The provider has taken the recall; whether the push was shown before is not known. */
  UNKNOWN("recall-unknown"),
  /** The provider has no means for it, or refused until its time to live was over. */
  COULD_NOT("could-not");

  private final String code;

  RecallState(String code) {
    this.code = code;
  }

  /** As it stands in JSON. */
  public String code() {
    return code;
  }

  /** The code of a state that is kept by its name. */
  public static String codeOf(String name) {
    return valueOf(name).code;
  }
}
