package io.towncrier.fleet;

/** Writes the lines of an export in one format. */
public interface ExportLines {
  ExportFormat format();

  /** What stands before the first device, with its end of line; empty where nothing does. */
  String head();

  /**
   * One device, with an end of line.
   *
   * @param device what it is called in this export: its id, or a pseudonym
   */
  String line(String device, DeviceList.Listed facts);
}
