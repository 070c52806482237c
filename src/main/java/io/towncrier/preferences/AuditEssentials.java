package io.towncrier.preferences;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Says which categories are essential, and keeps every change of that: only configuration changes
 * it, and nobody but the log would know.
 */
@ApplicationScoped
public class AuditEssentials {
  private static final Logger LOG = Logger.getLogger(AuditEssentials.class);

  private final CategoryRules rules;
  private final EssentialsLog log;
  private final Transactions transactions;

  AuditEssentials(CategoryRules rules, EssentialsLog log, Transactions transactions) {
    this.rules = rules;
    this.log = log;
    this.transactions = transactions;
  }

  /** Whether it has changed since it was last run by any process on this database. */
  public Uni<Boolean> run() {
    return transactions
        .inTransaction(() -> log.keep(rules.essential()))
        .invoke(
            changed ->
                LOG.infof(
                    "essential categories, always shown in-app: %s%s",
                    codes(), changed ? " (changed)" : ""));
  }

  private List<String> codes() {
    return rules.essential().stream().map(Category::code).sorted().toList();
  }
}
