package io.towncrier.updates.preview;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Product;
import io.towncrier.releases.PublishGate;
import io.towncrier.updates.lint.Linter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs the linter over products as they would be, with the versions that the fleet reports. */
@ApplicationScoped
class CheckBeforePublish implements PublishGate {
  private final FleetFacts fleet;

  CheckBeforePublish(FleetFacts fleet) {
    this.fleet = fleet;
  }

  @Override
  public Uni<List<Finding>> check(CatalogueStore.Content content) {
    Set<String> ids =
        content.products().keySet().stream().map(Product::id).collect(Collectors.toSet());
    // A product with many rules takes a second.
    return fleet
        .versions(ids)
        .chain(
            versions ->
                fleet
                    .counting(ids)
                    .chain(counting -> Offload.run(() -> lint(content, versions, counting))));
  }

  /** Thousands of models share their releases word for word: each kind is looked at once. */
  private static List<Finding> lint(
      CatalogueStore.Content content, Map<String, Set<String>> versions, Set<String> counting) {
    Map<Object, List<Finding>> known = new HashMap<>();
    List<Finding> all = new ArrayList<>();
    content
        .products()
        .forEach(
            (product, releases) -> {
              Set<String> live = versions.getOrDefault(product.id(), Set.of());
              boolean counts = counting.contains(product.id());
              Object kind =
                  List.of(
                      product.scheme(),
                      product.defaultLanguage(),
                      product.securityOnly(),
                      Set.copyOf(releases),
                      live,
                      counts);
              List<Finding> findings =
                  known.computeIfAbsent(
                      kind,
                      k ->
                          Linter.lint(
                              product,
                              releases,
                              content.channels(),
                              new Linter.Reported(live, counts)));
              findings.forEach(f -> all.add(f.of(product.id())));
            });
    return all;
  }
}
