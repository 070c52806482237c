package io.towncrier.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Plain server only: how often it does what functions do on a schedule. */
@ConfigMapping(prefix = "towncrier.server")
public interface ServerConfig {
  /** Time between two looks into the outbox, for what nobody was woken for. */
  @WithDefault("1s")
  Duration drainEvery();

  /** Time between two rounds that tidy devices. */
  @WithDefault("1h")
  Duration tidyEvery();

  /** Time between two looks for started notices that are not planned yet. */
  @WithDefault("1s")
  Duration planEvery();

  /** Time between two statements that write which devices were seen today. */
  @WithDefault("5s")
  Duration seenEvery();

  /** Time between two rounds that fold changes of the fleet into its counts. */
  @WithDefault("2s")
  Duration foldEvery();

  /** Time between two looks for reports to be made. */
  @WithDefault("2s")
  Duration reportsEvery();

  /** Time between two looks for notices to start and to end. */
  @WithDefault("5s")
  Duration noticesEvery();

  /** Time between two looks for rollouts that make notices. */
  @WithDefault("30s")
  Duration announceEvery();

  /** Time between two looks for uploads that wait to be verified. */
  @WithDefault("2s")
  Duration artifactsEvery();

  /** Time between two looks for events to send. */
  @WithDefault("2s")
  Duration eventsEvery();

  /** Time between two looks for pushes to call back. */
  @WithDefault("5s")
  Duration recallsEvery();

  /** Time between two looks whether the snapshot in the data directory is the newest. */
  @WithDefault("10s")
  Duration keepSnapshotEvery();

  /** Time between two steps of the mark by which a restored database is recognised. */
  @WithDefault("10s")
  Duration markEvery();

  /** Time between two tests that the database still notifies of changes. */
  @WithDefault("30s")
  Duration listenProbeEvery();
}
