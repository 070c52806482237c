package io.towncrier.functions;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.towncrier.audit.AuditEntry;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.rotation.ChangeKeys;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an operator asks of the keys (docs/adr/0048): {@code {"keys":"show"}}; {@code
 * {"keys":"rotate","by":"olga"}} begins their rotation, which ticks then move on; {@code
 * {"keys":"rewrap","by":"olga"}} has them wrapped by the key that the functions are configured with
 * now. Who may call the function by hand may do so; what comes by the queue is never read like
 * this.
 */
final class KeysEvent {
  private static final String NAME = "keys";

  private KeysEvent() {}

  static boolean is(JsonNode event) {
    return event.has(NAME);
  }

  static Map<String, Object> answer(JsonNode event) {
    ChangeKeys keys = Functions.bean(ChangeKeys.class);
    String what = event.path(NAME).asText();
    return switch (what) {
      case "show" -> Map.of(NAME, Functions.await(keys::show));
      case "rotate" ->
          Map.of("begun", audited(event, "keys.rotate", () -> keys.rotate().map(String::valueOf)));
      case "rewrap" -> Map.of("wrappedBy", audited(event, "keys.rewrap", keys::rewrap));
      default -> throw new IllegalArgumentException("keys is show, rotate or rewrap");
    };
  }

  private static String audited(JsonNode event, String action, Supplier<Uni<String>> act) {
    String by = RestoredEvent.by(event);
    InstantSource clock = Functions.bean(InstantSource.class);
    return Functions.await(
        () ->
            Functions.bean(Transactions.class)
                .inTransaction(
                    () ->
                        act.get()
                            .call(
                                result ->
                                    Functions.bean(AuditLog.class)
                                        .append(
                                            new AuditEntry(
                                                by, action, "keys", result, clock.instant())))));
  }
}
