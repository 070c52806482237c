package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.PushMessage;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.Category;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.Vault;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Very many devices, and deliveries to them. */
@ApplicationScoped
class BenchField {
  private static final int PART = 10_000;
  private static final LanguageTag EN = new LanguageTag("en");
  private static final String PLAIN = "ntc_plain";

  private static final String ADD_DEVICES =
      """
      INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
        secret_index, registered_at, last_seen_on, revision, push_provider, push_kind,
        push_sealed, push_index)
      SELECT added.id, 'PHONE', 'router-app-android', '3.0.1', 'DE', 'Europe/Berlin', 'en',
        'stable', '\\x00', now(), current_date, 0, 'fcm', 'TOKEN', added.sealed,
        decode(md5(added.id), 'hex')
      FROM unnest($1::text[], $2::bytea[]) AS added (id, sealed)
      """;

  private static final String ADD_NOTICES =
      """
      INSERT INTO notice (id, kind, default_language, texts, audience, ttl_seconds, state, author,
        created_at, started_at, revision)
      SELECT added.id, 'ANNOUNCEMENT', 'en', '{"en":{"title":"T","body":"B"}}',
        '{"products":[],"countries":[],"languages":[]}', 86400, $2, 'a', now(), now(), 0
      FROM unnest($1::text[]) AS added (id)
      """;

  private static final String PLAN_PLAINLY =
      """
      INSERT INTO delivery (notice_id, device_id, due_at)
      SELECT $1, device.id, now() FROM device ORDER BY device.id
      """;

  private static final String PLAN_PAGE =
      """
      INSERT INTO delivery (notice_id, device_id, due_at)
      SELECT $1, page.device_id, now() FROM unnest($2::text[]) AS page (device_id)
      ORDER BY page.device_id
      ON CONFLICT (notice_id, device_id) DO NOTHING
      """;

  private final Database database;
  private final Outbox outbox;
  private final Vault vault;
  private final String url;

  BenchField(
      Database database,
      Outbox outbox,
      Vault vault,
      @ConfigProperty(name = "quarkus.datasource.reactive.url") String url) {
    this.database = database;
    this.outbox = outbox;
    this.vault = vault;
    this.url = url;
  }

