package io.towncrier.infra.rules;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A resource of a template.
 *
 * @param id its logical id
 * @param node all of it
 */
record Resource(String id, JsonNode node) {
  String type() {
    return node.path("Type").asText();
  }

  /** A property by its path, with slashes: {@code /RedrivePolicy/maxReceiveCount}. */
  JsonNode get(String path) {
    return node.path("Properties").at(path);
  }

  boolean has(String path) {
    return !get(path).isMissingNode() && !get(path).isNull();
  }

  boolean isTrue(String path) {
    return get(path).asBoolean(false);
  }
}
