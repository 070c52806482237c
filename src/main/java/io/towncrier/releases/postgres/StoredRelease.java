package io.towncrier.releases.postgres;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.LocalizedText;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Catalogue;
import io.towncrier.releases.Product;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON in which rows travel to the database and notes and artifacts rest in it. */
final class StoredRelease {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private StoredRelease() {}

  static String productsJson(List<Product> products) {
    return write(
        products.stream()
            .map(
                p ->
                    new ProductRow(
                        p.id(),
                        p.name(),
                        p.kind().name(),
                        p.defaultLanguage().value(),
                        p.supportedUntil().map(Object::toString).orElse(null)))
            .toList());
  }

  static String releasesJson(List<Catalogue.Entry> entries) {
    return write(entries.stream().map(StoredRelease::row).toList());
  }

  static LocalizedText notes(String json) {
    return new LocalizedText(read(json, new TypeReference<>() {}));
  }

  static List<Artifact> artifacts(String json) {
    return read(json, new TypeReference<List<ArtifactJson>>() {}).stream()
        .map(a -> new Artifact(a.name(), URI.create(a.url()), a.size(), a.sha256()))
        .toList();
  }

  private static ReleaseRow row(Catalogue.Entry entry) {
    var release = entry.release();
    return new ReleaseRow(
        entry.products(),
        release.version().toString(),
        release.channel(),
        release.severity().name(),
        release.mandatory(),
        release.publishedAt().toString(),
        codes(release.countries().allowed()),
        codes(release.countries().denied()),
        release.notes().byLanguage(),
        release.artifacts().stream()
            .map(a -> new ArtifactJson(a.name(), a.url().toString(), a.size(), a.sha256()))
            .toList());
  }

  private static List<String> codes(Set<CountryCode> countries) {
    return countries.stream().map(CountryCode::value).sorted().toList();
  }

  private static String write(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored release is not readable", broken);
    }
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record ProductRow(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("kind") String kind,
      @JsonProperty("default_language") String defaultLanguage,
      @JsonProperty("supported_until") @Nullable String supportedUntil) {}

  private record ReleaseRow(
      @JsonProperty("products") List<String> products,
      @JsonProperty("version") String version,
      @JsonProperty("channel") String channel,
      @JsonProperty("severity") String severity,
      @JsonProperty("mandatory") boolean mandatory,
      @JsonProperty("published_at") String publishedAt,
      @JsonProperty("countries_allowed") List<String> countriesAllowed,
      @JsonProperty("countries_denied") List<String> countriesDenied,
      @JsonProperty("notes") Map<String, LocalizedText.Text> notes,
      @JsonProperty("artifacts") List<ArtifactJson> artifacts) {}

  private record ArtifactJson(
      @JsonProperty("name") String name,
      @JsonProperty("url") String url,
      @JsonProperty("size") long size,
      @JsonProperty("sha256") String sha256) {}
}
