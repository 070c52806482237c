package io.towncrier.console.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.console.ContentPolicy;
import io.towncrier.console.Page;
import io.towncrier.console.PageLanguage;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A page of Personal Center as browsers get it. It holds nothing of anybody: what it shows, it asks
 * for with the user's token (docs/adr/0011).
 */
final class UserPage {
  /** Fetch Metadata: what made the browser load the page. */
  static final String SITE = "Sec-Fetch-Site";

  private static final String FOREIGN = "cross-site";

  private final Page page;
  private final Map<String, String> fingerprints;
  private final String contentPolicy;
  private final ObjectMapper json;
  private final Map<String, String> documents = new ConcurrentHashMap<>();

  /**
   * A page of which no document is made yet: each is made when it is first asked for.
   *
   * @param fingerprints of its files, by the place in the page where they stand
   */
  UserPage(Page page, Map<String, String> fingerprints, ConsoleConfig config, ObjectMapper json) {
    this.page = page;
    this.fingerprints = Map.copyOf(fingerprints);
    this.contentPolicy = new ContentPolicy(config.frameAncestors()).header();
    this.json = json;
  }

  /**
   * The page in the language of the reader.
   *
   * @param lang that the caller chose
   * @param accepted the header Accept-Language
   * @param site the header Sec-Fetch-Site
   */
  Response answer(@Nullable String lang, @Nullable String accepted, @Nullable String site) {
    PageLanguage language =
        PageLanguage.choose(Optional.ofNullable(lang), Optional.ofNullable(accepted));
    // A link on another site could bring a stranger's token: that page takes none from its address.
    String from = FOREIGN.equals(site) ? FOREIGN : "";
    String document =
        documents.computeIfAbsent(language.tag() + from, made -> document(language, from));
    return Response.ok(document, "text/html;charset=UTF-8")
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE + ", " + SITE)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", contentPolicy)
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .build();
  }

  private String document(PageLanguage language, String from) {
    Map<String, String> texts = page.texts(language);
    Map<String, String> values = new HashMap<>(texts);
    values.putAll(fingerprints);
    values.put("lang", language.tag());
    values.put("from", from);
    try {
      values.put("texts", json.writeValueAsString(texts));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
    return page.render(values);
  }
}
