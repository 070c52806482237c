package io.towncrier.preferences;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** What configuration says of the categories. */
@ApplicationScoped
public class CategoryRules {
  private final Set<Category> essential;
  private final NotificationAlerts initial;

  /** Fails when an essential category would begin switched off in-app. */
  CategoryRules(AlertsConfig config) {
    this.essential = config.essential().map(Set::copyOf).orElse(Set.of());
    Set<Category> hidden = orNone(config.defaults().inAppOff());
    if (!Collections.disjoint(essential, hidden)) {
      throw new IllegalStateException(
          "towncrier.alerts.defaults.in-app-off names a category of towncrier.alerts.essential");
    }
    this.initial =
        new NotificationAlerts(
            true, orNone(config.defaults().pushOff()), hidden, Optional.empty(), 0);
  }

  /** Those whose in-app notices cannot be switched off. */
  public Set<Category> essential() {
    return essential;
  }

  /** What an owner has at the first use. */
  public NotificationAlerts initial() {
    return initial;
  }

  /** Whether an owner finds notices of this category in-app. */
  public boolean shows(NotificationAlerts alerts, Category category) {
    return essential.contains(category) || !alerts.inAppOff().contains(category);
  }

  private static Set<Category> orNone(Optional<Set<Category>> given) {
    return given.orElse(Set.of());
  }
}
