package io.towncrier.delivery.recall;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Lease;
import io.towncrier.devices.PushAddress;
import io.towncrier.preferences.Category;
import io.towncrier.privacy.Sealed;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecallPushesTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Kept kept = new Kept();
  private final Means fcm = new Means(true);
  private final Means getui = new Means(false);
  private Optional<String> whyNot = Optional.empty();
  private final RecallPushes job =
      new RecallPushes(
          kept,
          kept::expandUpdated,
          () -> Uni.createFrom().item(whyNot),
          name -> Optional.ofNullable(Map.of("fcm", fcm, "getui", getui).get(name)),
          Duration.ofSeconds(45),
          InstantSource.system());

  @Test
  void severalOfADeviceGoTogetherWhereTheProviderTakesThem() {
    kept.add("d1", "fcm", held("ntc_1", "fcm", HOUR), held("ntc_2", "fcm", HOUR.plusMinutes(1)));
    kept.add("d2", "getui", held("ntc_1", "getui", HOUR), held("ntc_2", "getui", HOUR));
    assertThat(run()).isEqualTo(2);
    assertThat(fcm.asked).singleElement().extracting(Recall::ttl).isEqualTo(HOUR.plusMinutes(1));
    assertThat(fcm.asked.get(0).data())
        .isEqualTo(Map.of("kind", "recall", "noticeId", "ntc_1 ntc_2"));
    assertThat(getui.asked).hasSize(2).allMatch(recall -> recall.pushes().size() == 1);
    assertThat(kept.states.values()).hasSize(4).containsOnly("UNKNOWN");
    assertThat(run()).as("it is done").isZero();
    assertThat(fcm.asked).hasSize(1);
  }

  @Test
  void oneThatIsToBeTriedLaterIsAskedOfNobodyAndItsStateStays() {
    kept.add("d1", "fcm", held("ntc_1", "fcm", HOUR), later("ntc_2", "fcm", HOUR));
    kept.add("d2", "getui", held("ntc_1", "getui", HOUR), later("ntc_2", "getui", HOUR));
    kept.add("d3", "getui", held("ntc_1", "getui", HOUR), later("ntc_2", "getui", Duration.ZERO));
    assertThat(run()).isEqualTo(3);
    assertThat(getui.asked)
        .hasSize(2)
        .allSatisfy(one -> assertThat(one.data()).containsEntry("noticeId", "ntc_1"));
    // A message of FCM may take the place of an earlier one, so it names what that one may name.
    assertThat(fcm.asked.get(0).data()).containsEntry("noticeId", "ntc_1 ntc_2");
    assertThat(kept.states.keySet()).containsExactlyInAnyOrder("d1 ntc_1", "d2 ntc_1", "d3 ntc_1");
  }

  @Test
  void whatNobodyCanCallBackIsToldAndNobodyIsAsked() {
    kept.add("over", "fcm", held("ntc_1", "fcm", Duration.ZERO));
    kept.add("moved", "getui", held("ntc_1", "fcm", HOUR));
    kept.add("stranger", "pigeon", held("ntc_1", "pigeon", HOUR));
    kept.recalls.put(
        "none",
        new Recall(
            "none",
            Category.POLICY,
            Optional.empty(),
            true,
            List.of(held("ntc_1", "fcm", HOUR)),
            Set.of()));
    run();
    assertThat(kept.states)
        .containsEntry("over ntc_1", "COULD_NOT ttl-over")
        .containsEntry("moved ntc_1", "COULD_NOT another-provider")
        .containsEntry("stranger ntc_1", "COULD_NOT no-means")
        .containsEntry("none ntc_1", "COULD_NOT no-push-address");
    assertThat(fcm.asked).isEmpty();
    assertThat(getui.asked).isEmpty();
  }

  @Test
  void whatWentToAnotherAddressIsCalledBackAtBothAndToldOnce() {
    kept.add("d1", "fcm", held("ntc_1", "fcm", HOUR));
    kept.alsoAt("d1", "getui");
    kept.add("d2", "getui", held("ntc_1", "fcm", HOUR));
    kept.alsoAt("d2", "fcm");
    run();
    assertThat(fcm.asked).extracting(Recall::device).containsExactlyInAnyOrder("d1", "d2");
    assertThat(getui.asked).as("it was never given to them").isEmpty();
    assertThat(kept.states)
        .containsExactly(Map.entry("d1 ntc_1", "UNKNOWN"), Map.entry("d2 ntc_1", "UNKNOWN"));
    assertThat(kept.records).isEqualTo(2);
  }

  @Test
  void aProcessThatDiesBeforeItWritesCallsBackOnceMore() {
    kept.add("d1", "fcm", held("ntc_1", "fcm", HOUR));
    kept.dies = true;
    assertThat(job.run(() -> true).onFailure().recoverWithItem(-1L).await().indefinitely())
        .isEqualTo(-1);
    kept.dies = false;
    run();
    assertThat(fcm.asked).hasSize(2);
    assertThat(kept.states).containsExactly(Map.entry("d1 ntc_1", "UNKNOWN"));
  }

  @Test
  void aProviderThatAsksForPatienceKeepsNoOtherWaiting() {
    for (int i = 0; i < 450; i++) {
      kept.add("f" + i, "fcm", held("ntc_1", "fcm", HOUR));
      kept.add("g" + i, "getui", held("ntc_1", "getui", HOUR));
    }
    fcm.answer = new RecallOutcome.Later("QUOTA", Duration.ofMinutes(1), true);
    run();
    assertThat(getui.asked).hasSize(450);
    assertThat(fcm.asked).as("those of the first batch").hasSizeLessThanOrEqualTo(200);
    assertThat(kept.states.values().stream().filter("WAITING QUOTA"::equals))
        .hasSameSizeAs(fcm.asked);
  }

  @Test
  void whatOneOfTwoProvidersPutsOffIsNoEndForTheOther() {
    for (int i = 0; i < 200; i++) {
      kept.add("f" + i, "fcm", held("ntc_1", "fcm", HOUR));
    }
    kept.add("both", "getui", held("ntc_1", "getui", HOUR));
    kept.alsoHeldAt("both", "fcm", held("ntc_1", "fcm", HOUR));
    fcm.answer = new RecallOutcome.Later("QUOTA", Duration.ofMinutes(1), true);
    run();
    assertThat(getui.asked).extracting(Recall::device).containsExactly("both");
    assertThat(fcm.asked).extracting(Recall::device).doesNotContain("both");
    assertThat(kept.states).doesNotContainKey("both ntc_1");

    fcm.answer = new RecallOutcome.Unknown();
    kept.taken.remove("both");
    run();
    assertThat(fcm.asked).extracting(Recall::device).endsWith("both");
    assertThat(kept.states).containsEntry("both ntc_1", "UNKNOWN");
  }

  @Test
  void whatIsAboutOnePushAloneKeepsNoneOfItsProviderWaiting() {
    for (int i = 0; i < 450; i++) {
      kept.add("f" + i, "fcm", held("ntc_1", "fcm", HOUR));
    }
    fcm.answer = new RecallOutcome.Later("INTERNAL", Duration.ofSeconds(10), false);
    assertThat(run()).isEqualTo(450);
    assertThat(fcm.asked).hasSize(450);
  }

  @Test
  void whatIsOfAProviderThatAsksForPatienceIsNotTakenFromALaterRun() {
    for (int i = 0; i < 450; i++) {
      kept.add("f" + i, "fcm", held("ntc_1", "fcm", HOUR));
    }
    fcm.answer = new RecallOutcome.Later("QUOTA", Duration.ofMinutes(1), true);
    assertThat(run()).isEqualTo(200);
    assertThat(kept.taken).hasSize(200);
  }

  @Test
  void aLargeNoticeKeepsNoLaterOneWaiting() {
    kept.intents.add(new Recalls.Intent(1, Recalls.Kind.NOTICE, "large", true));
    kept.intents.add(new Recalls.Intent(2, Recalls.Kind.NOTICE, "large", true));
    kept.intents.add(new Recalls.Intent(3, Recalls.Kind.NOTICE, "large", true));
    run();
    assertThat(kept.expanded).containsExactly(1L, 1L, 1L, 1L, 2L, 3L);
  }

  @Test
  void aRunHasItsBounds() {
    for (int i = 0; i < 2_500; i++) {
      kept.add("d" + i, "fcm", held("ntc_1", "fcm", HOUR));
    }
    assertThat(run()).isEqualTo(2_000);
    assertThat(run()).isEqualTo(500);
    assertThat(job.run(() -> false).await().indefinitely()).isZero();
  }

  @Test
  void whileNothingMayBeSentIntentsAreExpandedAllTheSame() {
    kept.add("d1", "fcm", held("ntc_1", "fcm", HOUR));
    kept.intents.add(new Recalls.Intent(1, Recalls.Kind.OWNER, "d1", false));
    whyNot = Optional.of("no-credentials");
    assertThat(run()).isZero();
    assertThat(kept.expanded).containsExactly(1L);
    assertThat(fcm.asked).isEmpty();
  }

  @Test
  void aChangeIsExpandedWhenNothingFromBeforeIsOnItsWayAndNoOwnerWaitsForALargeNotice() {
    kept.intents.add(new Recalls.Intent(1, Recalls.Kind.NOTICE, "large", true));
    kept.intents.add(new Recalls.Intent(2, Recalls.Kind.OWNER, "busy", false));
    kept.intents.add(new Recalls.Intent(3, Recalls.Kind.OWNER, "busy", true));
    kept.intents.add(new Recalls.Intent(4, Recalls.Kind.OWNER, "d1", false));
    run();
    assertThat(kept.expanded).containsExactly(1L, 1L, 1L, 1L, 3L, 4L);
  }

  @Test
  void ofAWithdrawnReleaseThereIsAPageARunAndOfADeviceWithAnotherVersionItIsAskedWhatIsUnwanted() {
    kept.intents.add(new Recalls.Intent(1, Recalls.Kind.WITHDRAWN, "large", true));
    kept.intents.add(new Recalls.Intent(2, Recalls.Kind.WITHDRAWN, "large", true));
    kept.intents.add(new Recalls.Intent(3, Recalls.Kind.UPDATED, "d1", true));
    kept.intents.add(new Recalls.Intent(4, Recalls.Kind.UNLINKED, "d2", true));
    kept.intents.add(new Recalls.Intent(5, Recalls.Kind.UPDATED, "busy", false));
    run();
    assertThat(kept.expanded).containsExactly(1L, 1L, 1L, 1L, 2L, 4L);
    assertThat(kept.updated).containsExactly(3L);
  }

  private long run() {
    return job.run(() -> true).await().indefinitely();
  }

  private static Recall.Held held(String notice, String provider, Duration left) {
    return new Recall.Held(notice, provider, Optional.of("task"), true, left);
  }

  private static Recall.Held later(String notice, String provider, Duration left) {
    return new Recall.Held(notice, provider, Optional.of("task"), false, left);
  }

  /** As the database keeps them. */
  private static final class Kept implements Recalls {
    private final Map<String, Recall> recalls = new LinkedHashMap<>();
    private final Map<String, String> states = new TreeMap<>();
    private final List<Intent> intents = new ArrayList<>();
    private final List<Long> expanded = new ArrayList<>();
    private final List<Long> updated = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();
    private final List<Recall> atFormer = new ArrayList<>();
    private int records;
    private boolean dies;

    void add(String device, String provider, Recall.Held... pushes) {
      PushAddress address =
          new PushAddress(
              provider,
              PushAddress.Kind.TOKEN,
              new Sealed(new byte[] {1}),
              PushAddress.placeOf(device));
      recalls.put(
          device,
          new Recall(
              device,
              Category.ANNOUNCEMENT,
              Optional.of(address),
              true,
              List.of(pushes),
              Set.of()));
    }

    /** The same pushes may be held for an address that the device had before. */
    void alsoAt(String device, String provider) {
      alsoHeldAt(device, provider, recalls.get(device).pushes().toArray(Recall.Held[]::new));
    }

    /** Others may be. */
    void alsoHeldAt(String device, String provider, Recall.Held... pushes) {
      atFormer.add(
          new Recall(
              device,
              recalls.get(device).category(),
              Optional.of(
                  new PushAddress(
                      provider,
                      PushAddress.Kind.TOKEN,
                      new Sealed(new byte[] {2}),
                      PushAddress.placeOf(device))),
              true,
              List.of(pushes),
              Set.of()));
    }

    Uni<Void> expandUpdated(Intent intent) {
      updated.add(intent.id());
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<List<AboutRelease>> aboutReleases(String device) {
      return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Void> expand(Intent intent, List<Unwanted> unwanted) {
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> forgetAddresses() {
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<List<Intent>> intents(Duration lease, int limit) {
      return Uni.createFrom().item(intents);
    }

    @Override
    public Uni<Boolean> isInFlight(Intent intent) {
      return Uni.createFrom().item(intent.of().equals("busy"));
    }

    @Override
    public Uni<Integer> expand(Intent intent, int page) {
      expanded.add(intent.id());
      return Uni.createFrom().item(intent.of().equals("large") ? page : 0);
    }

    @Override
    public Uni<List<Taken>> take(int limit, Duration belongsFor, List<String> notOf) {
      List<String> next =
          recalls.keySet().stream()
              .filter(device -> !taken.contains(device))
              .filter(device -> !notOf.contains(recalls.get(device).pushes().get(0).provider()))
              .limit(limit)
              .toList();
      taken.addAll(next);
      return Uni.createFrom()
          .item(
              next.stream()
                  .flatMap(device -> dueOf(device).map(push -> new Taken(push.notice(), device)))
                  .toList());
    }

    private Stream<Recall.Held> dueOf(String device) {
      return recalls.get(device).pushes().stream().filter(Recall.Held::isDue);
    }

    @Override
    public Uni<List<Recall>> of(List<Taken> pushes) {
      List<String> devices = pushes.stream().map(Taken::device).distinct().toList();
      return Uni.createFrom()
          .item(
              Stream.concat(
                      devices.stream().map(recalls::get),
                      atFormer.stream().filter(one -> devices.contains(one.device())))
                  .toList());
    }

    @Override
    public Uni<Void> record(List<Answered> answered) {
      if (dies) {
        taken.clear();
        return Uni.createFrom().failure(new IllegalStateException("killed"));
      }
      records += answered.size();
      answered.forEach(
          one ->
              states.put(
                  one.device() + " " + one.notice(),
                  Stream.concat(
                          Stream.of(one.outcome().state().name()), one.outcome().why().stream())
                      .reduce((state, why) -> state + " " + why)
                      .orElseThrow()));
      return Uni.createFrom().voidItem();
    }
  }

  /** A provider with means. */
  private static final class Means implements CallsBack {
    private final boolean together;
    private final List<Recall> asked = new ArrayList<>();
    private RecallOutcome answer = new RecallOutcome.Unknown();

    Means(boolean together) {
      this.together = together;
    }

    @Override
    public boolean callsBackTogether() {
      return together;
    }

    @Override
    public Uni<RecallOutcome> recall(Recall recall, Lease lease) {
      asked.add(recall);
      return Uni.createFrom().item(answer);
    }
  }
}
