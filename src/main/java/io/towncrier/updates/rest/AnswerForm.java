package io.towncrier.updates.rest;

import io.towncrier.updates.CheckResult;

/** In which form a check is answered; each is a resource with a tag of its own. */
enum AnswerForm {
  JSON("/update", "application/json;charset=UTF-8", ""),
  /** Lines, {@link io.towncrier.updates.PlainAnswer}. */
  PLAIN("/update.txt", "text/plain;charset=UTF-8", ".txt");

  private final String ends;
  private final String contentType;
  private final String tagEnds;

  AnswerForm(String ends, String contentType, String tagEnds) {
    this.ends = ends;
    this.contentType = contentType;
    this.tagEnds = tagEnds;
  }

  /** How its path ends. */
  String ends() {
    return ends;
  }

  String contentType() {
    return contentType;
  }

  /** In quotes, as it stands in {@code ETag}. */
  String tag(CheckResult decision) {
    return '"' + decision.tag() + tagEnds + '"';
  }
}
