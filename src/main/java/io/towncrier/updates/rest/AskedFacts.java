package io.towncrier.updates.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import io.towncrier.releases.rollout.Share;
import io.towncrier.updates.AskedFor;
import java.io.IOException;
import java.util.List;

/** Writes what a client is asked to say of itself, as Jackson would. */
final class AskedFacts {
  private AskedFacts() {}

  static void write(JsonGenerator generator, AskedFor asked) throws IOException {
    write(generator, "matters", asked.matters().codes());
    if (asked.until().isPresent()) {
      generator.writeStringField("mattersUntil", asked.until().get().toString());
    }
    if (!asked.rollouts().isEmpty()) {
      generator.writeArrayFieldStart("rollouts");
      for (Share share : asked.rollouts()) {
        generator.writeStartObject();
        generator.writeStringField("id", share.id());
        generator.writeStringField("salt", share.salt());
        generator.writeNumberField("share", share.buckets());
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }
    if (!asked.missing().isEmpty()) {
      write(generator, "askAgainWith", asked.missing().codes());
    }
  }

  static void write(JsonGenerator generator, String name, List<String> facts) throws IOException {
    generator.writeArrayFieldStart(name);
    for (int i = 0; i < facts.size(); i++) {
      generator.writeString(facts.get(i));
    }
    generator.writeEndArray();
  }
}
