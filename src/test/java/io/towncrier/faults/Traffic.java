package io.towncrier.faults;

import io.towncrier.faults.Client.Answer;
import io.towncrier.faults.Client.Request;
import io.towncrier.faults.Ledger.Promise;
import io.towncrier.testing.LoopbackFcm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Phones that check, that register, prove an address and opt out after a while, others that stay,
 * and an operator who starts notices: all at once, at both servers.
 */
final class Traffic {
  static final int SERVERS = 2;
  private static final int USERS = 24;
  private static final Duration BETWEEN_NOTICES = Duration.ofSeconds(8);
  private static final Duration CHALLENGE_WITHIN = Duration.ofSeconds(12);
  private static final int LONGEST_USE_MILLIS = 15_000;
  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
       "timezone":"Europe/Berlin","language":"en"}
      """;
  private static final String NOTICE =
      """
      {"kind":"announcement","defaultLanguage":"en","texts":{"en":{"title":"T","body":"B"}},
       "audience":{"products":["router-app-android"]}}
      """;

  /** A notice whose start was acknowledged at that moment. */
  record Started(String id, long at) {}

  private final Client client;
  private final LoopbackFcm fcm;
  private final String operator;
  private final Queue<Phone> loyal = new ConcurrentLinkedQueue<>();
  private final Queue<Phone> users = new ConcurrentLinkedQueue<>();
  private final Queue<Started> notices = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong seeds;
  private volatile boolean stopping;

  Traffic(Client client, LoopbackFcm fcm, String operator, long seed) {
    this.client = client;
    this.fcm = fcm;
    this.operator = operator;
    this.seeds = new AtomicLong(seed);
  }

  /** Those who never opt out. */
  List<Phone> loyal() {
    return List.copyOf(loyal);
  }

  /** All the others whose registration was acknowledged. */
  List<Phone> users() {
    return List.copyOf(users);
  }

  List<Started> notices() {
    return List.copyOf(notices);
  }

  /** Registers those who stay; for a time without faults. */
  void settle(int phones) throws InterruptedException {
    Random random = new Random(seeds.incrementAndGet());
    for (int i = 0; i < phones; i++) {
      Phone phone = settled(random);
      if (!prove(phone, random)) {
        throw new IllegalStateException("an address was not proved before any fault");
      }
      loyal.add(phone);
    }
  }

  /** The second server knows a new catalogue some moments after the first. */
  private Phone settled(Random random) throws InterruptedException {
    for (int tries = 0; tries < 50; tries++) {
      Phone phone = register(random.nextInt(SERVERS));
      if (phone != null) {
        return phone;
      }
      Thread.sleep(200);
    }
    throw new IllegalStateException("a phone was refused before any fault");
  }

  void start() {
    for (int server = 0; server < SERVERS; server++) {
      int asked = server;
      each("checks", Duration.ofMillis(150), random -> check(asked));
      each("calls", Duration.ofMillis(250), random -> call(asked, random));
    }
    for (int i = 0; i < USERS; i++) {
      each("user", Duration.ofMillis(200), this::life);
    }
    each("operator", BETWEEN_NOTICES, random -> announce(random));
  }

  /** Ends it; an opt-out that was asked for is repeated until it is acknowledged. */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread thread : threads) {
      thread.join(Duration.ofMinutes(2).toMillis());
    }
  }

  private interface Work {
    void once(Random random) throws InterruptedException;
  }

  private void each(String name, Duration pause, Work work) {
    Random random = new Random(seeds.incrementAndGet());
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!stopping) {
                  work.once(random);
                  Thread.sleep(random.nextInt(2 * (int) pause.toMillis()));
                }
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  Answer check(int server) throws InterruptedException {
    return client.send(
        server,
        new Request(
            "check",
            Promise.CHECK,
            "GET",
            "/v1/products/router-app-android/update?version=3.0.1",
            "",
            ""));
  }

  private void call(int server, Random random) throws InterruptedException {
    List<Phone> all = loyal();
    Phone phone = all.get(random.nextInt(all.size()));
    switch (random.nextInt(3)) {
      case 0 -> alerts(server, phone);
      case 1 -> ask(server, phone, "list of notices", "GET", "/notices", "");
      default -> ask(server, phone, "check of a device", "POST", "/check", "{}");
    }
  }

  Answer alerts(int server, Phone phone) throws InterruptedException {
    return ask(server, phone, "look at alerts", "GET", "/notification-alerts", "");
  }

  Answer show(int server, Phone phone) throws InterruptedException {
    return ask(server, phone, "look at a device", "GET", "", "");
  }

  private Answer ask(int server, Phone phone, String what, String method, String below, String body)
      throws InterruptedException {
    return client.send(
        server, new Request(what, Promise.CALL, method, phone.path(below), phone.secret, body));
  }

  /** A new phone; null when it was refused. */
  Phone register(int server) throws InterruptedException {
    Answer made =
        client.send(
            server, new Request("registration", Promise.CALL, "POST", "/v1/devices", "", PHONE));
    if (!made.is(201)) {
      return null;
    }
    return new Phone(made.body().path("deviceId").asText(), made.body().path("secret").asText());
  }

  /** Registers phones until one is refused or the time is over: the disk is to notice it. */
  void press(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    Random random = new Random(seeds.incrementAndGet());
    while (System.nanoTime() < end) {
      Phone phone = register(random.nextInt(SERVERS));
      if (phone == null) {
        return;
      }
      users.add(phone);
    }
  }

  private void life(Random random) throws InterruptedException {
    Phone phone = register(random.nextInt(SERVERS));
    if (phone == null) {
      return;
    }
    users.add(phone);
    if (prove(phone, random)) {
      Thread.sleep(random.nextInt(LONGEST_USE_MILLIS));
      optOut(phone, random);
    }
  }

  private boolean prove(Phone phone, Random random) throws InterruptedException {
    while (!stopping) {
      int seen = fcm.challengesTo(phone.address).size();
      Answer proposed =
          fenced(phone, random, "push address", "PUT", "/push-address", address(phone));
      if (proposed.is(202)) {
        String challenge = challenge(phone, seen);
        proposed =
            challenge.isEmpty()
                ? proposed
                : fenced(phone, random, "confirm", "POST", "/push-address/confirm", challenge);
      }
      if (proposed.is(204)) {
        phone.proved = proposed.at();
        return true;
      }
      Thread.sleep(random.nextInt(1_000));
    }
    return false;
  }

  private static String address(Phone phone) {
    return "{\"provider\":\"fcm\",\"kind\":\"token\",\"value\":\"%s\"}".formatted(phone.address);
  }

  /** The echo of what was pushed; empty when nothing came. */
  private String challenge(Phone phone, int seen) throws InterruptedException {
    long end = System.nanoTime() + CHALLENGE_WITHIN.toNanos();
    while (System.nanoTime() < end) {
      List<String> pushed = fcm.challengesTo(phone.address);
      if (pushed.size() > seen) {
        return "{\"challenge\":\"%s\"}".formatted(pushed.get(pushed.size() - 1));
      }
      Thread.sleep(50);
    }
    return "";
  }

  /** The very same request until it is answered, at whatever server. */
  private void optOut(Phone phone, Random random) throws InterruptedException {
    phone.optOutAsked = System.nanoTime();
    String off = "{\"push\":false,\"revision\":0}";
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (System.nanoTime() < end) {
      Answer answer = fenced(phone, random, "opt-out", "PUT", "/notification-alerts", off);
      if (answer.is(200)) {
        phone.optedOut = answer.at();
        return;
      }
      Thread.sleep(random.nextInt(500));
    }
  }

  private Answer fenced(
      Phone phone, Random random, String what, String method, String below, String body)
      throws InterruptedException {
    return client.send(
        random.nextInt(SERVERS),
        new Request(what, Promise.FENCED, method, phone.path(below), phone.secret, body)
            .orElse(what.equals("confirm") ? Set.of(400, 409) : Set.of()));
  }

  /** Starts a notice to all; its id, empty when it was refused. */
  String announce(Random random) throws InterruptedException {
    Answer draft = operator(random, "draft of a notice", Promise.CALL, "", NOTICE);
    String id = draft.body().path("id").asText();
    while (draft.is(201)) {
      Answer started =
          operator(random, "start of a notice", Promise.OPERATOR, "/" + id + "/start", "");
      // 409: it was started by a request whose answer was lost.
      if (started.is(200) || started.is(409)) {
        notices.add(new Started(id, started.at()));
        return id;
      }
      if (!started.is(503) && !started.is(0)) {
        return "";
      }
      Thread.sleep(500);
    }
    return "";
  }

  private Answer operator(Random random, String what, Promise promise, String below, String body)
      throws InterruptedException {
    return client.send(
        random.nextInt(SERVERS),
        new Request(what, promise, "POST", "/v1/admin/notices" + below, operator, body)
            .orElse(promise == Promise.OPERATOR ? Set.of(409) : Set.of()));
  }
}
