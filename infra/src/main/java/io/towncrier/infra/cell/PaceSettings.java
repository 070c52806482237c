package io.towncrier.infra.cell;

/**
 * @param deliverConcurrency functions that send at the same time; each has two connections
 * @param requestsPerSecond that the API takes before it answers 429
 * @param burst of requests that it takes at once
 */
public record PaceSettings(int deliverConcurrency, int requestsPerSecond, int burst) {
  public PaceSettings {
    Settings.need(
        deliverConcurrency >= 2 && deliverConcurrency <= 1000, "SQS takes from 2 to 1000");
    Settings.need(requestsPerSecond >= 1 && burst >= 1, "an API takes requests");
  }
}
