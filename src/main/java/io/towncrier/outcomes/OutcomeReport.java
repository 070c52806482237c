package io.towncrier.outcomes;

import io.towncrier.outcomes.state.Report;
import io.towncrier.platform.Secret;

/**
 * A report as a dialect hands it on.
 *
 * @param device that was proved to be the sender
 * @param version of the release that the report is about
 * @param report what it says
 * @param network where it came from, as {@link ReporterNetwork} names it
 */
public record OutcomeReport(String device, String version, Report report, Secret network) {}
