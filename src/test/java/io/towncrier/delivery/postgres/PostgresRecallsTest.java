package io.towncrier.delivery.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.recall.Recall;
import io.towncrier.devices.PushAddress;
import io.towncrier.preferences.Category;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of several rows is called back with one message. */
class PostgresRecallsTest {
  @Test
  void anAddressThatIsKeptAndTheDevicesAgainIsAskedOnceForEachPush() {
    Set<Category> silent = Set.of(Category.ANNOUNCEMENT);
    List<Recall> asked =
        PostgresRecalls.together(
            List.of(
                row("dev_a", 1, "ntc_1", silent),
                row("dev_a", 1, "ntc_2", silent),
                // Kept when it got another place.
                row("dev_a", 1, "ntc_1", Set.of()),
                row("dev_a", 1, "ntc_3", Set.of())));
    assertThat(asked).singleElement().extracting(Recall::silent).isEqualTo(silent);
    assertThat(notices(asked.get(0))).containsExactly("ntc_1", "ntc_2", "ntc_3");
  }

  @Test
  void otherAddressesAndOtherDevicesAreAskedByThemselves() {
    List<Recall> asked =
        PostgresRecalls.together(
            List.of(
                row("dev_a", 1, "ntc_1", Set.of()),
                row("dev_a", 2, "ntc_1", Set.of()),
                row("dev_b", 1, "ntc_1", Set.of())));
    assertThat(asked).hasSize(3);
    assertThat(asked).allMatch(recall -> notices(recall).equals(List.of("ntc_1")));
  }

  private static List<String> notices(Recall recall) {
    return recall.pushes().stream().map(Recall.Held::notice).toList();
  }

  private static Recall row(String device, int sealed, String notice, Set<Category> silent) {
    byte[] bytes = new byte[12];
    Arrays.fill(bytes, (byte) sealed);
    return new Recall(
        device,
        Category.ANNOUNCEMENT,
        Optional.of(PushAddress.stored(device, "getui", "CID", bytes)),
        true,
        List.of(new Recall.Held(notice, "getui", Optional.of("t"), true, Duration.ofHours(1))),
        silent);
  }
}
