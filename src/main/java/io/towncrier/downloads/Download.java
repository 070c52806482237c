package io.towncrier.downloads;

import io.towncrier.platform.CountryCode;
import java.util.Optional;

/**
 * What a device would begin to download.
 *
 * @param region whose budget it takes from
 * @param bytes 0 where an offer has no file
 */
public record Download(String region, long bytes, Urgency urgency) {
  /** Of devices of which no country is known: one that ISO 3166 leaves to its users. */
  static final String NOWHERE = "ZZ";

  public Download {
    if (bytes < 0) {
      throw new IllegalArgumentException("no download has " + bytes + " bytes");
    }
  }

  /** The same from the budget of another region. */
  Download inRegion(String other) {
    return new Download(other, bytes, urgency);
  }

  /** By a device in this country, as far as it is known. */
  public static Download in(Optional<CountryCode> country, long bytes, Urgency urgency) {
    return new Download(country.map(CountryCode::value).orElse(NOWHERE), bytes, urgency);
  }
}
