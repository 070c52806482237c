package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.towncrier.consents.ChangeConsents;
import io.towncrier.consents.ConsentAct;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushContent;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.ChangePushAddress;
import io.towncrier.devices.retirement.RetireDevice;
import io.towncrier.notices.CancelNotice;
import io.towncrier.notices.PauseNotice;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.ChangeAlerts;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.rights.CancelAccount;
import io.towncrier.privacy.rights.Ground;
import io.towncrier.privacy.rights.People;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Devices with something due, and the changes that race against its sending. */
@ApplicationScoped
class RaceField {
  private static final LanguageTag EN = new LanguageTag("en");

  private static final String ADD_DEVICES =
      """
      INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
        secret_index, registered_at, last_seen_on, revision, account_id)
      SELECT racer.device, 'PHONE', 'none', '1', 'DE', 'UTC', 'en', 'stable', '\\x00', now(),
        current_date, 0, racer.account
      FROM unnest($1::text[], $2::text[]) AS racer (device, account)
      ON CONFLICT (id) DO NOTHING
      """;

  private static final String ADD_ACCOUNTS =
      """
      INSERT INTO account (id, subject_index, subject_sealed, created_at)
      SELECT owner.id, decode(md5(owner.id), 'hex'), '\\x00', now()
      FROM unnest($1::text[]) AS owner (id)
      """;

  private static final String ADD_NOTICES =
      """
      INSERT INTO notice (id, kind, default_language, texts, audience, ttl_seconds, state, author,
        created_at, started_at, revision)
      SELECT started.id, 'ANNOUNCEMENT', 'en', '{"en":{"title":"T","body":"B"}}',
        '{"products":[],"countries":[],"languages":[]}', 3600, 'STARTED', 'a', now(), now(), 0
      FROM unnest($1::text[]) AS started (id)
      """;

  // What a cancellation takes away, and what it leaves, so that the next round finds an account.
  private static final List<String> UNDO_CANCELLATION =
      List.of(
          "DELETE FROM erasure WHERE account_id = $1",
          """
          INSERT INTO account (id, subject_index, subject_sealed, created_at)
          VALUES ($1, $2, '\\x00', now())
          ON CONFLICT (id) DO UPDATE SET subject_index = excluded.subject_index
          """,
          """
          INSERT INTO device_account (device_id, account_id) VALUES ($2, $1)
          ON CONFLICT DO NOTHING
          """);

  // One after the other, so that it is known about when each is claimed.
  private static final String ADD_DELIVERIES =
      """
      INSERT INTO delivery (notice_id, device_id, due_at, provider)
      SELECT racer.notice, racer.device,
        now() - interval '1 minute' + racer.place * interval '1 microsecond',
        coalesce(device.push_provider, 'fcm')
      FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS racer (notice, device, place)
      JOIN device ON device.id = racer.device
      """;

  // Not by the use case: thousands of addresses need no proof of who holds them. Each has another
  // hash, as another address has.
  private static final String GIVE_ADDRESS =
      """
      UPDATE device
      SET push_provider = $3, push_kind = $4, push_sealed = $2,
        push_index = sha256($2)
      WHERE device.id = $1
      """;

  private static final String ALLOW_AGAIN =
      """
      UPDATE notification_alerts
      SET push = true, categories_off = '{}', quiet_from = NULL, quiet_to = NULL
      WHERE owner = ANY ($1)
      """;

  private static final String FORGET_ALERTS =
      "DELETE FROM notification_alerts WHERE owner = ANY ($1)";

  // Else what one round met at the provider would keep the next from sending.
  private static final String CLOSE_BREAKERS = "DELETE FROM push_account";

  private static final List<String> FORGET_NOTICES =
      List.of(
          "DELETE FROM delivery WHERE notice_id = ANY ($1)",
          "DELETE FROM push_content WHERE notice_id = ANY ($1)",
          "DELETE FROM notice WHERE id = ANY ($1)");

  private static final String OPEN =
      """
      SELECT count(*) AS open FROM delivery
      WHERE notice_id = ANY ($1)
        AND (state = 'SENDING' OR (state = 'PENDING' AND due_at <= now()
          AND notice_id NOT IN (
            SELECT notice_id FROM push_content WHERE halted_because = 'notice-paused')))
      """;

  private static final ChangeConsents.Choice WITHDRAWAL =
      new ChangeConsents.Choice(ConsentAct.Kind.PUSH, true, Optional.empty(), Optional.empty());

  private final Database database;
  private final Outbox outbox;
  private final ChangeAlerts alerts;
  private final ChangePushAddress addresses;
  private final CancelNotice cancel;
  private final PauseNotice pause;
  private final Vault vault;
  private final Stops stops;
  private final InstantSource clock = InstantSource.system();

