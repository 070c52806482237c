package io.towncrier.privacy.classification;

import io.towncrier.platform.ForgottenCase;

/** How long a value is kept. */
public sealed interface Retention {
  /** As long as the installation: it is about no person, or a change of it replaces it. */
  record Stays() implements Retention {}

  /** As long as the row that it belongs to. */
  record With(String table) implements Retention {}

  /** Until something happens. */
  record Until(String event) implements Retention {}

  /** Until a period is over; a job removes it then. */
  record Period(String name) implements Retention {}

  /** Reads what stands in the list. */
  static Retention parse(String text) {
    if (text.equals("stays")) {
      return new Stays();
    }
    String[] words = text.split(" ", 2);
    String rest = words.length == 2 ? words[1].strip() : "";
    if (!rest.isEmpty()) {
      switch (words[0]) {
        case "with" -> {
          return new With(rest);
        }
        case "until" -> {
          return new Until(rest);
        }
        case "period" -> {
          return new Period(rest);
        }
        default -> {}
      }
    }
    throw new IllegalArgumentException("no retention: " + text);
  }

  /** As a reader of the inventory understands it. */
  default String inWords() {
    if (this instanceof Stays) {
      return "stays";
    }
    if (this instanceof With with) {
      return "goes with its " + with.table();
    }
    if (this instanceof Until until) {
      return "until " + until.event();
    }
    if (this instanceof Period period) {
      return "period " + period.name();
    }
    throw new ForgottenCase(this);
  }
}
