package io.towncrier.updates.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.updates.Decision;
import io.towncrier.updates.UpdateAnswer;
import io.towncrier.updates.decision.UpdateDecision;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes the bodies of answers, byte for byte as Jackson would. What is offered is most of a body
 * and the same for most of a fleet: it is written once per snapshot, and copied.
 */
@ApplicationScoped
class AnswerWriter {
  // About 1 KB each. Emptied when it is full: what is asked for is soon there again.
  private static final int MAX_OFFERS = 16_384;

  private final ObjectMapper json;
  private volatile Offers offers = new Offers("", new ConcurrentHashMap<>());

  AnswerWriter(ObjectMapper json) {
    this.json = json;
  }

  /** UTF-8. */
  byte[] body(Decision decision) {
    try (ByteArrayBuilder out = new ByteArrayBuilder(1024);
        JsonGenerator generator = json.getFactory().createGenerator(out)) {
      generator.writeStartObject();
      generator.writeStringField("decision", decision.outcome().code());
      Optional<String> reason = decision.outcome().reasonCode();
      if (reason.isPresent()) {
        generator.writeStringField("reason", reason.get());
      }
      generator.writeStringField("product", decision.product().id());
      generator.writeStringField("installed", decision.facts().version());
      if (decision.outcome() instanceof UpdateDecision.Offer offer) {
        generator.writeFieldName("release");
        generator.writeRawValue(offered(decision, offer));
      }
      if (decision.window().isPresent()) {
        window(generator, decision.window().get());
      }
      generator.writeNumberField("nextCheckSeconds", decision.nextCheckSeconds());
      if (decision.product().supportedUntil().isPresent()) {
        generator.writeStringField(
            "supportedUntil", decision.product().supportedUntil().get().toString());
      }
      generator.writeStringField("snapshot", decision.snapshot());
      generator.writeEndObject();
      generator.flush();
      return out.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static void window(JsonGenerator generator, UpdateAnswer.Window window)
      throws IOException {
    generator.writeObjectFieldStart("installWindow");
    generator.writeNumberField("opensInSeconds", window.opensInSeconds());
    if (window.closesInSeconds().isPresent()) {
      generator.writeNumberField("closesInSeconds", window.closesInSeconds().getAsLong());
    }
    generator.writeEndObject();
  }

  private SerializedString offered(Decision decision, UpdateDecision.Offer offer) {
    Offers current = offers;
    if (!current.snapshot().equals(decision.snapshot()) || current.written().size() > MAX_OFFERS) {
      current = new Offers(decision.snapshot(), new ConcurrentHashMap<>());
      offers = current;
    }
    Key key =
        new Key(
            decision.product().id(),
            offer.release().version(),
            offer.target().version(),
            decision.notes(offer.release()).language());
    SerializedString written = current.written().get(key);
    if (written == null) {
      written = write(decision);
      current.written().put(key, written);
    }
    return written;
  }

  private SerializedString write(Decision decision) {
    try {
      return new SerializedString(
          json.writeValueAsString(decision.answer().release().orElseThrow()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What was written of one snapshot. */
  private record Offers(String snapshot, Map<Key, SerializedString> written) {}

  private record Key(String product, String release, String target, String language) {}
}
