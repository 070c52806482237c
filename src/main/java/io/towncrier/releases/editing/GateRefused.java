package io.towncrier.releases.editing;

import io.towncrier.platform.FieldError;
import io.towncrier.releases.Finding;
import java.util.List;

/** Rolls a transaction back whose result the gate does not let pass; never leaves the feature. */
final class GateRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  private GateRefused(List<Finding> findings) {
    super(findings.size() + " findings", null, false, false);
    this.findings = List.copyOf(findings);
  }

  /** Throws when one of the findings is an error. */
  static void ifErrors(List<Finding> findings) {
    if (findings.stream().anyMatch(Finding::isError)) {
      throw new GateRefused(findings);
    }
  }

  List<Finding> findings() {
    return findings;
  }

  /** The errors among them, as defects of an input. */
  List<FieldError> errors() {
    return findings.stream()
        .filter(Finding::isError)
        .map(finding -> new FieldError(finding.path(), finding.message()))
        .toList();
  }
}
