package io.towncrier.downloads.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.downloads.AdmissionStore;
import io.towncrier.downloads.Admissions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** One row a device, which goes with the device. */
@ApplicationScoped
class PostgresAdmissions implements AdmissionStore {
  private static final String FIND =
      """
      SELECT download_admission.since, download_admission.region, download_admission.releases
      FROM download_admission
      WHERE download_admission.device_id = $1
      """;

  private static final String LOCK = FIND + "FOR UPDATE";

  private static final String ADD =
      """
      INSERT INTO download_admission (device_id, since, region, releases)
      VALUES ($1, $2, $3, $4)
      ON CONFLICT (device_id) DO NOTHING
      """;

  private static final String KEEP =
      """
      UPDATE download_admission SET since = $2, region = $3, releases = $4
      WHERE download_admission.device_id = $1
      """;

  private final Database database;

  PostgresAdmissions(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Admissions>> find(String device) {
    return database
        .rowsAlone(FIND, PostgresAdmissions::admissions, device)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Admissions> lock(String device, Admissions first) {
    return locked(device)
        .chain(
            found ->
                found.isEmpty()
                    ? write(ADD, device, first).chain(() -> locked(device))
                    : Uni.createFrom().item(found))
        .map(rows -> rows.get(0));
  }

  @Override
  public Uni<Void> keep(String device, Admissions admissions) {
    return write(KEEP, device, admissions).replaceWithVoid();
  }

  private Uni<List<Admissions>> locked(String device) {
    return database.rows(LOCK, PostgresAdmissions::admissions, device);
  }

  private Uni<Integer> write(String sql, String device, Admissions admissions) {
    return database.update(
        sql,
        device,
        admissions.since(),
        admissions.region(),
        admissions.releases().toArray(String[]::new));
  }

  private static Admissions admissions(Row row) {
    return new Admissions(row.number("since"), row.text("region"), row.texts("releases"));
  }
}
