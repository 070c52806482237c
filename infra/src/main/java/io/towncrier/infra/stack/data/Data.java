package io.towncrier.infra.stack.data;

/** Classes of data: each has a key of its own, so that access to one opens none of the others. */
public enum Data {
  /** What is in the database, its backups and its statistics. */
  PERSONAL,
  SECRETS,
  /** Work that waits, and the texts of alarms. */
  QUEUES,
  /** Firmware and the catalogue. */
  OBJECTS,
  LOGS,
  /** The keys that personal data is sealed with: KMS wraps them, the database keeps them. */
  WRAPPING
}
