package io.towncrier.platform;

/**
 * A text that must not reach a log: a credential, a token, an address.
 *
 * @param reveal the text itself
 */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "[redacted]";
  }
}
