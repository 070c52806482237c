package io.towncrier.infra.stack;

import java.util.Locale;

/** Names of constructs. */
public final class Ids {
  private Ids() {}

  /** {@code PLAN} becomes {@code Plan}. */
  public static String of(Enum<?> constant) {
    return constant.name().charAt(0) + constant.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
