package io.towncrier.artifacts.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.ArtifactName;
import io.towncrier.artifacts.ArtifactStore;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.HostedArtifact.Defect;
import io.towncrier.artifacts.HostedArtifact.State;
import io.towncrier.artifacts.HostedArtifact.Times;
import io.towncrier.artifacts.Sums;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of artifacts, a row each. */
@ApplicationScoped
class PostgresArtifacts implements ArtifactStore {
  private final Database database;

  PostgresArtifacts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Boolean> insert(HostedArtifact upload, String operator) {
    ArtifactName name = upload.name();
    return database
        .update(ArtifactSql.CLEAR_REFUSED, name.sha256(), name.file())
        .chain(
            () ->
                changesOne(
                    ArtifactSql.INSERT,
                    upload.id(),
                    name.sha256(),
                    name.file(),
                    upload.size(),
                    upload.partSums().toArray(String[]::new),
                    operator,
                    time(upload.times().createdAt())));
  }

  @Override
  public Uni<Boolean> begun(String id, String upload) {
    return changesOne(ArtifactSql.BEGUN, id, upload);
  }

  @Override
  public Uni<Optional<HostedArtifact>> find(String id) {
    return one(ArtifactSql.BY_ID, id);
  }

  @Override
  public Uni<Optional<HostedArtifact>> find(ArtifactName name) {
    return one(ArtifactSql.BY_NAME, name.sha256(), name.file());
  }

  @Override
  public Uni<List<HostedArtifact>> ready(Set<String> ids) {
    return many(ArtifactSql.READY, (Object) ids.toArray(String[]::new));
  }

  @Override
  public Uni<Page<HostedArtifact>> list(Optional<State> state, PageRequest<String> request) {
    String in = state.map(State::code).orElse(null);
    return many(
            Pages.ordered(ArtifactSql.LIST, request.descending()),
            in,
            request.after().orElse(null),
            request.limitAndOne())
        .chain(
            found ->
                Pages.of(
                    found, request, () -> database.rows(ArtifactSql.COUNT, Pages::counted, in)));
  }

  @Override
  public Uni<Boolean> move(String id, State from, State to) {
    return changesOne(ArtifactSql.MOVE, id, from.code(), to.code());
  }

  @Override
  public Uni<Optional<HostedArtifact>> claimVerification(Instant now) {
    return one(ArtifactSql.CLAIM, time(now));
  }

  @Override
  public Uni<Void> releaseVerification(String id) {
    return changesOne(ArtifactSql.RELEASE, id).replaceWithVoid();
  }

  @Override
  public Uni<Boolean> verified(String id, Sums sums, Instant at) {
    return changesOne(ArtifactSql.VERIFIED, id, sums.sha1(), sums.md5(), time(at));
  }

  @Override
  public Uni<Boolean> refused(String id, Defect because) {
    return changesOne(ArtifactSql.REFUSED, id, because.code());
  }

  @Override
  public Uni<Optional<HostedArtifact>> lock(String id) {
    return one(ArtifactSql.LOCK, id);
  }

  @Override
  public Uni<List<HostedArtifact>> hold(Set<ArtifactName> names) {
    return many(
        ArtifactSql.HOLD, column(names, ArtifactName::sha256), column(names, ArtifactName::file));
  }

  // The set goes through in one order as often as it is not changed.
  private static String[] column(Set<ArtifactName> names, Function<ArtifactName, String> part) {
    return names.stream().map(part).toArray(String[]::new);
  }

  @Override
  public Uni<Void> published(ArtifactName name, Instant at, Optional<Instant> retainedUntil) {
    return changesOne(
            ArtifactSql.PUBLISHED,
            name.sha256(),
            name.file(),
            time(at),
            retainedUntil.map(PostgresArtifacts::time).orElse(null))
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> delete(String id) {
    return changesOne(ArtifactSql.DELETE, id).replaceWithVoid();
  }

  @Override
  public Uni<List<HostedArtifact>> abandoned(Instant begunBefore, int limit) {
    return many(ArtifactSql.ABANDONED, time(begunBefore), limit);
  }

  @Override
  public Uni<List<HostedArtifact>> deleting(int limit) {
    return many(ArtifactSql.DELETING, limit);
  }

  @Override
  public Uni<List<HostedArtifact>> unlooked(Instant since, int limit) {
    return many(ArtifactSql.UNLOOKED, time(since), limit);
  }

  @Override
  public Uni<Optional<Instant>> looked(String id, boolean used, Instant at) {
    return database
        .rows(ArtifactSql.LOOKED, row -> row.optionalInstant("unused_since"), id, used, time(at))
        .map(rows -> rows.stream().findFirst().flatMap(since -> since));
  }

  private Uni<Boolean> changesOne(String sql, @Nullable Object... parameters) {
    return database.update(sql, parameters).map(rows -> rows == 1);
  }

  private Uni<Optional<HostedArtifact>> one(String sql, @Nullable Object... parameters) {
    return many(sql, parameters).map(rows -> rows.stream().findFirst());
  }

  private Uni<List<HostedArtifact>> many(String sql, @Nullable Object... parameters) {
    return database.rows(sql, PostgresArtifacts::artifact, parameters);
  }

  private static HostedArtifact artifact(Row row) {
    ArtifactName name = new ArtifactName(row.text("sha256"), row.text("file"));
    long size = row.number("size");
    return new HostedArtifact(
        row.text("id"),
        name,
        size,
        row.texts("part_sha256"),
        State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
        row.optionalText("home"),
        row.optionalText("sha1")
            .map(sha1 -> new Sums(size, name.sha256(), sha1, row.optionalText("md5").orElse(""))),
        new Times(
            row.instant("created_at"),
            row.optionalInstant("ready_at"),
            row.optionalInstant("published_at"),
            row.optionalInstant("retained_until")),
        row.optionalText("refused_because")
            .map(code -> Defect.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'))));
  }

  private static OffsetDateTime time(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
