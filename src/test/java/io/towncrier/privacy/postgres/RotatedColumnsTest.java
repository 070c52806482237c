package io.towncrier.privacy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.classification.Column;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is made with the keys is met by their rotation. A column that it forgets would keep values
 * that nobody can open or find any more once the former version has ended.
 */
@Tag("zoneless")
class RotatedColumnsTest {
  /** What the rotation leaves alone, and why nothing is lost by that. */
  private static final Map<String, String> LEFT_ALONE =
      Map.ofEntries(
          Map.entry("push_proof.sealed", "opened for an hour; the end of the version waits for it"),
          Map.entry("push_proof.address_index", "for an hour, and known under the other version"),
          Map.entry("push_proof.other_index", "is the hash under the other version"),
          Map.entry("push_proof.challenge_index", "for an hour, compared under both versions"),
          Map.entry("held_push.sealed", "kept for a day; the end of the version waits for it"),
          Map.entry("push_question.address_index", "moved with the address of its holder"),
          Map.entry("push_question.challenge_index", "for an hour, compared under both versions"),
          Map.entry("challenge_sent.address_index", "counted for an hour, under both versions"),
          Map.entry("console_session.hash", "for eight hours, found under both versions"),
          Map.entry("device_outcome.network", "a release counts a network anew, and looks up none"),
          Map.entry("outcome_network.network", "likewise"),
          Map.entry("key_check.value", "is of the version itself, and goes with it"));

  private static final String WALKED =
      RotationSql.ACCOUNTS
          + RotationSql.CANCELLED
          + RotationSql.RECEIPTS
          + RotationSql.AT_PROCESSORS
          + RotationSql.PUSH_ADDRESSES
          + RotationSql.DEVICES;

  @Test
  void everyColumnThatIsMadeWithTheKeysIsWalkedOrHasAReason() {
    assertThat(
            names(
                column ->
                    (isSealed(column) || isKeyedHash(column))
                        && !WALKED.contains(name(column))
                        && !LEFT_ALONE.containsKey(name(column))))
        .isEmpty();
  }

  @Test
  void whatIsSealedAndWalkedIsSealedAnew() {
    Set<String> sealed = names(column -> isSealed(column) && WALKED.contains(name(column)));
    assertThat(sealed).isNotEmpty();
    assertThat(sealed).allMatch(RotatedColumnsTest::isSealedAnew);
  }

  @Test
  void noReasonIsKeptForWhatIsNotThereOrIsWalked() {
    assertThat(LEFT_ALONE.keySet())
        .isSubsetOf(names(column -> isSealed(column) || isKeyedHash(column)))
        .noneMatch(WALKED::contains);
  }

  private static boolean isSealedAnew(String name) {
    String[] parts = name.split("\\.", -1);
    String update = "UPDATE " + parts[0] + " SET ";
    return Set.of(
            RotationSql.RESEAL_ACCOUNTS,
            RotationSql.RESEAL_CANCELLED,
            RotationSql.RESEAL_RECEIPTS,
            RotationSql.RESEAL_AT_PROCESSORS,
            RotationSql.RESEAL_PUSH_ADDRESSES,
            RotationSql.RESEAL_DEVICES)
        .stream()
        .anyMatch(sql -> sql.contains(update + parts[1] + " = fresh.sealed"));
  }

  private static boolean isSealed(Column column) {
    return column.name().matches("(.+_)?sealed");
  }

  private static boolean isKeyedHash(Column column) {
    return column.name().endsWith("_index") || column.purpose().contains("keyed hash");
  }

  private static Set<String> names(Predicate<Column> which) {
    return Classification.own().columns().stream()
        .filter(which)
        .map(RotatedColumnsTest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(Column column) {
    return column.table() + "." + column.name();
  }
}
