package io.towncrier.devices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.AddressHolders;
import io.towncrier.platform.Secret;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.BlindIndex;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds devices by the keyed hashes of their addresses. */
@ApplicationScoped
class PostgresAddressHolders implements AddressHolders {
  // By the indexes of addresses, of which each has one device: as its first, or behind that.
  private static final String HOLDERS =
      """
      SELECT asked.place, device.id
      FROM unnest($1::bigint[], $2::bytea[]) AS asked (place, hash)
      JOIN device ON device.push_index = asked.hash AND device.push_index IS NOT NULL
      UNION ALL
      SELECT asked.place, further.device_id
      FROM unnest($1::bigint[], $2::bytea[]) AS asked (place, hash)
      JOIN push_address AS further ON further.address_index = asked.hash
      """;

  private final Database database;
  private final BlindIndex index;

  PostgresAddressHolders(Database database, BlindIndex index) {
    this.database = database;
    this.index = index;
  }

  @Override
  public Uni<List<Optional<String>>> of(String provider, List<Secret> addresses) {
    List<Long> places = new ArrayList<>();
    List<byte[]> hashes = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      for (byte[] hash : index.all(PushAddress.purposeOf(provider), addresses.get(i)).all()) {
        places.add((long) i);
        hashes.add(hash);
      }
    }
    return database
        .rows(HOLDERS, Holder::of, places.toArray(Long[]::new), KeyedHashes.of(hashes))
        .map(found -> inOrder(found, addresses.size()));
  }

  private static List<Optional<String>> inOrder(List<Holder> found, int size) {
    List<Optional<String>> devices = new ArrayList<>(Collections.nCopies(size, Optional.empty()));
    found.forEach(holder -> devices.set(holder.place(), Optional.of(holder.device())));
    return List.copyOf(devices);
  }

  private record Holder(int place, String device) {
    static Holder of(Row row) {
      return new Holder((int) row.number("place"), row.text("id"));
    }
  }
}
