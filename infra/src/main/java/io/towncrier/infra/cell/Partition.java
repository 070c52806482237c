package io.towncrier.infra.cell;

/** The parts of AWS that share no account, no identity and no data with each other. */
public enum Partition {
  WORLD("us-east-1", "USD"),
  CHINA("cn-northwest-1", "CNY");

  private final String homeRegion;
  private final String currency;

  Partition(String homeRegion, String currency) {
    this.homeRegion = homeRegion;
    this.currency = currency;
  }

  static Partition of(String region) {
    return region.startsWith("cn-") ? CHINA : WORLD;
  }

  /** Where the partition keeps what it has once for all regions: bills, certificates of its CDN. */
  public String homeRegion() {
    return homeRegion;
  }

  /** In which it sends bills. */
  public String currency() {
    return currency;
  }
}
