package io.towncrier.updates.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.PlainAnswer;
import io.towncrier.updates.UpdateAnswer;
import io.towncrier.updates.decision.UpdateDecision;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes the bodies of answers, byte for byte as Jackson would. What is offered is most of a body
 * and the same for most of a fleet: it is written once, and copied.
 */
@ApplicationScoped
class AnswerWriter {
  private final ObjectMapper json;
  private final WrittenOffers offers = new WrittenOffers();

  AnswerWriter(ObjectMapper json) {
    this.json = json;
  }

  /** UTF-8. */
  byte[] body(CheckResult decision, AnswerForm form) {
    return form == AnswerForm.PLAIN
        ? PlainAnswer.of(decision.answer()).getBytes(StandardCharsets.UTF_8)
        : body(decision);
  }

  /** UTF-8 JSON. */
  byte[] body(CheckResult decision) {
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
      generator.writeNumberField("nextCheckSeconds", decision.next().seconds());
      generator.writeNumberField("nextCheckSpreadSeconds", decision.next().spreadSeconds());
      if (decision.asked().isPresent()) {
        AskedFacts.write(generator, decision.asked().get());
      }
      if (!decision.ignored().isEmpty()) {
        AskedFacts.write(generator, "ignored", decision.ignored().codes());
      }
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

  private SerializedString offered(CheckResult decision, UpdateDecision.Offer offer) {
    return offers.get(
        new WrittenOffers.Offer(
            offer.release(), offer.target(), decision.language(offer.release())),
        () -> write(decision));
  }

  private SerializedString write(CheckResult decision) {
    try {
      return new SerializedString(
          json.writeValueAsString(decision.answer().release().orElseThrow()));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
