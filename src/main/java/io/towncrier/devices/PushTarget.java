package io.towncrier.devices;

import io.towncrier.platform.LanguageTag;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a push needs of a device, as of the moment its row was locked.
 *
 * @param accounts that it is linked to; each of them has a say
 */
public record PushTarget(
    String deviceId,
    List<String> accounts,
    Optional<PushAddress> address,
    ZoneId timeZone,
    LanguageTag language) {
  public PushTarget {
    accounts = List.copyOf(accounts);
  }

  /** The same device with its links. */
  public PushTarget withAccounts(List<String> linked) {
    return new PushTarget(deviceId, linked, address, timeZone, language);
  }
}
