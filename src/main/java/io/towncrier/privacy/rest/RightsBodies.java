package io.towncrier.privacy.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.classification.Column;
import io.towncrier.privacy.rights.CancelAccount;
import io.towncrier.privacy.rights.ExportSubject;
import io.towncrier.privacy.rights.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of exports and receipts. */
final class RightsBodies {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private RightsBodies() {}

  @Schema(name = "MyExport")
  record Exported(
      Instant exportedAt,
      List<ExportedAccount> accounts,
      Map<String, Map<String, String>> purposes) {
    static Exported of(ExportSubject.Export export) {
      return new Exported(
          export.at(), export.accounts().stream().map(ExportedAccount::of).toList(), why());
    }

    private static Map<String, Map<String, String>> why() {
      Map<String, Map<String, String>> why = new TreeMap<>();
      for (String table : Classification.own().tablesOfPeople()) {
        Map<String, String> columns = new TreeMap<>();
        for (Column column : Classification.own().thePersons(table)) {
          columns.put(column.name(), column.purpose() + "; kept: " + column.retention().inWords());
        }
        why.put(table, columns);
      }
      return why;
    }
  }

  @Schema(name = "ExportedAccount")
  record ExportedAccount(String account, Map<String, List<JsonNode>> data) {
    static ExportedAccount of(ExportSubject.OfAccount one) {
      Map<String, List<JsonNode>> data = new TreeMap<>();
      one.data()
          .forEach((table, rows) -> data.put(table, rows.stream().map(RightsBodies::row).toList()));
      return new ExportedAccount(one.account(), data);
    }
  }

  /** What a receipt shows to everybody. */
  @Schema(name = "Receipt")
  record Shown(
      String state,
      String ground,
      Instant requestedAt,
      Instant eraseBy,
      Optional<Instant> erasedAt) {
    static Shown of(Receipt receipt) {
      return new Shown(
          receipt.state(),
          receipt.ground().code(),
          receipt.requestedAt(),
          receipt.eraseBy(),
          receipt.erasedAt());
    }
  }

  @Schema(name = "CancellationReceipt")
  record Cancelled(
      String receipt, String state, String ground, Instant requestedAt, Instant eraseBy) {
    static Cancelled of(CancelAccount.Outcome.Cancelled done) {
      Receipt receipt = done.receipt();
      return new Cancelled(
          done.secret().reveal(),
          receipt.state(),
          receipt.ground().code(),
          receipt.requestedAt(),
          receipt.eraseBy());
    }

    @Override
    public String toString() {
      return "Cancelled[" + requestedAt + "]";
    }
  }

  private static JsonNode row(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
