package io.towncrier.platform.contract;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.smallrye.openapi.api.SmallRyeOpenAPI;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Reads the schemas of an OpenAPI document that nobody serves. */
public final class StaticSchemas {
  private StaticSchemas() {}

  /** Those of a document among the resources, by name. */
  static Map<String, Schema> ofResource(String name) {
    try (InputStream in = StaticSchemas.class.getResourceAsStream(name)) {
      return of(Objects.requireNonNull(in, name).readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Those of a document, by name.
   *
   * @throws IllegalStateException when a name stands in it twice: one of the two would be lost
   */
  public static Map<String, Schema> of(byte[] document) {
    refuseTwice(document);
    return SmallRyeOpenAPI.builder()
        .withCustomStaticFile(() -> new ByteArrayInputStream(document))
        .enableStandardStaticFiles(false)
        .enableAnnotationScan(false)
        .enableModelReader(false)
        .enableStandardFilter(false)
        .build()
        .model()
        .getComponents()
        .getSchemas();
  }

  private static void refuseTwice(byte[] document) {
    try {
      new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .readTree(document);
    } catch (IOException twice) {
      throw new IllegalStateException(twice);
    }
  }
}
