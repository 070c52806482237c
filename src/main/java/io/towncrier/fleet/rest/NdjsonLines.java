package io.towncrier.fleet.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.ExportFormat;
import io.towncrier.fleet.ExportLines;
import jakarta.inject.Singleton;

/** A device as a JSON object in a line: the members that the list of devices shows. */
@Singleton
class NdjsonLines implements ExportLines {
  private final ObjectMapper json;

  NdjsonLines(ObjectMapper json) {
    this.json = json;
  }

  @Override
  public ExportFormat format() {
    return ExportFormat.NDJSON;
  }

  @Override
  public String head() {
    return "";
  }

  @Override
  public String line(String device, DeviceList.Listed facts) {
    try {
      return json.writeValueAsString(DeviceListBodies.Listed.of(facts).as(device)) + "\n";
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
