package io.towncrier.notices.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DrainSignal;
import io.towncrier.delivery.PushHalts;
import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.delivery.ladder.Ladder;
import io.towncrier.delivery.ladder.PushStep;
import io.towncrier.delivery.ladder.ReportedStep;
import io.towncrier.delivery.ladder.ReportedStep.PushName.OfNotice;
import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.notices.counts.FoldNoticeCounts;
import io.towncrier.platform.Transactions;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Canaries, by the way of every push. */
@QuarkusTest
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class PushCanaryIT {
  @Inject CanaryStore store;
  @Inject PlanCanary planning;
  @Inject Transactions transactions;
  @Inject DrainSignal drain;
  @Inject PushHalts halts;
  @Inject Ladder ladder;
  @Inject FoldNoticeCounts fold;

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final String address = "tok-" + UUID.randomUUID();
  private Api.Registered phone;

  @BeforeEach
  void aPhoneOfTheMakers() {
    Api.importSample();
    forget();
    phone = Api.phone("de");
    phone.pushTo(address);
    Sql.run("UPDATE device SET kit = '1.0' WHERE id = ?", phone.id());
  }

  @AfterEach
  void forget() {
    Sql.run("DELETE FROM canary_turn");
  }

  @Test
  void aCanaryGoesByClaimAndProviderAndIsToldAsShown() {
    assertThat(send()).isEqualTo(1);
    Await.patiently("it is sent", () -> fcm.to(address).size() == 1);
    JsonNode message = fcm.to(address).get(0).message();
    String canary = message.at("/data/noticeId").asText();
    assertThat(message.at("/android/collapse_key").isMissingNode())
        .as("no other message gives its place to it")
        .isTrue();
    assertThat(message.at("/android/priority").asText()).isEqualToIgnoringCase("HIGH");
    Await.says(
        () -> Sql.text("SELECT state FROM delivery WHERE notice_id = ?", canary), "ACCEPTED");
    assertThat(report(Duration.ZERO).phones().get(0).state()).isEqualTo(CanaryState.WAITING);
    assertThat(report(Duration.ofMinutes(3)).missed()).containsExactly("fcm");

    tells(canary, PushStep.SHOWN, Optional.empty());
    CanaryReport report = report(Duration.ofMinutes(3));
    assertThat(report.phones().get(0).state()).isEqualTo(CanaryState.SHOWN);
    assertThat(report.missed()).isEmpty();
    assertThat(report.slowest("fcm")).isPresent();
  }

  @Test
  void itStandsInNoListAndInNoInbox() {
    assertThat(send()).isEqualTo(1);
    Await.patiently("it is sent", () -> fcm.to(address).size() == 1);
    String canary = fcm.to(address).get(0).message().at("/data/noticeId").asText();
    for (String list : List.of("notices", "notice-summaries", "notices?state=cancelled")) {
      Api.operator()
          .get("/v1/admin/" + list + (list.contains("?") ? "&" : "?") + "limit=500&sort=-createdAt")
          .then()
          .statusCode(200)
          .body("items.id", not(hasItem(canary)));
    }
    phone.as().get(phone.path("/notices")).then().statusCode(200).body("items", empty());
    // Who asks for it by its id finds out how it went.
    Api.operator()
        .get("/v1/admin/notices/" + canary + "/devices/" + phone.id())
        .then()
        .statusCode(200);
  }

  @Test
  void whatThePhoneHasSwitchedOffDoesNotComeAndIsNotMissed() {
    phone
        .as()
        .body("{\"pushCategories\":{\"security\":false}}")
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200);
    assertThat(send()).isEqualTo(1);
    Await.says(
        () ->
            Sql.text(
                "SELECT delivery.state FROM delivery JOIN notice ON notice.id = notice_id"
                    + " WHERE notice.canary AND device_id = ?",
                phone.id()),
        "SUPPRESSED");
    CanaryReport report = report(Duration.ofMinutes(3));
    assertThat(report.phones().get(0).because()).contains("category-off");
    assertThat(report.missed()).isEmpty();
    assertThat(fcm.to(address)).isEmpty();
  }

  @Test
  void whatThePhoneWasRightNotToShowIsNotMissed() {
    assertThat(send()).isEqualTo(1);
    Await.patiently("it is sent", () -> fcm.to(address).size() == 1);
    String canary = fcm.to(address).get(0).message().at("/data/noticeId").asText();
    Await.says(
        () -> Sql.text("SELECT state FROM delivery WHERE notice_id = ?", canary), "ACCEPTED");
    tells(canary, PushStep.DROPPED, Optional.of(DropReason.NOT_PERMITTED));
    CanaryReport report = report(Duration.ofMinutes(3));
    assertThat(report.phones().get(0).state()).isEqualTo(CanaryState.SKIPPED);
    assertThat(report.phones().get(0).because()).contains("not-permitted");
    assertThat(report.missed()).isEmpty();
  }

  @Test
  void oneOfManyInstancesSendsAndNotAgainBeforeItsTime() {
    List<CompletableFuture<Long>> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(CompletableFuture.supplyAsync(this::send));
    }
    assertThat(all.stream().mapToLong(CompletableFuture::join).sum()).isEqualTo(1);
    assertThat(send()).isZero();
    Sql.run("UPDATE canary_turn SET taken_at = now() - interval '10 minutes'");
    assertThat(send()).isEqualTo(1);
  }

  @Test
  void aPhoneThatCouldNotTellGetsNone() {
    Sql.run("UPDATE device SET kit = NULL WHERE id = ?", phone.id());
    assertThat(send()).isZero();
    assertThat(report(Duration.ofHours(1)).phones().get(0).because()).contains("no-kit");
    assertThat(fcm.to(address)).isEmpty();
  }

  @Test
  void onlyTheLastFewAreKept() {
    for (int i = 0; i < 8; i++) {
      forget();
      assertThat(send()).isEqualTo(1);
      await(() -> fold.run(() -> true));
    }
    // None that a sender has in its hands is removed, so the sender may have to end first.
    Await.patiently(
        "the others are gone",
        () -> {
          await(() -> fold.run(() -> true));
          await(store::forgetOld);
          return count("delivery JOIN notice ON notice.id = notice_id") == 3
              && count("notice") == 5;
        });
    for (String table : List.of("push_content", "notice_count")) {
      assertThat(
              Sql.text(
                  "SELECT count(*) FROM "
                      + table
                      + " AS of WHERE of.notice_id NOT IN (SELECT notice.id FROM notice)"))
          .isEqualTo("0");
    }
  }

  private void tells(String canary, PushStep step, Optional<DropReason> reason) {
    await(
        () ->
            ladder.take(
                List.of(
                    new ReportedStep(
                        new OfNotice(phone.id(), canary),
                        step,
                        StepSource.APP,
                        Optional.empty(),
                        reason))));
  }

  private static int count(String of) {
    return Integer.parseInt(Sql.text("SELECT count(*) FROM " + of + " WHERE notice.canary"));
  }

  private long send() {
    CanaryConfig config = config();
    return await(
        () ->
            new SendCanary(config, store, watch(Duration.ZERO), planning, transactions, drain)
                .run());
  }

  private CanaryReport report(Duration later) {
    return await(() -> watch(later).run()).orElseThrow();
  }

  private WatchCanary watch(Duration later) {
    return new WatchCanary(
        config(), store, halts, () -> InstantSource.system().instant().plus(later));
  }

  private CanaryConfig config() {
    return Configs.of(
        CanaryConfig.class,
        Map.of("towncrier.canary.devices", phone.id(), "towncrier.canary.every", "5m"));
  }

  private static <T> T await(Supplier<Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(work);
    } catch (Throwable failure) {
      throw new AssertionError(failure);
    }
  }
}
