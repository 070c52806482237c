package io.towncrier.infra.rules;

import java.util.ArrayList;
import java.util.List;

/** Collects what one rule finds in one template. */
final class Report {
  private final String rule;
  private final Template template;
  private final List<Finding> findings = new ArrayList<>();

  Report(String rule, Template template) {
    this.rule = rule;
    this.template = template;
  }

  void add(Resource at, String what) {
    findings.add(new Finding(rule, template.stack() + "/" + at.id(), what));
  }

  void add(String what) {
    findings.add(new Finding(rule, template.stack(), what));
  }

  void unless(boolean holds, Resource at, String what) {
    if (!holds) {
      add(at, what);
    }
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }
}
