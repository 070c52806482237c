package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushMessage;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.language.LocalizedText;
import io.towncrier.preferences.Category;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** To which of a device's addresses a delivery goes, and when it moves on. */
class AddressTurnTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final Map<String, DeliveryResult> RESULTS =
      Map.of(
          "accepted", new DeliveryResult.Accepted("m"),
          "gone", new DeliveryResult.AddressGone("C"),
          "idle", new DeliveryResult.AddressIdle("C"),
          "busy", new DeliveryResult.TryLater("C", Optional.empty(), false),
          "silent", new DeliveryResult.TryLater("C", Optional.empty(), true),
          "quota", new DeliveryResult.QuotaExceeded("C", Optional.empty()),
          "platform", new DeliveryResult.PlatformRefused("C"),
          "credentials", new DeliveryResult.ProviderRefused("C"),
          "notice", new DeliveryResult.NoticeRefused("C"),
          "unsent", new DeliveryResult.NotSent());

  private Duration life = Duration.ofHours(4);

  @ParameterizedTest
  @CsvSource({
    // Addresses, who sends, who is allowed, who was passed; whose turn it is, who is left.
    "fcm getui, fcm getui, fcm getui, '', fcm, getui",
    "getui fcm, fcm getui, fcm getui, '', getui, fcm",
    "fcm getui, fcm getui, fcm getui, fcm, getui, ''",
    "fcm getui, fcm getui, fcm getui, getui, fcm, ''",
    // All were passed: a new round.
    "fcm getui, fcm getui, fcm getui, fcm getui, fcm, getui",
    "fcm, fcm getui, fcm getui, '', fcm, ''",
    "fcm, fcm getui, fcm getui, fcm, fcm, ''",
    // One that nobody sends to, or that this cell does not allow, is passed by.
    "fcm getui, getui, fcm getui, '', getui, ''",
    "fcm getui, getui, getui, '', getui, ''",
    "fcm getui, fcm, fcm getui, fcm, fcm, ''",
    // None can be used: the claim says why by the first that is allowed, or by the first.
    "fcm getui, '', getui, '', getui, ''",
    "fcm getui, '', '', '', fcm, ''",
    "'', fcm getui, fcm getui, '', '', ''"
  })
  void theFirstThatIsLeftOfTheRoundIsTried(
      String addresses, String senders, String allowed, String passed, String now, String left) {
    AddressTurn turn = turn(addresses, senders, allowed, passed);
    assertThat(turn.address().map(PushAddress::provider).orElse("")).isEqualTo(now);
    assertThat(String.join(" ", turn.next())).isEqualTo(left);
  }

  @ParameterizedTest
  @CsvSource({
    // What came, whether it counts as an attempt; what becomes of it with another address, with the
    // last one of a round, and with an address alone.
    "accepted, true, ACCEPTED, ACCEPTED, ACCEPTED",
    "gone, true, moves at once, begins anew, DEAD",
    "idle, true, moves at once, begins anew, DEAD",
    "busy, true, moves at once, begins anew, waits",
    "silent, true, moves after the lease, begins anew after the lease, waits",
    "quota, false, waits, waits, waits",
    "platform, false, moves at once, begins anew, waits",
    "credentials, false, moves at once, begins anew, waits",
    // Every other message of its notice is refused, too: the notice is halted.
    "notice, true, DEAD, DEAD, DEAD",
    "unsent, false, waits, waits, waits"
  })
  void whatWasRefusedMovesAtOnceAndWhatMayHaveBeenTakenAfterTheLease(
      String came, boolean tried, String withAnother, String withTheLast, String alone) {
    DeliveryResult result = RESULTS.get(came);
    Outbox.Result moved = row(turn("fcm getui", ""), result);
    assertThat(told(moved)).isEqualTo(withAnother);
    assertThat(moved.tried()).isEqualTo(tried);
    moved
        .move()
        .ifPresent(move -> assertThat(move).isEqualTo(new Outbox.Move(List.of("fcm"), "getui")));
    Outbox.Result last = row(turn("fcm getui", "fcm"), result);
    assertThat(told(last)).isEqualTo(withTheLast);
    last.move()
        .ifPresent(
            move -> assertThat(move).isEqualTo(new Outbox.Move(List.of("fcm", "getui"), "fcm")));
    assertThat(told(row(turn("fcm", ""), result))).isEqualTo(alone);
  }

  @Test
  void aQuotaIsWaitedForUnlessTheNoticeIsOverByThen() {
    DeliveryResult hours = new DeliveryResult.QuotaExceeded("C", Optional.of(Duration.ofHours(9)));
    assertThat(told(row(turn("fcm getui", ""), hours))).isEqualTo("waits");
    life = Duration.ofMinutes(5);
    assertThat(told(row(turn("fcm getui", ""), hours))).isEqualTo("moves at once");
    assertThat(told(row(turn("fcm getui", "fcm"), hours))).isEqualTo("waits");
  }

  @Test
  void enoughFailedAttemptsEndADeliveryThatHasNoAddressLeft() {
    DeliveryResult silent = RESULTS.get("silent");
    assertThat(told(row(turn("fcm getui", ""), silent, 7))).isEqualTo("moves after the lease");
    assertThat(told(row(turn("fcm getui", "fcm"), silent, 7))).isEqualTo("DEAD");
    assertThat(told(row(turn("fcm getui", "fcm"), RESULTS.get("gone"), 7))).isEqualTo("DEAD");
  }

  @Test
  void whateverComesARoundAsksEachProviderOnceAndEndsWithTheFirstThatTakesIt() {
    for (String first : RESULTS.keySet()) {
      for (String second : RESULTS.keySet()) {
        Map<String, String> says = Map.of("fcm", first, "getui", second);
        List<String> asked = new ArrayList<>();
        List<String> passed = List.of();
        for (boolean goesOn = true; goesOn; ) {
          AddressTurn turn = turn("fcm getui", String.join(" ", passed));
          String provider = turn.address().orElseThrow().provider();
          asked.add(provider);
          Outbox.Result row = row(turn, RESULTS.get(says.get(provider)));
          passed = row.move().map(Outbox.Move::passed).orElse(List.of());
          goesOn = row.move().filter(move -> !begins(move)).isPresent();
          assertThat(row.state() == Outbox.State.ACCEPTED)
              .isEqualTo(says.get(provider).equals("accepted"));
        }
        assertThat(asked).as("%s, %s", first, second).doesNotHaveDuplicates();
        assertThat(asked.contains("getui") && first.equals("accepted")).isFalse();
      }
    }
  }

  @Test
  void whoeverMayHoldItIsNamedHoweverManyRoundsThereWere() {
    Set<String> asked = new HashSet<>();
    List<String> passed = List.of();
    for (int attempts = 0; attempts < 6; attempts++) {
      AddressTurn turn = turn("fcm getui", String.join(" ", passed));
      asked.add(turn.address().orElseThrow().provider());
      Outbox.Move move = row(turn, RESULTS.get("silent"), attempts).move().orElseThrow();
      passed = move.passed();
      assertThat(passed).as("%s, to %s", passed, move.provider()).doesNotHaveDuplicates();
      Set<String> named = new HashSet<>(passed);
      named.add(move.provider());
      assertThat(named).containsAll(asked);
    }
    assertThat(asked).containsExactlyInAnyOrder("fcm", "getui");
  }

  private static boolean begins(Outbox.Move move) {
    return move.passed().contains(move.provider());
  }

  private static AddressTurn turn(String addresses, String passed) {
    return turn(addresses, "fcm getui", "fcm getui", passed);
  }

  private static AddressTurn turn(String addresses, String senders, String allowed, String passed) {
    Route route = Routes.of("fcm", Set.copyOf(words(senders)), Set.copyOf(words(allowed)));
    return AddressTurn.of(
        route, words(addresses).stream().map(AddressTurnTest::address).toList(), words(passed));
  }

  private static PushAddress address(String provider) {
    return PushAddress.stored(
        "dev", provider, provider.equals("fcm") ? "TOKEN" : "CID", new byte[] {1});
  }

  private Outbox.Result row(AddressTurn turn, DeliveryResult result) {
    return row(turn, result, 0);
  }

  private Outbox.Result row(AddressTurn turn, DeliveryResult result, int attempts) {
    Outbox.Due due = new Outbox.Due("ntc", "dev", attempts, Optional.empty(), 0, turn.passed());
    PushMessage message =
        new PushMessage(
            "ntc",
            "dev",
            turn.address().orElseThrow(),
            new LocalizedText.Picked("en", new LocalizedText.Text("T", "B")),
            life,
            false,
            new PushMessage.Handling(Category.ANNOUNCEMENT, NOW.plus(life), false),
            PushMessage.Attempt.FIRST);
    Claims.ToSend item =
        new Claims.ToSend(due, "app", message, NOW.plus(life), Optional.empty(), turn);
    return ResultRows.of(new RecordResults.Sent("clm", item, result), NOW, 1, 0.5);
  }

  /** In words; with an unknown outcome the statement waits for the lease. */
  private static String told(Outbox.Result row) {
    if (row.state() != Outbox.State.PENDING) {
      return row.state().name();
    }
    String lease = row.nothingSent() ? "" : " after the lease";
    if (row.move().isEmpty()) {
      return "waits";
    }
    boolean begins = begins(row.move().get());
    assertThat(row.heldFor().isPresent()).isEqualTo(!row.nothingSent());
    assertThat(row.dueAt().orElseThrow().isAfter(NOW)).as("%s", row).isEqualTo(begins);
    return begins ? "begins anew" + lease : "moves" + (lease.isEmpty() ? " at once" : lease);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }
}
