package badfixture.io.towncrier.updates;

/** Asks for two of three cases: the third becomes whatever the last line says. */
final class SilentDefault {
  private SilentDefault() {}

  sealed interface Answer {
    record First() implements Answer {}

    record Second() implements Answer {}

    record Third() implements Answer {}
  }

  static String of(Answer answer) {
    if (answer instanceof Answer.First) {
      return "first";
    } else if (answer instanceof Answer.Second) {
      return "second";
    }
    return "second";
  }
}
