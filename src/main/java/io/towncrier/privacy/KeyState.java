package io.towncrier.privacy;

/** What there is of the master key where this process looks for it. */
public sealed interface KeyState {
  /** Where it is: the name of the setting, or the file. Never the key. */
  String place();

  /** A key of the right form. */
  record Present(String place) implements KeyState {}

  /** None. */
  record Missing(String place) implements KeyState {}

  /**
   * Something that is no key.
   *
   * @param why in words that follow "the master key in ..."
   */
  record Unusable(String place, String why) implements KeyState {}
}
