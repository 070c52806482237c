package io.towncrier.devices.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.rights.PersonalDataStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The account of a person, and the devices that are linked to it. */
@ApplicationScoped
class DevicesOfPerson implements PersonalDataStore {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** Of a device that somebody else uses as well, as much as the list of linked devices shows. */
  private static final Set<String> SHOWN_OF_SHARED =
      Set.of("id", "kind", "product_id", "version", "last_seen_on");

  private static final String UNLINK =
      "DELETE FROM device_account WHERE device_account.account_id = $1";

  private final Database database;
  private final Vault vault;

  DevicesOfPerson(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  @Override
  public Set<String> tables() {
    return Set.of(
        "account", "device", "device_account", "ecv_mismatch", "push_address", "push_proof");
  }

  @Override
  public Uni<Map<String, List<String>>> export(String account) {
    Map<String, List<String>> data = new TreeMap<>();
    long most = MOST_ROWS;
    return database
        .rows(ExportSql.ACCOUNT, this::ofAccount, account, most)
        .invoke(rows -> data.put("account", rows))
        .chain(() -> database.rows(ExportSql.DEVICES, this::ofDevice, account, most))
        .invoke(rows -> data.put("device", rows))
        .chain(() -> database.rows(ExportSql.LINKS, row -> row.text("json"), account, most))
        .invoke(rows -> data.put("device_account", rows))
        .chain(() -> database.rows(ExportSql.OTHER_ECVS, row -> row.text("json"), account, most))
        .invoke(rows -> data.put("ecv_mismatch", rows))
        .chain(() -> database.rows(ExportSql.FURTHER, this::ofAddress, account, most))
        .invoke(rows -> data.put("push_address", rows))
        .chain(() -> database.rows(ExportSql.PROOFS, this::ofAddress, account, most))
        .invoke(rows -> data.put("push_proof", rows))
        .replaceWith(data);
  }

  /** Links and account went when it was cancelled; what a former version has written meanwhile. */
  @Override
  public Uni<Void> erase(String account) {
    return database
        .update(UNLINK, account)
        .chain(() -> database.update(AccountSql.DELETE, account))
        .replaceWithVoid();
  }

  private String ofAccount(Row row) {
    return opened(
            row,
            "subject_sealed",
            "subject",
            new Place("account", "subject_sealed", row.text("id")))
        .toString();
  }

  private String ofDevice(Row row) {
    ObjectNode device =
        opened(row, "push_sealed", "push_address", PushAddress.placeOf(row.text("id")));
    if (row.flag("shared")) {
      device.retain(SHOWN_OF_SHARED);
    }
    return device.toString();
  }

  private String ofAddress(Row row) {
    return opened(row, "sealed", "push_address", PushAddress.placeOf(row.text("device_id")))
        .toString();
  }

  /** With the clear value in place of the sealed one. */
  private ObjectNode opened(Row row, String column, String name, Place place) {
    ObjectNode shown = read(row.text("json"));
    shown.remove(column);
    shown.put(
        name,
        row.optionalBytes(column)
            .map(bytes -> vault.open(new Sealed(bytes), place).reveal())
            .orElse(null));
    return shown;
  }

  private static ObjectNode read(String json) {
    try {
      return (ObjectNode) JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
