package io.towncrier.notices.planning;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.audience.Selection;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The conditions of an audience that the database cannot tell: versions in the order of their
 * product, as it is now, and languages as they match each other.
 */
@ApplicationScoped
class MatchAudience {
  private final CurrentSnapshot snapshots;

  MatchAudience(CurrentSnapshot snapshots) {
    this.snapshots = snapshots;
  }

  Uni<Predicate<Candidate>> now(Audience audience) {
    Predicate<Candidate> speaks =
        audience.languages().isEmpty()
            ? candidate -> true
            : remembered(text -> Selection.means(audience, text)).on(Candidate::language);
    return audience.versions().isEmpty()
        ? Uni.createFrom().item(speaks)
        : versions(audience.products().get(0), audience.versions().get()).map(speaks::and);
  }

  /** A product that has gone, or whose order does not know the bounds any more, means nobody. */
  private Uni<Predicate<Candidate>> versions(String product, VersionRange range) {
    return snapshots
        .get()
        .map(snapshot -> snapshot.of(product).map(ProductReleases::order))
        .map(
            order ->
                order
                    .flatMap(known -> within(known, range))
                    .<Predicate<Candidate>>map(of -> remembered(of).on(Candidate::version))
                    .orElse(candidate -> false));
  }

  private static Optional<Predicate<String>> within(VersionOrder order, VersionRange range) {
    return range.resolve(order::read) instanceof VersionRange.Resolved resolved
        ? Optional.of(text -> order.read(text).filter(resolved::contains).isPresent())
        : Optional.empty();
  }

  /** There are few texts and many devices. */
  private static Remembered remembered(Predicate<String> test) {
    Map<String, Boolean> known = new HashMap<>();
    return text -> known.computeIfAbsent(text, test::test);
  }

  private interface Remembered extends Predicate<String> {
    default Predicate<Candidate> on(Function<Candidate, String> text) {
      return candidate -> test(text.apply(candidate));
    }
  }
}
