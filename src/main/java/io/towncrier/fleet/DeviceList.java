package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.privacy.Indexes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The registered devices, one by one, revoked ones too. */
public interface DeviceList {
  /** A part of those that meet the conditions, in the order of their ids. */
  Uni<Page<Listed>> list(Query query, PageRequest<String> request);

  /** Those that meet the conditions, behind one id and up to another, in the order of the ids. */
  Uni<List<Listed>> between(Query query, String after, String upTo);

  Uni<Optional<Listed>> find(String id);

  /** Those that registered with an identifier, the newest first. */
  Uni<List<Listed>> byIdentifier(Indexes index, int limit);

  /**
   * Conditions; all of them count.
   *
   * @param version of the one product
   * @param country empty text: those of which it is not known
   * @param account that it is linked to
   * @param seenFrom last seen on this day (UTC) or later
   * @param seenBefore last seen before this day
   */
  record Query(
      Optional<String> product,
      Optional<String> version,
      Optional<String> country,
      Optional<String> account,
      Optional<LocalDate> seenFrom,
      Optional<LocalDate> seenBefore) {
    public Query {
      if (version.isPresent() && product.isEmpty()) {
        throw new IllegalArgumentException("a version is one of a product");
      }
    }
  }

  /** What operators see of a device: nothing that names or reaches somebody. */
  record Listed(
      String id,
      Device.Kind kind,
      String product,
      String version,
      Optional<String> country,
      Optional<String> timeZone,
      Optional<String> language,
      String channel,
      Optional<String> hardware,
      boolean linked,
      boolean pushAddress,
      boolean revoked,
      Instant registeredAt,
      LocalDate lastSeen) {}
}