  static void report(Path file, String line) {
    System.out.println(line);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Devices with an address each, in no order of their ids. */
  void register(int count) {
    for (int from = 0; from < count; from += PART) {
      List<String> ids =
          IntStream.range(from, Math.min(count, from + PART)).mapToObj(BenchField::device).toList();
      await(
          database.update(
              ADD_DEVICES,
              ids.toArray(String[]::new),
              ids.stream().map(id -> Buffer.buffer(sealed(id).bytes())).toArray(Buffer[]::new)));
    }
    await(database.update("ANALYZE device"));
    open(PLAIN);
  }

  void planPlainly() {
    await(database.update("UPDATE push_content SET settled = false"));
    await(database.update(PLAN_PLAINLY, PLAIN));
  }

  /** The first so many devices for each of so many notices; at once, past the foreign keys. */
  void planMany(int notices, int devices) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      for (int i = 0; i < notices; i++) {
        String notice = Ids.next("ntc");
        open(notice);
        statement.execute(
            """
            INSERT INTO delivery (notice_id, device_id, due_at)
            SELECT '%s', device.id, now() FROM device ORDER BY device.id LIMIT %d
            """
                .formatted(notice, devices));
      }
      statement.execute("VACUUM ANALYZE delivery");
    }
  }

  /** Done deliveries of a device each and so many notices; past the foreign keys. */
  void addHistory(int notices, int fromDevice, int toDevice) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET session_replication_role = replica");
      statement.execute("CREATE TEMP TABLE phone (id text)");
      for (int from = fromDevice; from < toDevice; from += PART) {
        statement.execute(
            "INSERT INTO phone VALUES ('%s')"
                .formatted(
                    String.join(
                        "'), ('",
                        IntStream.range(from, Math.min(toDevice, from + PART))
                            .mapToObj(BenchField::device)
                            .toList())));
      }
      for (int i = 0; i < notices; i++) {
        String notice = Ids.next("ntc");
        open(notice);
        statement.execute(
            """
            INSERT INTO delivery (notice_id, device_id, state, attempts, due_at, claimed_due_at,
              accepted_as, account_ids, finished_at)
            SELECT '%s', phone.id, 'ACCEPTED', 1, now(), now(),
              'projects/towncrier-test/messages/0:1700000000000000', '{}', now()
            FROM phone ORDER BY phone.id
            """
                .formatted(notice));
      }
      statement.execute("UPDATE push_content SET settled = true");
      statement.execute("VACUUM ANALYZE delivery");
      statement.execute("CHECKPOINT");
    }
  }

  /** A notice of which nothing is planned yet. */
  String openNotice() {
    String notice = Ids.next("ntc");
    open(notice);
    return notice;
  }

  void plan(String notice, List<String> devices) {
    await(database.update(PLAN_PAGE, notice, devices.toArray(String[]::new)));
  }

  void forgetDeliveries() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE delivery");
      statement.execute("UPDATE push_content SET settled = true");
      statement.execute("CHECKPOINT");
    }
  }

  long deliveries() {
    return count("SELECT count(*) AS counted FROM delivery");
  }

  long waiting() {
    return count("SELECT count(*) AS counted FROM delivery WHERE state IN ('PENDING', 'SENDING')");
  }

  List<String> addresses(int count) {
    return IntStream.range(0, count).mapToObj(i -> "tok-" + device(i)).toList();
  }

  List<PushMessage> messages(int count) {
    List<PushMessage> messages = new ArrayList<>();
    LocalizedText.Picked text = new LocalizedText.Picked("en", new LocalizedText.Text("T", "B"));
    for (int i = 0; i < count; i++) {
      String id = device(i);
      messages.add(
          new PushMessage(
              PLAIN,
              id,
              new PushAddress("fcm", PushAddress.Kind.TOKEN, sealed(id), PushAddress.placeOf(id)),
              text,
              Duration.ofHours(1),
              false,
              new PushMessage.Handling(Category.ANNOUNCEMENT, Instant.EPOCH, false),
              PushMessage.Attempt.FIRST));
    }
    return messages;
  }

  private void open(String notice) {
    await(database.update(ADD_NOTICES, new String[] {notice}, "STARTED"));
    await(
        outbox.open(
            new PushContent(
                notice,
                Category.ANNOUNCEMENT,
                false,
                new LocalizedText(Map.of("en", new LocalizedText.Text("T", "B"))),
                EN,
                Instant.now().plus(Duration.ofDays(1)),
                Optional.empty())));
  }

  private Sealed sealed(String device) {
    return vault.seal(new Secret("tok-" + device), PushAddress.placeOf(device));
  }

  // A mixed number: neighbours in time are none in the index.
  static String device(int i) {
    return "dev_" + String.format("%026x", Integer.toUnsignedLong(i * 0x9e3779b1));
  }

  /** Whether the provider has accepted one of a notice. */
  boolean isBegun(String notice) {
    return count(
            "SELECT count(*) AS counted FROM ("
                + "SELECT 1 FROM delivery WHERE state = 'ACCEPTED' AND notice_id = '"
                + notice
                + "' LIMIT 1) AS one")
        > 0;
  }

  long accepted(String notice) {
    return count(
        "SELECT count(*) AS counted FROM delivery WHERE state = 'ACCEPTED' AND notice_id = '"
            + notice
            + "'");
  }

  /** How many deliveries of a notice are planned. */
  long planned(String notice) {
    return count("SELECT planned AS counted FROM notice_walk WHERE notice_id = '" + notice + "'");
  }

  boolean isPlanned(String notice) {
    return count(
            "SELECT count(*) AS counted FROM notice_walk"
                + " WHERE through_at IS NOT NULL AND notice_id = '"
                + notice
                + "'")
        > 0;
  }

  private long count(String sql) {
    return await(database.rows(sql, row -> row.number("counted"))).get(0);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:" + url, "postgres", "postgres");
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofMinutes(10));
  }
}
