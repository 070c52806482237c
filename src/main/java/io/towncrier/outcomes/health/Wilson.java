package io.towncrier.outcomes.health;

/** The score interval of a share (E. B. Wilson, 1927). */
public final class Wilson {
  /** One-sided, 1 in 1,000. It is looked at after each report, so less would halt good rollouts. */
  public static final double Z = 3.09;

  private Wilson() {}

  /** Below which the true share lies with almost no chance; 0 of nothing. */
  public static double lowerBound(long failures, long of) {
    if (of <= 0) {
      return 0;
    }
    double n = of;
    double share = failures / n;
    double z2 = Z * Z;
    double middle = share + z2 / (2 * n);
    double width = Z * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return Math.max(0, (middle - width) / (1 + z2 / n));
  }
}
