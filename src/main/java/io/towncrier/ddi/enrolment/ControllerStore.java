package io.towncrier.ddi.enrolment;

import io.smallrye.mutiny.Uni;
import io.towncrier.ddi.actions.ConfigLink;
import io.towncrier.platform.CountryCode;
import io.towncrier.privacy.Indexes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps what DDI and RAUC's polling know of a device. */
public interface ControllerStore {
  /** All that a poll needs, by one statement; empty when the token is not the device's. */
  Uni<Optional<Controller>> signIn(ControllerKey key);

  /** What a gateway's token is for; empty when there is no such token, or it was revoked. */
  Uni<Optional<Gateway>> gateway(Indexes token);

  /** Stores what was shown under the version of the keys that is written now. */
  Uni<Void> renew(String deviceId, ControllerKey shown);

  /**
   * Adds a device that has said nothing of itself yet.
   *
   * @return false when there is one with this controllerId
   */
  Uni<Boolean> add(Newcomer newcomer);

  /**
   * Adds devices, or gives those that are there a new token. Nothing else of these changes, and
   * they keep their ids.
   *
   * @param newcomers at least one, all of one product
   * @return the id of each, in the order given
   */
  Uni<List<String>> importAll(List<Newcomer> newcomers);

  Uni<Void> ask(String deviceId, ConfigLink link);

  /** Keeps the id of a RAUC device's boot. */
  Uni<Void> booted(String deviceId, String bootId);

  /** What a gateway may speak for. */
  record Gateway(String product, Optional<CountryCode> country) {}

  /**
   * A device to be.
   *
   * @param controller keyed hashes of its controllerId
   * @param secretIndex keyed hash of its token, or of what nobody was shown
   * @param tokenIndex keyed hash of its token's SHA-256, when only that is known
   * @param isImported whether an operator brings it
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to be stored, never compared.
  record Newcomer(
      String id,
      String product,
      Optional<CountryCode> country,
      Indexes controller,
      byte[] secretIndex,
      Optional<byte[]> tokenIndex,
      boolean isImported,
      Instant now) {}
}
