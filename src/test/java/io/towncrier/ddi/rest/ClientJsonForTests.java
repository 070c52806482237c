package io.towncrier.ddi.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.releases.targeting.Fact;
import java.util.Map;

/** Lets tests of other packages read what a client sends. */
public final class ClientJsonForTests {
  private ClientJsonForTests() {}

  public static Map<Fact, String> facts(JsonNode body) {
    return ClientJson.facts(body);
  }
}
