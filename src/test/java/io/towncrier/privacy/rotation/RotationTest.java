package io.towncrier.privacy.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.HeadBooks;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.keys.FirstKeys;
import io.towncrier.privacy.keys.KeyVersion;
import io.towncrier.privacy.keys.KeyVersion.Use;
import io.towncrier.privacy.keys.KeyVersionStore;
import io.towncrier.privacy.keys.KeyVersionsInMemory;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.OpenKeys;
import io.towncrier.privacy.keys.SealedForm;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.tink.TinkKeysets;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A rotation against a store in memory, whose process dies now and then. */
class RotationTest {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final int ROWS = 620;
  private static final int ALL_ROWS = ROWS * Rotation.Table.values().length;
  private static final VersionKeys FORMER = FirstKeys.of(new byte[32]);
  private static final VersionKeys NEXT = new TinkKeysets().open(2, new TinkKeysets().generate(2));

  private final Memory store = new Memory();
  private Instant now = Instant.parse("2027-01-01T00:00:00Z");

  @Test
  void eachPhaseWaitsUntilEveryProcessKnows() {
    store.begin(coming(), new byte[0], now).await().indefinitely();

    run();
    assertThat(phase()).isEqualTo(Rotation.Phase.ANNOUNCED);
    now = now.plus(RotateKeys.UNTIL_ALL_KNOW);
    store.proofsAreKnown = false;
    run();
    assertThat(phase()).as("an address waits for its proof").isEqualTo(Rotation.Phase.ANNOUNCED);
    store.proofsAreKnown = true;
    run();
    assertThat(phase()).isEqualTo(Rotation.Phase.SWITCHED);
    now = now.minusSeconds(3_600);
    run();
    assertThat(phase()).as("the clock went back").isEqualTo(Rotation.Phase.SWITCHED);
    now = now.plusSeconds(3_600).plus(RotateKeys.UNTIL_ALL_KNOW);
    run();
    assertThat(phase()).isEqualTo(Rotation.Phase.WAITING);
  }

  @Test
  void whatSomebodyHoldsIsMetByTheNextWalk() {
    resealing();
    store.held.add("dev_0007");
    assertThat(run()).isEqualTo(ALL_ROWS - 1);
    assertThat(phase()).isEqualTo(Rotation.Phase.RESEALING);
    store.held.clear();
    assertThat(run()).isEqualTo(1);
    assertThat(phase()).isEqualTo(Rotation.Phase.WAITING);
  }

  @Test
  void theFormerVersionEndsWhenDevicesHadTheirTimeOrNothingIsLeft() {
    resealing();
    run();
    assertThat(store.rotation.orElseThrow().counts().lastLeft()).contains((long) ROWS);
    now = now.plus(Duration.ofDays(300));
    run();
    now = now.plus(RotateKeys.UNTIL_ALL_KNOW);
    run();
    assertThat(store.rotation).as("devices have not had their time").isPresent();

    store.hashes.clear();
    now = now.plus(Duration.ofDays(1));
    run();
    store.proofsOfFormer = true;
    now = now.plus(RotateKeys.UNTIL_ALL_KNOW);
    run();
    assertThat(store.rotation).as("an address waits that is sealed as before").isPresent();
    store.proofsOfFormer = false;
    run();
    assertThat(store.rotation).isEmpty();
    assertThat(store.ended).containsExactly(1);
  }

  @Test
  void aProcessThatDiesAtAnyMomentIsFollowedByTheNext() throws GeneralSecurityException {
    Random random = new Random(17);
    for (int i = 0; i < 20; i++) {
      store.fill();
      resealing();
      for (int deaths = 0; deaths < 5; deaths++) {
        store.diesIn = 1 + random.nextInt(12);
        try {
          run();
        } catch (IllegalStateException died) {
          assertThat(died).hasMessage("killed");
        }
      }
      store.diesIn = Integer.MAX_VALUE;
      while (phase() != Rotation.Phase.WAITING) {
        run();
      }
      assertThat(store.rotation.orElseThrow().counts().resealed()).isEqualTo(ALL_ROWS);
      store.assertAllOpen();
    }
  }

  private void resealing() {
    store.rotation =
        Optional.of(
            new Rotation(
                1,
                2,
                Rotation.Phase.RESEALING,
                now,
                Optional.of(now),
                Rotation.Walk.START,
                Rotation.Counts.NONE));
  }

  private Rotation.Phase phase() {
    return store.rotation.orElseThrow().phase();
  }

  private long run() {
    LiveKeys live = new LiveKeys(() -> now);
    live.keep(
        new KeyVersionStore.Stored(
            1, List.of(new KeyVersion(1, Use.FORMER, new byte[1], ""), coming())),
        List.of(FORMER, NEXT),
        now);
    OpenKeys open =
        new OpenKeys(new KeyVersionsInMemory(), List.of(), new TinkKeysets(), live, () -> now);
    return new RotateKeys(
            store, new ResealPage(store, live, HeadBooks.empty()), open, live, store, () -> now)
        .run(() -> true, YEAR)
        .await()
        .indefinitely();
  }

  private static KeyVersion coming() {
    return new KeyVersion(2, Use.WRITTEN, new byte[2], "");
  }

