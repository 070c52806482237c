package io.towncrier.releases.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.towncrier.platform.contract.StaticSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jspecify.annotations.Nullable;

/**
 * Puts products and releases into the contract out of docs/catalogue.schema.json, which says what
 * their readers take: there is no second list of their members. Conditions between members are left
 * out, since generators of clients make types of them that nobody can use; the schema has them.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class CatalogueSchemas implements OASFilter {
  private static final String SOURCE = "/META-INF/catalogue.schema.json";
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";

  private static final Set<String> LEFT_OUT =
      Set.of("not", "anyOf", "dependentRequired", "propertyNames", "$schema", "$comment");

  /** What the definitions of the schema are called in the contract. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("product", "CatalogueProduct"),
          Map.entry("release", "CatalogueRelease"),
          Map.entry("advisory", "Advisory"),
          Map.entry("rule", "TargetingRule"),
          Map.entry("countries", "CountryRule"),
          Map.entry("selection", "ClientSelection"),
          Map.entry("facts", "FactValues"),
          Map.entry("range", "VersionRange"),
          Map.entry("install", "InstallHours"),
          Map.entry("time", "LocalTime"),
          Map.entry("rollout", "Rollout"),
          Map.entry("phase", "RolloutPhase"),
          Map.entry("moment", "Moment"),
          Map.entry("duration", "Duration"),
          Map.entry("version", "Version"),
          Map.entry("lines", "Lines"),
          Map.entry("text", "ReleaseText"),
          Map.entry("artifact", "Artifact"),
          Map.entry("productId", "ProductId"),
          Map.entry("channel", "Channel"),
          Map.entry("country", "Country"),
          Map.entry("language", "Language"),
          Map.entry("line", "Line"));

  private final ObjectMapper json = new ObjectMapper();

  @Override
  public void filterOpenAPI(OpenAPI contract) {
    ObjectNode document = json.createObjectNode().put("openapi", "3.1.0");
    document.putObject("components").set("schemas", schemas(source()));
    StaticSchemas.of(document.toString().getBytes(StandardCharsets.UTF_8))
        .forEach(contract.getComponents()::addSchema);
  }

  private JsonNode source() {
    try (InputStream in = CatalogueSchemas.class.getResourceAsStream(SOURCE)) {
      return json.readTree(Objects.requireNonNull(in, SOURCE));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** All schemas, by the names of the contract. */
  private ObjectNode schemas(JsonNode source) {
    ObjectNode schemas = json.createObjectNode();
    source
        .path("$defs")
        .properties()
        .forEach(
            definition ->
                schemas.set(
                    Objects.requireNonNull(NAMES.get(definition.getKey()), definition.getKey()),
                    plain(definition.getValue())));
    ((ObjectNode) schemas.path("Moment")).put("format", "date-time").remove("pattern");
    ObjectNode catalogue = (ObjectNode) plain(source);
    catalogue.remove("$defs");
    ((ObjectNode) catalogue.path(PROPERTIES)).remove("$schema");
    schemas.set("Catalogue", catalogue);
    products(schemas);
    releases(schemas);
    return schemas;
  }

  private void products(ObjectNode schemas) {
    ObjectNode product = (ObjectNode) schemas.path("CatalogueProduct");
    ObjectNode shown = with(product, "A product and its revision.", List.of("revision"));
    schemas.set("Product", also(shown, "revision"));
    ObjectNode draft =
        with(
            product,
            "A product as it is to be. A change names the revision that was read, and may leave out"
                + " the id, which is that of the path.",
            List.of("revision"));
    draft.set(REQUIRED, names(List.of("name", "kind", "defaultLanguage")));
    schemas.set("ProductDraft", draft);
  }

  private void releases(ObjectNode schemas) {
    ObjectNode release = (ObjectNode) schemas.path("CatalogueRelease");
    List<String> beside = List.of("id", "product", "revision", "author", "releasedBy");
    ObjectNode draft =
        with(
            release,
            "A release as it is to be. A draft that is created names its product, one that is"
                + " replaced the revision that was read. publishedAt may be left out: publishing"
                + " sets it. id, author and releasedBy are accepted and not read.",
            beside);
    draft.set(REQUIRED, names(List.of("version", "severity", "notes")));
    schemas.set("ReleaseDraft", without(draft, "products"));
    ObjectNode shown = with(release, "A release of one product, and its revision.", beside);
    shown.set(
        REQUIRED,
        names(List.of("id", "product", "revision", "state", "version", "severity", "notes")));
    schemas.set("Release", without(shown, "products"));
    ObjectNode published =
        with(shown, "A release that was published, and whom it reaches.", List.of("wouldTell"));
    schemas.set("PublishedRelease", also(published, "wouldTell"));
    ObjectNode phases = json.createObjectNode().put("type", "object");
    phases.put("description", "The phases of a rollout as they are to be.");
    phases.set(REQUIRED, names(List.of("phases")));
    ObjectNode members = phases.putObject(PROPERTIES);
    members.set("phases", schemas.path("Rollout").path(PROPERTIES).path("phases"));
    members.set("promotion", schemas.path("Rollout").path(PROPERTIES).path("promotion"));
    members.set("revision", reference("Revision"));
    members
        .putObject("expectedAtMost")
        .put("type", "integer")
        .put("minimum", 0)
        .put(
            "description",
            "How many devices you were shown; when it is more than five percent above, nothing is"
                + " done.");
    schemas.set("RolloutPhases", phases);
  }

  /** A copy with members of other schemas, each of which bears the name of its schema. */
  private static ObjectNode with(ObjectNode schema, String description, List<String> members) {
    ObjectNode copy = schema.deepCopy().put("description", description);
    ObjectNode properties = (ObjectNode) copy.path(PROPERTIES);
    Map<String, String> types =
        Map.of(
            "id", "ReleaseId",
            "product", "ProductId",
            "revision", "Revision",
            "author", "OperatorName",
            "releasedBy", "OperatorName",
            "wouldTell", "WouldTell");
    members.forEach(
        member -> properties.set(member, copy.objectNode().put("$ref", ref(types.get(member)))));
    return copy;
  }

  private static ObjectNode also(ObjectNode schema, String required) {
    ((ArrayNode) schema.path(REQUIRED)).add(required);
    return schema;
  }

  private static ObjectNode without(ObjectNode schema, String member) {
    ((ObjectNode) schema.path(PROPERTIES)).remove(member);
    return schema;
  }

  /** As generators of clients understand it: no closed objects, no conditions between members. */
  private JsonNode plain(JsonNode node) {
    if (node.isArray()) {
      ArrayNode copy = json.createArrayNode();
      node.forEach(element -> copy.add(plain(element)));
      return copy;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode copy = json.createObjectNode();
    node.properties()
        .forEach(
            member -> {
              boolean closed =
                  member.getKey().equals("additionalProperties") && member.getValue().isBoolean();
              if (member.getKey().equals("$ref")) {
                String name = member.getValue().asText().replace("#/$defs/", "");
                copy.put("$ref", ref(NAMES.get(name)));
              } else if (!closed && !LEFT_OUT.contains(member.getKey())) {
                copy.set(member.getKey(), plain(member.getValue()));
              }
            });
    if (copy.has("$ref")) {
      // Generators take a default beside a reference for code.
      copy.remove("default");
    }
    if (copy.has("enum") && !copy.has("type")) {
      copy.put("type", "string");
    }
    return copy;
  }

  private ObjectNode reference(String name) {
    return json.createObjectNode().put("$ref", ref(name));
  }

  private static String ref(@Nullable String name) {
    return "#/components/schemas/" + Objects.requireNonNull(name);
  }

  private ArrayNode names(List<String> names) {
    ArrayNode array = json.createArrayNode();
    names.forEach(array::add);
    return array;
  }
}
