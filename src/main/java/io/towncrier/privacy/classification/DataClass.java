package io.towncrier.privacy.classification;

/** How close a value is to a person. */
public enum DataClass {
  /** Says nothing about anybody. */
  PUBLIC,
  /** Belongs to one person or device, and only this service knows to which. */
  PSEUDONYMOUS,
  /** Says something about a person or a device of a person. */
  PERSONAL,
  /** Lets its holder in, or verifies who is let in. */
  SECRET
}
