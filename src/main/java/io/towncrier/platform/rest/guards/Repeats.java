package io.towncrier.platform.rest.guards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.rest.EntityTags;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Does once what a client asks for twice with one key: what is made and the note of it are one
 * transaction (docs/adr/0058).
 */
@ApplicationScoped
public class Repeats {
  /** The header that has the key. */
  public static final String HEADER = "Idempotency-Key";

  private static final Duration KEPT = Duration.ofHours(24);
  private static final Pattern KEY = Pattern.compile("[!-~]{8,128}");
  private static final int BATCH = 500;

  private final RepeatStore store;
  private final Transactions transactions;
  private final InstantSource clock;
  private final ObjectMapper json;

  Repeats(RepeatStore store, Transactions transactions, InstantSource clock, ObjectMapper json) {
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
    this.json = json;
  }

  /** A key that may be missing; a defect is noted. */
  public static Optional<String> key(InputReader input, @Nullable String header) {
    return input.parsed(
        HEADER,
        header,
        text -> Optional.of(text).filter(given -> KEY.matcher(given).matches()),
        "must be 8 to 128 visible ASCII characters, such as a UUID");
  }

  /** Of a body, all of it. */
  public static String hash(Object body) {
    return EntityTags.of(new Whole(body.toString()));
  }

  /**
   * Makes something, or answers as before.
   *
   * @param request empty where the client sent no key: then it is made each time
   * @param type of the answer, which is kept as JSON
   */
  public <T> Uni<T> once(
      Optional<RepeatStore.Request> request, Class<T> type, Supplier<Uni<T>> work) {
    return request
        .map(asked -> transactions.inTransaction(() -> look(asked, type, work)))
        .orElseGet(work);
  }

  private <T> Uni<T> look(RepeatStore.Request asked, Class<T> type, Supplier<Uni<T>> work) {
    Instant now = clock.instant();
    return store
        .note(asked, now, now.minus(KEPT))
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(again(asked, known.get(), type))
                    : work.get().call(made -> store.answered(asked, write(made))));
  }

  private <T> T again(RepeatStore.Request asked, RepeatStore.Known known, Class<T> type) {
    boolean same =
        known.operation().equals(asked.operation()) && known.bodyHash().equals(asked.bodyHash());
    if (!same) {
      throw ProblemCode.KEY_USED_OTHERWISE
          .with("Nothing was done. Send another key with another request.")
          .asException();
    }
    try {
      return json.readValue(known.answer(), type);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Forgets keys that are past their time; how many. */
  public Uni<Long> forget(BooleanSupplier hasTime) {
    return Batches.whileFull(
        BATCH, hasTime, () -> store.forget(clock.instant().minus(KEPT), BATCH));
  }

  private String write(Object made) {
    try {
      return json.writeValueAsString(made);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private record Whole(String text) {}
}