  /** As the database: a transaction that fails changes nothing. */
  private static final class Memory implements RotationStore, Transactions {
    private final Map<Rotation.Table, TreeMap<String, Kept>> rows =
        new EnumMap<>(Rotation.Table.class);
    private final List<byte[]> hashes = new ArrayList<>(List.of(FORMER.mac("device-secret", "s")));
    private final Set<String> held = new HashSet<>();
    private final List<Integer> ended = new ArrayList<>();
    private Optional<Rotation> rotation = Optional.empty();
    private boolean proofsAreKnown = true;
    private boolean proofsOfFormer;
    private int diesIn = Integer.MAX_VALUE;

    Memory() {
      fill();
    }

    void fill() {
      for (Rotation.Table table : Rotation.Table.values()) {
        TreeMap<String, Kept> all = new TreeMap<>();
        for (int i = 0; i < ROWS; i++) {
          String id = (table == Rotation.Table.DEVICE ? "dev_" : "acc_") + "%04d".formatted(i);
          all.put(
              id,
              kept(table, id, FORMER.seal(bytes("value of " + id), place(table, id).associated())));
        }
        rows.put(table, all);
      }
    }

    void assertAllOpen() throws GeneralSecurityException {
      for (Rotation.Table table : Rotation.Table.values()) {
        for (Kept row : rows.get(table).values()) {
          byte[] sealed = row.sealed().orElseThrow();
          assertThat(SealedForm.version(sealed)).isEqualTo(2);
          assertThat(NEXT.open(sealed, place(table, row.id()).associated()))
              .isEqualTo(bytes("value of " + row.id()));
          assertThat(row.index()).contains(NEXT.mac(row.purpose(), "value of " + row.id()));
        }
      }
    }

    private Kept kept(Rotation.Table table, String id, byte[] sealed) {
      String purpose = table == Rotation.Table.DEVICE ? "push-address/fcm" : "account-subject";
      return new Kept(
          id,
          id,
          purpose,
          Optional.of(sealed),
          Optional.of(FORMER.mac(purpose, "value of " + id)),
          table == Rotation.Table.DEVICE ? hashes : List.of());
    }

    @Override
    public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
      Optional<Rotation> before = rotation;
      Map<Rotation.Table, TreeMap<String, Kept>> rowsBefore = new EnumMap<>(Rotation.Table.class);
      rows.forEach((table, all) -> rowsBefore.put(table, new TreeMap<>(all)));
      return work.get()
          .onFailure()
          .invoke(
              () -> {
                rotation = before;
                rows.putAll(rowsBefore);
              });
    }

    private <T> Uni<T> unlessDead(Supplier<T> answer) {
      return Uni.createFrom()
          .item(
              () -> {
                if (--diesIn == 0) {
                  throw new IllegalStateException("killed");
                }
                return answer.get();
              });
    }

    @Override
    public Uni<Optional<Rotation>> find() {
      return unlessDead(() -> rotation);
    }

    @Override
    public Uni<Optional<Rotation>> lock() {
      return unlessDead(() -> rotation);
    }

    @Override
    public Uni<Boolean> begin(KeyVersion coming, byte[] checkValue, Instant at) {
      rotation =
          Optional.of(
              new Rotation(
                  1,
                  coming.version(),
                  Rotation.Phase.ANNOUNCED,
                  at,
                  Optional.empty(),
                  Rotation.Walk.START,
                  Rotation.Counts.NONE));
      return Uni.createFrom().item(true);
    }

    @Override
    public Uni<Boolean> isEveryProofKnownByBoth(Instant at) {
      return Uni.createFrom().item(proofsAreKnown);
    }

    @Override
    public Uni<Void> switchOver(Rotation switched) {
      return save(switched);
    }

    @Override
    public Uni<Void> save(Rotation saved) {
      return unlessDead(() -> rotation = Optional.of(saved)).replaceWithVoid();
    }

    @Override
    public Uni<List<Kept>> page(Rotation.Walk walk, int limit) {
      return unlessDead(
          () ->
              rows.get(walk.table()).tailMap(walk.after(), false).values().stream()
                  .limit(limit)
                  .map(
                      row ->
                          new Kept(
                              row.id(),
                              row.place(),
                              row.purpose(),
                              row.sealed(),
                              row.index(),
                              walk.table() == Rotation.Table.DEVICE ? hashes : List.of()))
                  .toList());
    }

    @Override
    public Uni<Integer> reseal(Rotation.Table table, List<Resealed> fresh) {
      return unlessDead(
          () -> {
            int done = 0;
            for (Resealed row : fresh) {
              if (!held.contains(row.id())) {
                rows.get(table)
                    .computeIfPresent(
                        row.id(),
                        (id, was) ->
                            new Kept(
                                id,
                                was.place(),
                                was.purpose(),
                                Optional.of(row.sealed()),
                                Optional.of(row.index()),
                                was.hashes()));
                done++;
              }
            }
            return done;
          });
    }

    @Override
    public Uni<Boolean> isNothingOfFormerWaiting(Rotation of, Instant at) {
      return Uni.createFrom().item(!proofsOfFormer);
    }

    @Override
    public Uni<Void> end(Rotation over) {
      ended.add(over.former());
      rotation = Optional.empty();
      return Uni.createFrom().voidItem();
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Place place(Rotation.Table table, String id) {
      return ResealPage.place(table, id);
    }
  }
}
