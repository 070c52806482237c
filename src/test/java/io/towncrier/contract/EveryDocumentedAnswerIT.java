package io.towncrier.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every status that the contract documents was given to some test of this run. It uses no Quarkus,
 * so it runs behind all tests that do; of a part of the suite it says nothing. It is run on
 * purpose, with {@code -Dit.excludedGroups=zip}, until the suite is known to provoke them all.
 */
@Tag("zoneless")
@Tag("bench")
class EveryDocumentedAnswerIT {
  // Faults and limits, for which tests start processes of their own, and what nobody can provoke.
  private static final Set<String> ELSEWHERE = Set.of("408", "429", "503", "default");

  @Test
  void everyDocumentedStatusIsGiven() {
    List<String> documented =
        Contract.committed().documented().stream()
            .filter(answer -> !ELSEWHERE.contains(answer.substring(answer.indexOf(' ') + 1)))
            .toList();
    Set<String> seen = Files.exists(Seen.FILE) ? statuses() : Set.of();
    assumeTrue(isWhole(documented, seen), "only a part of the suite was run");
    assertThat(documented).filteredOn(answer -> !seen.contains(answer)).isEmpty();
  }

  private static Set<String> statuses() {
    return Seen.all().stream()
        .map(line -> line.split(" ", 3))
        .map(parts -> parts[0] + " " + parts[1])
        .collect(Collectors.toSet());
  }

  /** Where every operation was called, the whole suite was run. */
  private static boolean isWhole(List<String> documented, Set<String> seen) {
    Set<String> operations =
        documented.stream().map(EveryDocumentedAnswerIT::operation).collect(Collectors.toSet());
    return seen.stream()
        .map(EveryDocumentedAnswerIT::operation)
        .collect(Collectors.toSet())
        .containsAll(operations);
  }

  private static String operation(String answer) {
    return answer.substring(0, answer.indexOf(' '));
  }
}
