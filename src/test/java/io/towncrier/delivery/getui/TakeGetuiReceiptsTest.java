package io.towncrier.delivery.getui;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.delivery.ladder.Ladder;
import io.towncrier.delivery.ladder.PushStep;
import io.towncrier.delivery.ladder.ReportedStep;
import io.towncrier.delivery.ladder.ReportedStep.PushName.OfMessage;
import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.delivery.ladder.Verdict;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import io.towncrier.testing.Configs;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What receipts do, and what they do not. */
class TakeGetuiReceiptsTest {
  private static final String SECRET = "master1";
  private static Vertx vertx;

  @TempDir Path folder;

  private final List<List<ReportedStep>> taken = new ArrayList<>();
  private final List<Integer> lookedUp = new ArrayList<>();
  private final ReceiptCounters counters = new ReceiptCounters();

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void whatIsSignedGoesToTheLadderAsAHintOfTheProvider() {
    int looked =
        run(
            line("app1", "cid1", "RASS_1", 200),
            line("app1", "cid2", "RASS_2", 401),
            line("app1", "cid3", "RASS_3", 402));
    assertThat(looked).isEqualTo(3);
    assertThat(taken)
        .containsExactly(
            List.of(
                hint("dev-cid1", "RASS_1", PushStep.ARRIVED, Optional.empty()),
                hint("dev-cid2", "RASS_2", PushStep.DROPPED, Optional.of(DropReason.GONE)),
                hint("dev-cid3", "RASS_3", PushStep.DROPPED, Optional.of(DropReason.REFUSED))));
    assertThat(lookedUp).containsExactly(3);
    assertThat(counters.of("taken")).isEqualTo(3);
  }

  @Test
  void whatIsNotSignedOrOfAnotherAppOrOfAnUnknownCodeIsCountedAndDoesNothing() {
    String good = line("app1", "cid1", "RASS_1", 200);
    assertThat(
            run(
                good.replace("\"sign\":\"", "\"sign\":\"0").replaceAll(".\"}$", "\"}"),
                good.replace("RASS_1", "RASS_9"),
                line("app2", "cid1", "RASS_1", 200),
                line("app1", "cid1", "RASS_1", 777),
                // Another way may still bring these.
                line("app1", "cid1", "RASS_1", 400),
                line("app1", "cid1", "RASS_1", 500),
                "not JSON"))
        .isEqualTo(6);
    assertThat(taken).isEmpty();
    assertThat(lookedUp).isEmpty();
    assertThat(counters.of("forged")).isEqualTo(2);
    assertThat(counters.of("other-app")).isEqualTo(1);
    assertThat(counters.of("unknown-code")).isEqualTo(1);
    assertThat(counters.of("no-step")).isEqualTo(2);
    assertThat(counters.of("unreadable")).isEqualTo(1);
  }

  @Test
  void anAddressThatNoDeviceHasIsUnknown() {
    assertThat(run(line("app1", "stranger", "RASS_1", 200), line("app1", "cid1", "RASS_2", 200)))
        .isEqualTo(2);
    assertThat(taken)
        .containsExactly(List.of(hint("dev-cid1", "RASS_2", PushStep.ARRIVED, Optional.empty())));
    assertThat(counters.of("unknown")).isEqualTo(1);
  }

  @Test
  void aReceiptThatIsFasterThanOurRecordIsLookedAtOnceMoreAndNotForEver() {
    assertThat(
            run(
                line("app1", "cid1", "RASS_1", 200),
                line("app1", "early", "RASS_2", 200),
                line("app1", "earlyAndNever", "RASS_3", 200)))
        .isEqualTo(3);
    assertThat(taken.stream().map(List::size)).containsExactly(3, 2);
    assertThat(counters.of("taken")).isEqualTo(2);
    assertThat(counters.of("unknown")).isEqualTo(1);
  }

  @Test
  void aLongBodyIsTakenInPartsAndNoneIsLost() {
    assertThat(
            run(
                IntStream.rangeClosed(1, 2 * Ladder.MOST + 1)
                    .mapToObj(i -> line("app1", "cid" + i, "RASS_" + i, 200))
                    .toArray(String[]::new)))
        .isEqualTo(2 * Ladder.MOST + 1);
    assertThat(taken.stream().map(List::size)).containsExactly(Ladder.MOST, Ladder.MOST, 1);
  }

  @Test
  void nothingIsAskedWhereNothingIsAReceipt() {
    assertThat(run("[]", "{}", "")).isZero();
    assertThat(taken).isEmpty();
    assertThat(lookedUp).isEmpty();
  }

  @Test
  void withoutUsableCredentialsNothingIsBelieved() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{}");
    assertThat(run(broken, line("app1", "cid1", "RASS_1", 200))).isEqualTo(1);
    assertThat(taken).isEmpty();
    assertThat(counters.of("no-credentials")).isEqualTo(1);
  }

  @Test
  void everyVerdictIsCountedUnderANameThatMetricsKnow() {
    assertThat(ReceiptCounters.VERDICTS).doesNotHaveDuplicates();
    for (Verdict verdict : Verdict.values()) {
      assertThat(ReceiptCounters.VERDICTS).contains(verdict.code());
    }
  }

  private int run(String... lines) {
    try {
      return run(
          Files.writeString(
              folder.resolve("getui.json"),
              "{\"appId\":\"app1\",\"appKey\":\"key1\",\"masterSecret\":\"" + SECRET + "\"}"),
          lines);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private int run(Path credentials, String... lines) {
    GetuiProvider provider =
        new GetuiProvider(
            Configs.of(
                GetuiConfig.class, Map.of("towncrier.getui.credentials", credentials.toString())),
            Configs.of(DeliveryConfig.class, Map.of()),
            Cids.KEYS,
            Secrets.PLAIN,
            InstantSource.system(),
            vertx);
    return new TakeGetuiReceipts(
            provider, this::holders, this::take, counters, Duration.ofMillis(1))
        .run(List.of(lines))
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  private Uni<List<Optional<String>>> holders(String provider, List<Secret> addresses) {
    assertThat(provider).isEqualTo("getui");
    lookedUp.add(addresses.size());
    return Uni.createFrom()
        .item(
            addresses.stream()
                .map(Secret::reveal)
                .map(cid -> Optional.of("dev-" + cid).filter(id -> !id.contains("stranger")))
                .toList());
  }

  private Uni<List<Verdict>> take(List<ReportedStep> reported) {
    if (!reported.isEmpty()) {
      taken.add(List.copyOf(reported));
    }
    boolean again = taken.size() > 1;
    return Uni.createFrom()
        .item(reported.stream().map(step -> again ? second(step) : first(step)).toList());
  }

  private static Verdict first(ReportedStep step) {
    return step.push().device().contains("early") ? Verdict.UNKNOWN : Verdict.TAKEN;
  }

  private static Verdict second(ReportedStep step) {
    return step.push().device().contains("Never") ? Verdict.UNKNOWN : Verdict.TAKEN;
  }

  private static ReportedStep hint(
      String device, String task, PushStep step, Optional<DropReason> reason) {
    return new ReportedStep(
        new OfMessage(device, task), step, StepSource.PROVIDER, Optional.empty(), reason);
  }

  private static String line(String app, String cid, String task, int code) {
    try {
      String sign =
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("MD5")
                      .digest((app + cid + task + "m" + SECRET).getBytes(StandardCharsets.UTF_8)));
      return "{\"appid\":\"%s\",\"cid\":\"%s\",\"taskid\":\"%s\",\"msgid\":\"m\",\"code\":\"%d\",\"sign\":\"%s\"}"
          .formatted(app, cid, task, code, sign);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
