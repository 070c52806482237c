package io.towncrier.platform.contract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What each member, parameter and schema means, by name: one name has one meaning in the whole API.
 * {@code Schema.member} goes before {@code member}, and has its description where it has none of
 * its own. They stand in META-INF/contract-*.yaml.
 */
final class Members {
  static final List<String> RESOURCES =
      List.of(
          "/META-INF/contract-clients.yaml",
          "/META-INF/contract-operators.yaml",
          "/META-INF/contract-console.yaml",
          "/META-INF/contract-outcomes.yaml",
          "/META-INF/contract-artifacts.yaml",
          "/META-INF/contract-events.yaml",
          "/META-INF/contract-examples.yaml");

  private final Map<String, Schema> known;

  private Members(Map<String, Schema> known) {
    this.known = known;
  }

  static Members read() {
    return joined(RESOURCES.stream().map(StaticSchemas::ofResource).toList());
  }

  /**
   * What stands in several documents.
   *
   * @throws IllegalStateException when two of them say something of the same name
   */
  static Members joined(List<Map<String, Schema>> documents) {
    Map<String, Schema> known = new HashMap<>();
    for (Map<String, Schema> document : documents) {
      document.forEach(
          (name, said) -> {
            if (known.putIfAbsent(name, said) != null) {
              throw new IllegalStateException(
                  "META-INF/contract-*.yaml says twice what " + name + " is: name its owner");
            }
          });
    }
    known.forEach(
        (name, said) -> inherit(said, known.get(name.substring(name.lastIndexOf('.') + 1))));
    return new Members(known);
  }

  private static void inherit(Schema said, @Nullable Schema general) {
    if (general != null && said.getDescription() == null && said.getRef() == null) {
      said.setDescription(general.getDescription());
    }
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

  /** The example that stands under a name. */
  Optional<Object> example(String name) {
    return of(name)
        .map(Schema::getExamples)
        .filter(examples -> !examples.isEmpty())
        .map(examples -> examples.get(0));
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
      to.setDescription(said.getDescription());
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
    if (said.getMinLength() != null) {
      to.setMinLength(said.getMinLength());
    }
    if (said.getMinItems() != null) {
      to.setMinItems(said.getMinItems());
    }
    if (said.getMaxItems() != null) {
      to.setMaxItems(said.getMaxItems());
    }
    if (said.getMinimum() != null) {
      to.setMinimum(said.getMinimum());
    }
    if (said.getMaximum() != null) {
      to.setMaximum(said.getMaximum());
    }
  }
}
