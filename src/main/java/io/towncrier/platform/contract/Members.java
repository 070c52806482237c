package io.towncrier.platform.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * What each member, parameter and schema means, by name: one name has one meaning in the whole API.
 * {@code Schema.member} goes before {@code member}. They stand in META-INF/contract-*.yaml.
 */
final class Members {
  private static final List<String> RESOURCES =
      List.of("/META-INF/contract-clients.yaml", "/META-INF/contract-operators.yaml");

  private final Map<String, Schema> known;

  private Members(Map<String, Schema> known) {
    this.known = known;
  }

  static Members read() {
    Map<String, Schema> known = new HashMap<>();
    RESOURCES.forEach(name -> known.putAll(StaticSchemas.ofResource(name)));
    return new Members(known);
  }

  /** What is said of a schema. */
  Optional<Schema> of(String schema) {
    return Optional.ofNullable(known.get(schema));
  }

  /** What is said of a member of a schema, or of a parameter of an operation. */
  Optional<Schema> of(String owner, String name) {
    return Optional.ofNullable(known.get(owner + "." + name))
        .or(() -> Optional.ofNullable(known.get(name)));
  }

  /** Adds what is said to what the type said; a type or a reference replaces it. */
  static void add(Schema said, Schema to) {
    if (said.getRef() != null) {
      to.setType(null);
      to.setAnyOf(null);
      to.setFormat(null);
      to.setExamples(null);
      to.setAdditionalPropertiesSchema(null);
      to.setRef(said.getRef());
      return;
    }
    if (said.getType() != null) {
      to.setRef(null);
      to.setAnyOf(null);
      to.setFormat(null);
      to.setExamples(null);
      to.setType(said.getType());
    }
    to.setDescription(said.getDescription());
    addBounds(said, to);
    if (said.getItems() != null) {
      to.setItems(said.getItems());
    }
    if (said.getAdditionalPropertiesSchema() != null) {
      to.setAdditionalPropertiesSchema(said.getAdditionalPropertiesSchema());
    }
    if (said.get(Codes.KEYWORD) != null) {
      to.set(Codes.KEYWORD, said.get(Codes.KEYWORD));
    }
  }

  private static void addBounds(Schema said, Schema to) {
    if (said.getFormat() != null) {
      to.setFormat(said.getFormat());
    }
    if (said.getEnumeration() != null) {
      to.setEnumeration(List.copyOf(said.getEnumeration()));
    }
    if (said.getExamples() != null) {
      to.setExamples(List.copyOf(said.getExamples()));
    }
    if (said.getPattern() != null) {
      to.setPattern(said.getPattern());
    }
    if (said.getMaxLength() != null) {
      to.setMaxLength(said.getMaxLength());
    }
    if (said.getMinimum() != null) {
      to.setMinimum(said.getMinimum());
    }
    if (said.getMaximum() != null) {
      to.setMaximum(said.getMaximum());
    }
  }
}
