package io.towncrier.infra.stack;

import io.towncrier.infra.cell.Cell;

/** What all schedules have that call the functions. */
final class Schedules {
  private Schedules() {}

  /** As EventBridge Scheduler names it: a closed cell is called by nothing. */
  static String state(Cell cell) {
    return cell.open() ? "ENABLED" : "DISABLED";
  }
}
