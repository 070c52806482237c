package io.towncrier.audit;

/** Signs what is written outside of the database, by a key that is not in the database. */
public interface HeadSigner {
  /** The signature of a text, without a space. */
  String sign(String text);

  /** By whom a text was signed. */
  Signed check(String text, String signature);

  /** Whose signature it is. */
  enum Signed {
    BY_OUR_KEY,
    /** To be signed anew before that key ends. */
    BY_OUR_FORMER_KEY,
    BY_NO_KEY_OF_OURS
  }
}
