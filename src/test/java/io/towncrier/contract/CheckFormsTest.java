package io.towncrier.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.rest.edge.CheckForm;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("zoneless")
class CheckFormsTest {
  // DDI is hawkBit's contract, and not part of ours.
  private static final Set<CheckForm> OF_OTHERS = Set.of(CheckForm.OF_CONTROLLER);

  /** Who adds a check to the contract is led to what treats checks otherwise. */
  @Test
  void eachCheckOfTheContractIsAForm() {
    Set<String> checks = new TreeSet<>();
    Contract.committed()
        .paths()
        .properties()
        .forEach(
            path ->
                path.getValue().findValuesAsText("operationId").stream()
                    .filter(id -> id.matches("check(For|As).*|pollAs.*"))
                    .forEach(id -> checks.add(path.getKey())));
    assertThat(checks)
        .isEqualTo(
            Arrays.stream(CheckForm.values())
                .filter(form -> !OF_OTHERS.contains(form))
                .map(CheckForm::route)
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