  RaceField(
      Database database,
      Outbox outbox,
      ChangeAlerts alerts,
      ChangePushAddress addresses,
      Stops stops,
      Vault vault) {
    this.database = database;
    this.outbox = outbox;
    this.alerts = alerts;
    this.addresses = addresses;
    this.cancel = stops.cancel();
    this.pause = stops.pause();
    this.vault = vault;
    this.stops = stops;
  }

  /** What operators do to notices, and people to their accounts, devices and consents. */
  @Singleton
  record Stops(
      CancelNotice cancel,
      PauseNotice pause,
      CancelAccount account,
      People people,
      RetireDevice retire,
      ChangeConsents consents) {}

  /** Registers devices, each with an address and, every other one, with an account. */
  List<Racer> register(int count, List<Kind> kinds) {
    return register(count, kinds, PushAddress.Kind.TOKEN);
  }

  /** As above, with addresses of this kind. */
  List<Racer> register(int count, List<Kind> kinds, PushAddress.Kind of) {
    List<Racer> racers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Kind kind = kinds.get(i % kinds.size());
      boolean linked = Kind.OF_ACCOUNTS.contains(kind) || i % 2 == 0;
      racers.add(
          new Racer(
              Ids.next("dev"),
              linked ? Optional.of(Ids.next("acc")) : Optional.empty(),
              "tok-" + Ids.next("race"),
              kind,
              Ids.next("ntc"),
              of));
    }
    await(
        database.update(
            ADD_ACCOUNTS,
            (Object)
                racers.stream()
                    .map(Racer::account)
                    .flatMap(Optional::stream)
                    .toArray(String[]::new)));
    addDevices(racers);
    racers.forEach(this::giveAddress);
    return racers;
  }

  private void addDevices(List<Racer> racers) {
    await(
        database.update(
            ADD_DEVICES,
            texts(racers, Racer::device),
            texts(racers, racer -> racer.account.orElse(null))));
  }

  /**
   * Makes a push due for each, in their order; everything is allowed again.
   *
   * @param fresh whether nobody has alerts yet, as before the first use
   * @return the notices
   */
  List<String> plan(List<Racer> racers, boolean fresh) {
    String[] owners = racers.stream().flatMap(r -> r.owners().stream()).toArray(String[]::new);
    await(database.update(fresh ? FORGET_ALERTS : ALLOW_AGAIN, (Object) owners));
    await(database.update(CLOSE_BREAKERS));
    racers.stream().filter(r -> r.kind == Kind.ACCOUNT_CANCELLED).forEach(this::openAgain);
    addDevices(racers.stream().filter(r -> r.kind == Kind.DEVICE_REMOVED).toList());
    racers.stream().filter(r -> Kind.TAKE_THE_ADDRESS.contains(r.kind)).forEach(this::giveAddress);
    String shared = Ids.next("ntc");
    Set<String> notices = new LinkedHashSet<>(List.of(shared));
    // A notice that is stopped is a race of its own, or it would end those of all others.
    racers.stream().filter(r -> r.kind.hasNoticeOfItsOwn()).forEach(r -> notices.add(r.own));
    await(database.update(ADD_NOTICES, (Object) notices.toArray(String[]::new)));
    Instant end = clock.instant().plus(Duration.ofHours(1));
    LocalizedText text = new LocalizedText(Map.of("en", new LocalizedText.Text("T", "B")));
    for (String notice : notices) {
      await(
          outbox.open(
              new PushContent(
                  notice, Category.ANNOUNCEMENT, false, text, EN, end, Optional.empty())));
    }
    await(
        database.update(
            ADD_DELIVERIES,
            texts(racers, r -> r.kind.hasNoticeOfItsOwn() ? r.own : shared),
            texts(racers, Racer::device)));
    return List.copyOf(notices);
  }

  private void openAgain(Racer racer) {
    String account = racer.account.orElseThrow();
    Buffer index = Buffer.buffer(stops.people().indexOf(subject(racer)).written());
    await(database.update(UNDO_CANCELLATION.get(0), account));
    await(database.update(UNDO_CANCELLATION.get(1), account, index));
    await(database.update(UNDO_CANCELLATION.get(2), account, racer.device));
  }

  private static Secret subject(Racer racer) {
    return new Secret(racer.account.orElseThrow());
  }

  /** Gives a device another address, as one does that has proved it. */
  void moveTo(String device, String address) {
    moveTo(device, address, PushAddress.Kind.TOKEN);
  }

  void moveTo(String device, String address, PushAddress.Kind kind) {
    await(
        database.update(
            GIVE_ADDRESS,
            device,
            Buffer.buffer(address(device, address).sealed().bytes()),
            kind.provider(),
            kind.name()));
  }

  PushAddress address(String device, String value) {
    return new PushAddress(
        "fcm",
        PushAddress.Kind.TOKEN,
        vault.seal(new Secret(value), PushAddress.placeOf(device)),
        PushAddress.placeOf(device));
  }

  /** Whether something is still to be sent or being sent. */
  boolean isOpen(List<String> notices) {
    return await(
                database.rows(
                    OPEN, row -> row.number("open"), (Object) notices.toArray(String[]::new)))
            .get(0)
        > 0;
  }

  void forget(List<String> notices) {
    for (String statement : FORGET_NOTICES) {
      await(database.update(statement, (Object) notices.toArray(String[]::new)));
    }
  }

  /** Changes what the racer is about. */
  Answer forbid(Racer racer) {
    long asked = System.nanoTime();
    Uni<?> change =
        switch (racer.kind) {
          case DEVICE_OFF -> change(racer.device, RaceField::pushOff);
          case ACCOUNT_OFF -> change(racer.account.orElseThrow(), RaceField::pushOff);
          case CATEGORY_OFF -> change(racer.device, RaceField::categoryOff);
          case QUIET_HOURS -> change(racer.device, this::quietNow);
          case ADDRESS_REMOVED -> addresses.remove(racer.device);
          case ACCOUNT_CANCELLED -> stops.account().run(subject(racer), Ground.ACCOUNT_CANCELLED);
          case DEVICE_REMOVED -> stops.retire().remove(racer.device);
          case CONSENT_WITHDRAWN -> stops.consents().ofDevice(racer.device, WITHDRAWAL);
          case NOTICE_CANCELLED -> cancel.run(racer.own, "operator");
          case NOTICE_PAUSED -> pause.pause(racer.own, "operator");
        };
    return await(change.map(answered -> new Answer(asked, System.nanoTime())));
  }

  private Uni<?> change(String owner, UnaryOperator<NotificationAlerts> to) {
    return alerts.run(owner, AlertsChange.Source.DEVICE, Optional.empty(), to);
  }

  private void giveAddress(Racer racer) {
    moveTo(racer.device, racer.address, racer.of);
  }

  private static NotificationAlerts pushOff(NotificationAlerts current) {
    return new NotificationAlerts(false, current.off(), current.quietHours(), current.version());
  }

  private static NotificationAlerts categoryOff(NotificationAlerts current) {
    return new NotificationAlerts(
        current.push(), Set.of(Category.ANNOUNCEMENT), current.quietHours(), current.version());
  }

  private NotificationAlerts quietNow(NotificationAlerts current) {
    LocalTime now = LocalTime.ofInstant(clock.instant(), ZoneOffset.UTC).withNano(0);
    QuietHours quiet = new QuietHours(now.minusHours(1), now.plusHours(1));
    return new NotificationAlerts(
        current.push(), current.off(), Optional.of(quiet), current.version());
  }

  private static String[] texts(List<Racer> racers, Function<Racer, String> value) {
    return racers.stream().map(value).toArray(String[]::new);
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(60));
  }

  /** What is changed while a push is due. */
  enum Kind {
    DEVICE_OFF,
    ACCOUNT_OFF,
    CATEGORY_OFF,
    QUIET_HOURS,
    ADDRESS_REMOVED,
    ACCOUNT_CANCELLED,
    DEVICE_REMOVED,
    CONSENT_WITHDRAWN,
    NOTICE_CANCELLED,
    NOTICE_PAUSED;

    /** Whether it is one of a notice, and not of a device. */
    boolean hasNoticeOfItsOwn() {
      return this == NOTICE_CANCELLED || this == NOTICE_PAUSED;
    }

    static final List<Kind> OF_ACCOUNTS = List.of(ACCOUNT_OFF, ACCOUNT_CANCELLED);

    /** After which a device has no address, until it is given one again. */
    static final Set<Kind> TAKE_THE_ADDRESS =
        Set.of(ADDRESS_REMOVED, ACCOUNT_CANCELLED, DEVICE_REMOVED);

    /** What people do to end more than pushes. */
    static final List<Kind> OF_RIGHTS =
        List.of(ACCOUNT_CANCELLED, DEVICE_REMOVED, CONSENT_WITHDRAWN);

    /** Those that change notification alerts. */
    static final List<Kind> OF_ALERTS = List.of(DEVICE_OFF, ACCOUNT_OFF, CATEGORY_OFF, QUIET_HOURS);
  }

  /** When a change was asked for and acknowledged, of {@link System#nanoTime()}. */
  record Answer(long askedNanos, long acknowledgedNanos) {}

  /**
   * One device.
   *
   * @param own the notice that is for this one alone, when that is to be stopped
   * @param of what its address is
   */
  record Racer(
      String device,
      Optional<String> account,
      String address,
      Kind kind,
      String own,
      PushAddress.Kind of) {
    List<String> owners() {
      return account.map(a -> List.of(device, a)).orElseGet(() -> List.of(device));
    }
  }
}
