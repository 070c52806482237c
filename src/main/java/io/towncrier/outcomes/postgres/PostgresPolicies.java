package io.towncrier.outcomes.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.OutcomeSettings;
import io.towncrier.outcomes.PolicyStore;
import io.towncrier.outcomes.health.Thresholds;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What products and releases set, in PostgreSQL; an empty version stands for the product. */
@ApplicationScoped
class PostgresPolicies implements PolicyStore {
  // That of the release last, so that it is laid over that of the product.
  private static final String OF =
      """
      SELECT outcome_policy.settings::text, outcome_policy.revision
      FROM outcome_policy
      WHERE outcome_policy.product_id = $1 AND outcome_policy.version = ANY ($2::text[])
      ORDER BY outcome_policy.version
      """;

  private static final String ADD =
      """
      INSERT INTO outcome_policy (product_id, version, settings)
      VALUES ($1, $2, $3::text::jsonb)
      ON CONFLICT (product_id, version) DO NOTHING
      """;

  private static final String CHANGE =
      """
      UPDATE outcome_policy
      SET settings = $3::text::jsonb, revision = outcome_policy.revision + 1
      WHERE outcome_policy.product_id = $1 AND outcome_policy.version = $2
        AND outcome_policy.revision = $4
      """;

  private final Database database;

  PostgresPolicies(Database database) {
    this.database = database;
  }

  @Override
  public Uni<OutcomePolicy> of(ReleaseId release) {
    return stored(release.product(), "", release.version())
        .map(
            found ->
                found.stream()
                    .map(Stored::settings)
                    .reduce(OutcomePolicy.DEFAULT, (policy, s) -> s.over(policy), (a, b) -> b));
  }

  @Override
  public Uni<Thresholds> thresholds(ReleaseId release) {
    return stored(release.product(), "", release.version())
        .map(
            found ->
                found.stream()
                    .map(Stored::settings)
                    .reduce(Thresholds.DEFAULT, (policy, s) -> s.over(policy), (a, b) -> b));
  }

  @Override
  public Uni<Stored> settings(String product, Optional<String> version) {
    return stored(product, version.orElse(""))
        .map(found -> found.isEmpty() ? new Stored(OutcomeSettings.NONE, 0) : found.get(0));
  }

  @Override
  public Uni<Boolean> set(
      String product, Optional<String> version, OutcomeSettings settings, int revision) {
    String json = SettingsJson.write(settings);
    return (revision == 0
            ? database.update(ADD, product, version.orElse(""), json)
            : database.update(CHANGE, product, version.orElse(""), json, revision))
        .map(changed -> changed > 0);
  }

  private Uni<List<Stored>> stored(String product, String... versions) {
    return database.rows(OF, PostgresPolicies::stored, product, versions);
  }

  private static Stored stored(Row row) {
    return new Stored(SettingsJson.read(row.text("settings")), (int) row.number("revision"));
  }
}
