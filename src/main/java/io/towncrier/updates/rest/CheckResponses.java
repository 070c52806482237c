package io.towncrier.updates.rest;

import io.towncrier.platform.rest.EntityTags;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.FactsQuery;
import io.towncrier.updates.UpdatesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The cacheable answers of the long way, with the same bytes and headers as those of the short. */
@ApplicationScoped
class CheckResponses {
  private final AnswerWriter answers;
  private final String cacheControl;

  CheckResponses(AnswerWriter answers, UpdatesConfig config) {
    this.answers = answers;
    this.cacheControl = CheckRoute.cacheControl(config);
  }

  /**
   * 200, or 304 when the client has this answer already.
   *
   * @param asked a plain query is answered for a shared cache, any other for this client alone
   * @param known the header If-None-Match: tags in quotes, separated by commas
   */
  Response of(CheckResult decision, AnswerForm form, FactsQuery asked, @Nullable String known) {
    String tag = form.tag(decision);
    return (EntityTags.names(known, tag)
            ? Response.notModified()
            : Response.ok(answers.body(decision, form), form.contentType()))
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, asked.isPlain() ? cacheControl : CheckRoute.NEVER_KEPT)
        .build();
  }
}
