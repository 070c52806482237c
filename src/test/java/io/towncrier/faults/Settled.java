package io.towncrier.faults;

import io.towncrier.faults.Client.Answer;
import io.towncrier.faults.Traffic.Started;
import io.towncrier.testing.LoopbackFcm.Arrival;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is left when all faults are over: whether what was acknowledged is there. */
final class Settled {
  // A delivery that met several faults is tried again after minutes. A short run, for a look, waits
  // less, and counts what is still to be tried.
  private static final int MINUTES = Integer.getInteger("settle", 10);
  private static final Duration LAST_TRIES = Duration.ofMinutes(MINUTES);
  private static final boolean LOOK_ONLY = MINUTES < 5;

  private static final String WAITING =
      """
      SELECT count(*) FROM delivery
      WHERE delivery.device_id = ANY (?) AND delivery.state IN ('PENDING', 'SENDING')
      """;

  private static final String STATES =
      """
      SELECT delivery.notice_id, delivery.state FROM delivery WHERE delivery.device_id = ?
      """;

  private final FaultField field;
  private final Traffic traffic;
  private final Ledger ledger;
  private int acknowledged;
  private int lost;
  private int told;
  private int repeats;
  private long waiting;
  private int optOuts;
  private int sentAfter;
  private long closest = Long.MAX_VALUE;

  Settled(FaultField field, Traffic traffic, Ledger ledger) {
    this.field = field;
    this.traffic = traffic;
    this.ledger = ledger;
  }

  static String noticeOf(Arrival arrival) {
    return arrival.message().at("/data/noticeId").asText();
  }

  /** What is not as it was acknowledged. */
  List<String> verify() throws SQLException, InterruptedException {
    List<String> broken = new ArrayList<>();
    awaitLastTries();
    for (Phone phone : traffic.loyal()) {
      verifyPhone(phone, broken);
    }
    for (Phone phone : traffic.users()) {
      verifyPhone(phone, broken);
      verifyOptOut(phone, broken);
    }
    try (Connection connection = field.connect()) {
      for (Phone phone : traffic.loyal()) {
        verifyNotices(connection, phone, broken);
      }
    }
    lost = broken.size() - sentAfter;
    if (optOuts == 0) {
      broken.add("no opt-out was acknowledged: the run says nothing of the fence");
    }
    return broken;
  }

  private void awaitLastTries() throws SQLException, InterruptedException {
    String[] loyal = traffic.loyal().stream().map(phone -> phone.id).toArray(String[]::new);
    long end = System.nanoTime() + LAST_TRIES.toNanos();
    try (Connection connection = field.connect();
        PreparedStatement read = connection.prepareStatement(WAITING)) {
      read.setArray(1, connection.createArrayOf("text", loyal));
      while (System.nanoTime() < end && waiting(read) > 0) {
        Thread.sleep(500);
      }
      waiting = waiting(read);
    }
  }

  private static long waiting(PreparedStatement read) throws SQLException {
    try (ResultSet row = read.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private Map<String, Integer> seen(Phone phone) {
    Map<String, Integer> seen = new HashMap<>();
    field.fcm.to(phone.address).forEach(one -> seen.merge(noticeOf(one), 1, Integer::sum));
    return seen;
  }

  private void verifyPhone(Phone phone, List<String> broken) throws InterruptedException {
    acknowledged++;
    Answer shown = traffic.show(0, phone);
    if (!shown.is(200)) {
      broken.add("a registered phone is answered " + shown.status() + ": " + phone.id);
      return;
    }
    if (phone.isProved()) {
      acknowledged++;
      if (!shown.body().path("pushAddress").asBoolean()) {
        broken.add("a proved address is lost: " + phone.id);
      }
    }
  }

  private void verifyOptOut(Phone phone, List<String> broken) throws InterruptedException {
    if (!phone.isOptedOut()) {
      return;
    }
    acknowledged++;
    optOuts++;
    Answer alerts = traffic.alerts(1, phone);
    if (!alerts.is(200) || alerts.body().path("push").asBoolean(true)) {
      broken.add("an opt-out is lost: " + phone.id + ", " + alerts.body());
    }
    for (Arrival arrival : field.fcm.to(phone.address)) {
      closest = Math.min(closest, phone.optedOut - arrival.nanos());
      if (arrival.nanos() > phone.optedOut) {
        sentAfter++;
        broken.add(
            "%s was sent %d ms after the opt-out of %s, acknowledged at %d ms"
                .formatted(
                    noticeOf(arrival),
                    (arrival.nanos() - phone.optedOut) / 1_000_000,
                    phone.id,
                    ledger.millis(phone.optedOut)));
      }
    }
  }

  private void verifyNotices(Connection connection, Phone phone, List<String> broken)
      throws SQLException {
    Map<String, String> states = new HashMap<>();
    try (PreparedStatement read = connection.prepareStatement(STATES)) {
      read.setString(1, phone.id);
      ResultSet rows = read.executeQuery();
      while (rows.next()) {
        states.put(rows.getString(1), rows.getString(2));
      }
    }
    Map<String, Integer> seen = seen(phone);
    for (Started notice : traffic.notices()) {
      acknowledged++;
      int times = seen.getOrDefault(notice.id(), 0);
      told += Math.min(1, times);
      repeats += Math.max(0, times - 1);
      String state = states.getOrDefault(notice.id(), "not planned");
      boolean waits = LOOK_ONLY && (state.equals("PENDING") || state.equals("SENDING"));
      if (!waits && (times == 0 || !state.equals("ACCEPTED"))) {
        broken.add(
            "%s, started at %d ms, was sent %d times to %s and is %s"
                .formatted(notice.id(), ledger.millis(notice.at()), times, phone.id, state));
      }
    }
  }

  String table() {
    return """
    | acknowledged | of it lost | notices | pushes owed | sent | still to be tried | repeats | opt-outs | sent after one | closest before one |
    |---|---|---|---|---|---|---|---|---|---|
    | %,d | %d | %d | %,d | %,d | %d | %d | %,d | %d | %s |
    """
        .formatted(
            acknowledged,
            lost,
            traffic.notices().size(),
            (long) traffic.notices().size() * traffic.loyal().size(),
            told,
            waiting,
            repeats,
            optOuts,
            sentAfter,
            closest == Long.MAX_VALUE ? "-" : closest / 1_000_000 + " ms");
  }

  /** Of each opt-out: when it was asked for and acknowledged, and when the last push arrived. */
  String evidence() {
    StringBuilder lines =
        new StringBuilder("phone\tasked ms\tacknowledged ms\tlast push arrived ms\tpushes\n");
    for (Phone phone : traffic.users()) {
      if (phone.isOptedOut()) {
        List<Arrival> arrivals = field.fcm.to(phone.address);
        lines.append(
            "%s\t%d\t%d\t%s\t%d%n"
                .formatted(
                    phone.id,
                    ledger.millis(phone.optOutAsked),
                    ledger.millis(phone.optedOut),
                    arrivals.stream().mapToLong(Arrival::nanos).max().stream()
                        .mapToObj(at -> Long.toString(ledger.millis(at)))
                        .findFirst()
                        .orElse("-"),
                    arrivals.size()));
      }
    }
    return lines.toString();
  }
}
