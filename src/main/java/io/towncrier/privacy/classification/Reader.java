package io.towncrier.privacy.classification;

/** Who may see a column. */
public enum Reader {
  /** The person whom it is about: the column is part of the export. */
  PERSON,
  /** The device itself, with its own secret. */
  DEVICE,
  /** An employee of the maker; values that identify a person are masked. */
  OPERATOR,
  /** What sends pushes. */
  SENDER,
  /** Other code of the service; nobody sees it. */
  SERVICE,
  /** Everybody, without signing in. */
  ANYBODY
}
