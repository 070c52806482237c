package io.towncrier.infra.stack;

import io.towncrier.infra.stack.data.DatabaseProxy;
import java.util.List;
import java.util.Locale;

/** The functions: one package, and a handler each (docs/adr/0002). */
public enum Work {
  API("io.towncrier.functions.ApiFunction::handle", 1024, 29, true),
  CHECK("io.towncrier.functions.CheckFunction::handle", 512, 10, true),
  /** Goes through the fleet as long as it may; the tick asks for the rest each minute. */
  PLAN("io.towncrier.functions.PlanFunction::handle", 1024, 300, true),
  /** Lives long enough for the second compiler to pay. */
  DELIVER("io.towncrier.functions.DeliverFunction::handle", 1024, 120, false),
  TICK("io.towncrier.functions.TickFunction::handle", 1024, 300, true),
  /** Called by the pipeline alone, before a new version is used; no start of it is in a hurry. */
  MIGRATE("io.towncrier.functions.MigrateFunction::handle", 1024, 900, true);

  /** Those of which the pipeline moves the alias {@code live}. */
  public static final List<Work> LIVE = List.of(API, CHECK, PLAN, DELIVER, TICK);

  /** Those that answer checks; a cell may be asked by way of one of them alone. */
  public static final List<Work> ANSWERING = List.of(API, CHECK);

  /** Those that compare their master key with the database. */
  public static final List<Work> KEYED = List.of(API, DELIVER, TICK);

  private final String handler;
  private final int megabytes;
  private final int seconds;
  private final boolean shortLived;

  Work(String handler, int megabytes, int seconds, boolean shortLived) {
    this.handler = handler;
    this.megabytes = megabytes;
    this.seconds = seconds;
    this.shortLived = shortLived;
  }

  String handler() {
    return handler;
  }

  int megabytes() {
    return megabytes;
  }

  public int seconds() {
    return seconds;
  }

  boolean isLive() {
    return this != MIGRATE;
  }

  /** All but the check, which answers from the snapshot. */
  boolean usesDatabase() {
    return this != CHECK;
  }

  /** What it signs in to the database as: one role each. */
  String databaseUser() {
    return switch (this) {
      case MIGRATE -> DatabaseProxy.OWNER;
      case DELIVER -> DatabaseProxy.SENDER;
      case API, CHECK, PLAN, TICK -> DatabaseProxy.USER;
    };
  }

  /** Those that push, or fetch the keys of the sign-in. */
  boolean callsOutside() {
    return this == API || this == DELIVER || this == TICK;
  }

  /** Those that open or seal personal data; a function that only counts them has no key. */
  boolean opensPersonalData() {
    return KEYED.contains(this);
  }

  /** Those from which a collector of traces can be reached: no other is in a closed network. */
  boolean reachesCollector() {
    return this == CHECK || callsOutside();
  }

  /** Those that answer checks, or ask before a push whether its update is still offered. */
  boolean readsSnapshot() {
    return isLive() && this != PLAN;
  }

  /**
   * The functions that claim pushes or start them again: only on a database that was not restored.
   */
  boolean asksTheWitness() {
    return this == DELIVER || this == TICK;
  }

  /** Those that take uploads, publish artifacts, and verify and remove them. */
  boolean keepsArtifacts() {
    return this == API || this == TICK;
  }

  /** Those that make the changes which other systems are told. */
  boolean changesWhatIsTold() {
    return this == API || this == TICK;
  }

  /** Those that admit devices to downloads, or pace the notices by which devices come for them. */
  boolean pacesDownloads() {
    return this == API || this == PLAN || this == TICK;
  }

  boolean signsSnapshots() {
    return this == API || this == TICK;
  }

  /** Its name as dimension {@code Function} of our metrics. */
  public String named() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The hooks of SnapStart fire only with the first of these. */
  String javaOptions() {
    return "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac -XX:+UseSerialGC"
        + (shortLived ? " -XX:TieredStopAtLevel=1" : "");
  }
}
