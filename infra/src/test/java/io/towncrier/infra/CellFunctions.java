package io.towncrier.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** The functions of a cell by their names: what they are told, and what they may do. */
record CellFunctions(Synthesized.Stack stack) {
  /** As it is synthesized. */
  JsonNode named(String name) {
    return stack.the("AWS::Lambda::Function", "Functions" + name);
  }

  /** The variables of its environment. */
  JsonNode variables(String name) {
    return named(name).at("/Environment/Variables");
  }

  /** Their names. */
  Set<String> told(String name) {
    Set<String> names = new TreeSet<>();
    variables(name).fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What a function may do something with, by the names of the objects. */
  Set<String> objects(String name, String action) {
    Set<String> objects = new TreeSet<>();
    for (JsonNode statement : statements(name, action)) {
      statement
          .findParents("Fn::Join")
          .forEach(joined -> objects.add(joined.at("/Fn::Join/1/1").asText()));
    }
    return objects;
  }

  /** The statements that allow an action. */
  List<JsonNode> statements(String name, String action) {
    return stack.the("AWS::IAM::Role", "Roles" + name).findValues("Statement").stream()
        .flatMap(each -> StreamSupport.stream(each.spliterator(), false))
        .filter(each -> each.path("Action").toString().contains("\"" + action + "\""))
        .toList();
  }

  /** All that it may do. */
  Set<String> actions(String name) {
    Set<String> actions = new TreeSet<>();
    stack
        .the("AWS::IAM::Role", "Roles" + name)
        .path("Policies")
        .findValues("Action")
        .forEach(
            action -> {
              if (action.isTextual()) {
                actions.add(action.asText());
              }
              action.forEach(each -> actions.add(each.asText()));
            });
    return actions;
  }

  /** The queues with which it may do something, by their names. */
  List<String> queues(String name, String action) {
    return statements(name, action).stream()
        .map(statement -> statement.at("/Resource/Fn::GetAtt/0").asText())
        .map(id -> id.replaceAll("Queues([A-Za-z]+?)[0-9A-F]{8}", "$1"))
        .toList();
  }
}
