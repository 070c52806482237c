package io.towncrier.platform;

/** Opens settings that name a secret in place of holding it. */
@FunctionalInterface
public interface Secrets {
  /** Settings hold their secrets themselves: the plain server, and tests. */
  Secrets PLAIN = setting -> setting;

  /**
   * The secret itself. May block for as long as a request takes: not for every use.
   *
   * @param setting the secret, or where it is kept, as {@code secretsmanager:<id or ARN>}
   */
  String reveal(String setting);
}
