package io.towncrier.privacy.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.rights.PersonalDataStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is left of an account that is cancelled. */
@ApplicationScoped
class ErasuresOfPerson implements PersonalDataStore {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Database database;
  private final Vault vault;

  ErasuresOfPerson(Database database, Vault vault) {
    this.database = database;
    this.vault = vault;
  }

  @Override
  public Set<String> tables() {
    return Set.of("erasure");
  }

  @Override
  public Uni<Map<String, List<String>>> export(String account) {
    return database
        .rows(Export.ERASURE, row -> opened(row, account), account)
        .map(rows -> Map.of("erasure", rows));
  }

  /** It forgets whose it was when all others have erased what they have. */
  @Override
  public Uni<Void> erase(String account) {
    return Uni.createFrom().voidItem();
  }

  private String opened(Row row, String account) {
    try {
      ObjectNode shown = (ObjectNode) JSON.readTree(row.text("json"));
      shown.remove("subject_sealed");
      Sealed subject = new Sealed(row.optionalBytes("subject_sealed").orElseThrow());
      shown.put(
          "subject", vault.open(subject, new Place("account", "subject_sealed", account)).reveal());
      return shown.toString();
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  // Apart, so that the list of all columns is read when it is needed.
  private static final class Export {
    static final String ERASURE =
        """
        SELECT to_jsonb(shown)::text AS json, shown.subject_sealed
        FROM (SELECT %s FROM erasure WHERE erasure.account_id = $1) AS shown
        """
            .formatted(Classification.own().selectList("erasure"));
  }
}
