package io.towncrier.infra.rules;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * One promise.
 *
 * @param name of the rule
 * @param check reports each resource that breaks it
 */
public record Rule(String name, BiConsumer<Template, Report> check) {
  List<Finding> findings(Template template) {
    Report report = new Report(name, template);
    check.accept(template, report);
    return report.findings();
  }
}
