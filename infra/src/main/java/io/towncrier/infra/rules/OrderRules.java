package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** CloudFormation must find an order to make things in; the CDK does not look for one. */
final class OrderRules {
  static final List<Rule> RULES = List.of(new Rule("no-circle", OrderRules::circles));

  private OrderRules() {}

  private static void circles(Template template, Report report) {
    Map<String, Set<String>> needs = needs(template);
    template
        .all()
        .filter(each -> isReached(each.id(), each.id(), needs))
        .forEach(each -> report.add(each, "waits for itself"));
  }

  private static boolean isReached(String wanted, String from, Map<String, Set<String>> needs) {
    Set<String> seen = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(needs.getOrDefault(from, Set.of()));
    while (!next.isEmpty()) {
      String at = next.pop();
      if (at.equals(wanted)) {
        return true;
      }
      if (seen.add(at)) {
        next.addAll(needs.getOrDefault(at, Set.of()));
      }
    }
    return false;
  }

  private static Map<String, Set<String>> needs(Template template) {
    Set<String> ids = new HashSet<>(template.all().map(Resource::id).toList());
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    template
        .all()
        .forEach(
            each -> {
              Set<String> named = new TreeSet<>(each.node().findValuesAsText("Ref"));
              for (JsonNode attribute : each.node().findValues("Fn::GetAtt")) {
                named.add(attribute.path(0).asText());
              }
              for (JsonNode other : Template.each(each.node().path("DependsOn"))) {
                named.add(other.asText());
              }
              named.retainAll(ids);
              needs.put(each.id(), named);
            });
    return needs;
  }
}
