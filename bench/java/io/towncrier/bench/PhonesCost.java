package io.towncrier.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls that phones make all day, in rounds that alternate: over HTTP, beside {@code GET
 * /v1/about}, and the statement that each of them is, by pgbench.
 */
final class PhonesCost {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROUNDS = Integer.getInteger("rounds", 3);
  private static final int SECONDS = Integer.getInteger("seconds", 3);
  private static final int UNREAD = 20;
  private static final String INBOX = "io.towncrier.notices.postgres.InboxSql";
  private static final String CHECK = "check, nothing new";
  private static final String ABOUT = "about";

  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
       "timezone":"Europe/Berlin","language":"de"}
      """;

  private static final String ADD_NOTICES =
      """
      INSERT INTO notice (id, kind, default_language, texts, audience, ttl_seconds, state, author,
        created_at, started_at, revision)
      SELECT 'ntc_bench' || n, 'ANNOUNCEMENT', 'en', '{"en":{"title":"Title","body":"A body"}}',
        '{"products":[],"countries":[],"languages":[]}', 3600, 'DONE', 'a', now(),
        now() - n * interval '1 day', 0
      FROM generate_series(1, %1$d) AS n;
      INSERT INTO push_content (notice_id, category, default_language, texts, expires_at, settled)
      SELECT 'ntc_bench' || n, 'announcement', 'en', '{"en":{"title":"Title","body":"A body"}}',
        now(), true
      FROM generate_series(1, %1$d) AS n;
      INSERT INTO delivery (notice_id, device_id, state, due_at, finished_at)
      SELECT 'ntc_bench' || n, device.id, 'ACCEPTED', now(), now()
      FROM generate_series(1, %1$d) AS n CROSS JOIN device;
      ANALYZE;
      """;

  private final BenchServer server;
  private final Connection database;
  private final List<Phone> phones;

  private PhonesCost(BenchServer server, Connection database, List<Phone> phones) {
    this.server = server;
    this.database = database;
    this.phones = phones;
  }

  private record Phone(String id, String secret) {}

  /** A call, and the statement that it is, if it is one. */
  private record Call(List<String> requests, String sql, List<String> parameters) {}

  public static void main(String... args) throws Exception {
    int count = Integer.parseInt(args[0]);
    Path directory = BenchServer.newDirectory();
    List<Phone> phones = new ArrayList<>();
    try (BenchServer first = BenchServer.start(directory)) {
      first.post(
          "/v1/admin/catalogue",
          Files.readAllBytes(Path.of("src/main/resources/sample-catalogue.json")));
      for (int i = 0; i < count; i++) {
        phones.add(register(first));
      }
    }
    BenchServer.countStatements(directory);
    try (BenchServer server = BenchServer.start(directory);
        Connection database = DriverManager.getConnection(server.databaseUrl());
        Statement statement = database.createStatement()) {
      statement.execute("CREATE EXTENSION pg_stat_statements");
      new PhonesCost(server, database, phones).run();
    }
  }

  private static Phone register(BenchServer server) throws Exception {
    JsonNode made =
        JSON.readTree(server.post("/v1/devices", PHONE.getBytes(StandardCharsets.UTF_8)));
    return new Phone(made.path("deviceId").asText(), made.path("secret").asText());
  }

  private void run() throws Exception {
    Map<String, String> hashes = hashes();
    Map<String, Call> calls = new LinkedHashMap<>();
    calls.put(ABOUT, new Call(List.of("GET\t/v1/about\t\t\t"), "", List.of()));
    calls.put(
        CHECK, call("POST", "/check", "{}", "", inbox("CHECK_IN"), hashes, List.of("{}", "{}")));
    calls.put("GET device", call("GET", "", "", "", device(), hashes, List.of()));
    calls.put(
        "GET notification-alerts",
        call("GET", "/notification-alerts", "", "", alerts(), hashes, List.of()));
    measure("", calls);
    try (Statement statement = database.createStatement()) {
      statement.execute(ADD_NOTICES.formatted(UNREAD));
    }
    String entries =
        inbox("ENTRIES").formatted("<", "DESC").replace("$5::text IS NULL", "'-' = $5");
    Map<String, Call> withNotices = new LinkedHashMap<>();
    withNotices.put(ABOUT, calls.get(ABOUT));
    withNotices.put(CHECK + ", 20 unread", calls.get(CHECK));
    withNotices.put(
        "GET notices, 20",
        call("GET", "/notices", "", "", entries, hashes, List.of("{}", "{}", "-", "101")));
    withNotices.put("GET notices, 304", unchanged());
    withNotices.put("PUT notification-alerts, off and on", optOuts());
    measure("with 20 notices: ", withNotices);
  }

  private void measure(String prefix, Map<String, Call> calls) throws Exception {
    for (Call call : calls.values()) {
      Wrk.calls(server.port(), call.requests(), SECONDS);
    }
    Map<String, List<Wrk.Run>> runs = new LinkedHashMap<>();
    Map<String, List<Double>> rates = new LinkedHashMap<>();
    Map<String, String> counted = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, Call> one : calls.entrySet()) {
        Call call = one.getValue();
        reset();
        Wrk.Run run = Wrk.calls(server.port(), call.requests(), SECONDS);
        counted.put(one.getKey(), counted(run.requests()));
        runs.computeIfAbsent(one.getKey(), k -> new ArrayList<>()).add(run);
        if (!call.sql().isEmpty()) {
          rates
              .computeIfAbsent(one.getKey(), k -> new ArrayList<>())
              .add(Pgbench.rate(server.databaseUrl(), call.sql(), call.parameters(), SECONDS));
        }
      }
    }
    double about = median(runs.get(ABOUT).stream().map(Wrk.Run::perSecond).toList());
    runs.forEach(
        (name, all) -> {
          double rate = median(all.stream().map(Wrk.Run::perSecond).toList());
          Figures.note(
              prefix + name,
              "%s requests/s, %s of about's, p50 %s us, p99 %s us; a request: %s"
                  .formatted(
                      Figures.number(Math.rint(rate)),
                      Figures.number(rate / about),
                      Figures.number(
                          median(all.stream().map(r -> (double) r.p50Micros()).toList())),
                      Figures.number(
                          median(all.stream().map(r -> (double) r.p99Micros()).toList())),
                      counted.get(name)));
        });
    rates.forEach((name, all) -> beside(prefix + name, runs.get(name), all));
  }

  private static void beside(String name, List<Wrk.Run> runs, List<Double> rates) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < rates.size(); round++) {
      ratios.add(100 * runs.get(round).perSecond() / rates.get(round));
    }
    Figures.note(
        name + ", its statement by pgbench", Figures.number(Math.rint(median(rates))) + " /s");
    Figures.atLeast(name + " against pgbench", median(ratios), 50, "% of its rate");
  }

  private Call call(
      String method,
      String path,
      String body,
      String tag,
      String sql,
      Map<String, String> hashes,
      List<String> more) {
    // Of one phone: each further one would be a statement to plan, which the server does not do.
    List<String> parameters =
        new ArrayList<>(List.of(phones.get(0).id(), hashes.get(phones.get(0).id())));
    parameters.addAll(more);
    return new Call(
        phones.stream().map(phone -> request(method, phone, path, body, tag)).toList(),
        sql,
        parameters);
  }

  private Call unchanged() throws Exception {
    List<String> requests = new ArrayList<>();
    for (Phone phone : phones) {
      String path = "/v1/devices/" + phone.id() + "/notices";
      requests.add(request("GET", phone, "/notices", "", server.tag(path, phone.secret())));
    }
    return new Call(requests, "", List.of());
  }

  /** In turns for each phone, so that each is a change. */
  private Call optOuts() {
    List<String> requests = new ArrayList<>();
    for (String push : List.of("false", "true")) {
      for (Phone phone : phones) {
        requests.add(request("PUT", phone, "/notification-alerts", "{\"push\":" + push + "}", ""));
      }
    }
    return new Call(requests, "", List.of());
  }

  private static String request(String method, Phone phone, String path, String body, String tag) {
    return String.join("\t", method, "/v1/devices/" + phone.id() + path, phone.secret(), body, tag);
  }

  private static String inbox(String constant) throws ReflectiveOperationException {
    return Pgbench.statement(INBOX, constant);
  }

  private static String device() throws ReflectiveOperationException {
    return Pgbench.statement("io.towncrier.devices.postgres.DeviceSql", "SIGN_IN");
  }

  private static String alerts() throws ReflectiveOperationException {
    return Pgbench.statement("io.towncrier.preferences.postgres.AlertsSql", "FIND_OF_DEVICE");
  }

  private Map<String, String> hashes() throws SQLException {
    Map<String, String> hashes = new LinkedHashMap<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, secret_index::text FROM device")) {
      while (rows.next()) {
        hashes.put(rows.getString(1), rows.getString(2));
      }
    }
    return hashes;
  }

  private void reset() throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute("SELECT pg_stat_statements_reset()");
    }
  }

  private String counted(long requests) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet counted =
            statement.executeQuery(
                """
                SELECT coalesce(sum(calls) FILTER (WHERE query NOT IN ('BEGIN', 'COMMIT')), 0),
                  coalesce(sum(calls) FILTER (WHERE query = 'BEGIN'), 0)
                FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'
                """)) {
      counted.next();
      return "%s statements, %s transactions"
          .formatted(
              Figures.number(Math.rint(100.0 * counted.getLong(1) / requests) / 100),
              Figures.number(Math.rint(100.0 * counted.getLong(2) / requests) / 100));
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
