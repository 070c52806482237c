package io.towncrier.events;

import java.util.Arrays;
import java.util.Optional;

/** What an event is about; endpoints choose by these. */
public enum EventTopic {
  /** A release is offered from its moment on. */
  RELEASE_PUBLISHED("release.published"),
  /** A catalogue was imported, which may publish releases too. */
  CATALOGUE_IMPORTED("catalogue.imported"),
  /** A phase of a rollout has begun. */
  PHASE_BEGUN("rollout.phase-begun"),
  /** A rollout is offered to nobody. */
  ROLLOUT_HALTED("rollout.halted"),
  /** A rollout that was halted or paused goes on. */
  ROLLOUT_RESUMED("rollout.resumed"),
  /** The last phase of a rollout has begun, once for each publication of its release. */
  ROLLOUT_DONE("rollout.done"),
  /** Nothing is left to send of a notice. */
  NOTICE_DONE("notice.done"),
  /** The last day with updates of a product is near. */
  SUPPORT_ENDING("support.ending");

  private final String code;

  EventTopic(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  static Optional<EventTopic> parse(String code) {
    return Arrays.stream(values()).filter(topic -> topic.code.equals(code)).findFirst();
  }
}
