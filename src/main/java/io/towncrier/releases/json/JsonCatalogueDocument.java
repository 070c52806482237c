package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.platform.Halt;
import io.towncrier.platform.ProblemException;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.CatalogueDocument;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As JSON. Beside what an export has it says since when offers are halted, where they are: a
 * function without a database knows of it by nothing else.
 */
@ApplicationScoped
public class JsonCatalogueDocument implements CatalogueDocument {
  private static final String HALTED = "halted";
  private static final String SINCE = "since";
  private static final String SECURITY_SINCE = "securitySince";

  @Override
  public byte[] write(CatalogueStore.Content content) {
    byte[] catalogue = CatalogueWriter.write(content);
    if (!content.halt().isOn()) {
      return catalogue;
    }
    ObjectNode times = JsonNodeFactory.instance.objectNode();
    content.halt().since().ifPresent(at -> times.put(SINCE, at.toString()));
    content.halt().securitySince().ifPresent(at -> times.put(SECURITY_SINCE, at.toString()));
    String first = "{\"" + HALTED + "\":" + ReleaseJson.text(times) + ",";
    ByteArrayOutputStream out = new ByteArrayOutputStream(catalogue.length + first.length());
    out.writeBytes(first.getBytes(StandardCharsets.UTF_8));
    // Behind the brace that the document begins with.
    out.write(catalogue, 1, catalogue.length - 1);
    return out.toByteArray();
  }

  @Override
  public CatalogueStore.Content read(byte[] document, CatalogueStore.Revision revision) {
    try {
      JsonNode tree = ReleaseJson.tree(document);
      JsonNode halted =
          tree instanceof ObjectNode object && object.has(HALTED)
              ? object.remove(HALTED)
              : MissingNode.getInstance();
      Halt halt = new Halt(moment(halted, SINCE), moment(halted, SECURITY_SINCE));
      return content(new CatalogueReader().read(tree), revision, halt);
    } catch (IOException | ProblemException | DateTimeException malformed) {
      throw new IllegalArgumentException("not a catalogue document", malformed);
    }
  }

  private static Optional<Instant> moment(JsonNode halted, String member) {
    JsonNode moment = halted.path(member);
    return moment.isMissingNode() ? Optional.empty() : Optional.of(Instant.parse(moment.asText()));
  }

  private static CatalogueStore.Content content(
      Catalogue catalogue, CatalogueStore.Revision revision, Halt halt) {
    Map<String, List<Release>> releases = new HashMap<>();
    for (Catalogue.Entry entry : catalogue.releases()) {
      for (String product : entry.products()) {
        releases.computeIfAbsent(product, p -> new ArrayList<>()).add(entry.release());
      }
    }
    Map<Product, List<Release>> products = new HashMap<>();
    for (Product product : catalogue.products()) {
      products.put(product, releases.getOrDefault(product.id(), List.of()));
    }
    return new CatalogueStore.Content(
        revision,
        catalogue.channels().orElseGet(() -> new Channels(List.of(Channels.DEFAULT))),
        products,
        halt);
  }
}
