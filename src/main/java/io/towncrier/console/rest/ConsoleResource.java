package io.towncrier.console.rest;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.towncrier.artifacts.ArtifactHome;
import io.towncrier.console.AuthServer;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.console.ConsoleFiles;
import io.towncrier.console.ContentPolicy;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.OidcUse;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/**
 * The operators' console: one document and its files, the same for everybody. What it shows, it
 * asks the API for (docs/adr/0057).
 */
@Path("/console")
@PermitAll
class ConsoleResource {
  private static final String GZIP = "gzip";

  private final ArtifactHome artifacts;
  private final String signIn;
  private final boolean served;
  private final boolean compresses;
  private volatile @Nullable ConsoleFiles files;

  ConsoleResource(ConsoleConfig config, ArtifactHome artifacts, OidcUse oidc, AuthServer provider) {
    this.artifacts = artifacts;
    this.signIn = !oidc.isConfigured() ? "token" : provider.isSetUp() ? "oidc" : "none";
    this.served = config.operators();
    // In front of the functions stands a CDN, which compresses by itself.
    this.compresses = !ConfigUtils.isProfileActive("lambda");
  }

  @GET
  @Operation(hidden = true)
  public Response document(@HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String seen) {
    return document(seen, Optional.empty());
  }

  /** The same document. It alone may send the parts of an image to the bucket. */
  @GET
  @Path("/artifacts")
  @Operation(hidden = true)
  public Response documentOfUploads(@HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String seen) {
    return document(seen, artifacts.partsElsewhere());
  }

  private Response document(@Nullable String seen, Optional<String> alsoCalls) {
    requireServed();
    ContentPolicy policy = new ContentPolicy(Set.of("none"));
    ConsoleFiles now = LaunchMode.current() == LaunchMode.DEVELOPMENT ? reread() : files();
    String tag = "\"" + now.fingerprint() + "-" + signIn + "\"";
    Response.ResponseBuilder answer =
        tag.equals(seen)
            ? Response.notModified()
            : Response.ok(now.document(signIn), "text/html;charset=UTF-8");
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header(
            "Content-Security-Policy",
            alsoCalls
                .map(origin -> policy.headerAllowing(now.importMapHash(), origin))
                .orElseGet(() -> policy.headerAllowing(now.importMapHash())))
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .build();
  }

  @GET
  @Path("/a/{fingerprint}/{name: .+}")
  @Operation(hidden = true)
  public Response file(
      @PathParam("fingerprint") String fingerprint,
      @PathParam("name") String name,
      @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings,
      @HeaderParam(HttpHeaders.IF_NONE_MATCH) @Nullable String seen) {
    requireServed();
    ConsoleFiles.File file = files().find(name).orElseThrow(ConsoleResource::nothing);
    String tag = "\"" + files().fingerprint() + "\"";
    if (tag.equals(seen)) {
      return Response.notModified().header(HttpHeaders.ETAG, tag).build();
    }
    Optional<byte[]> packed =
        file.gzipped().filter(g -> compresses && encodings != null && encodings.contains(GZIP));
    Response.ResponseBuilder answer = Response.ok(packed.orElse(file.bytes()), file.type());
    packed.ifPresent(bytes -> answer.header(HttpHeaders.CONTENT_ENCODING, GZIP));
    // An older page asks for what was under its fingerprint: it is answered, and not kept.
    boolean current = fingerprint.equals(files().fingerprint());
    return answer
        .header(HttpHeaders.ETAG, tag)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
        .header(
            HttpHeaders.CACHE_CONTROL, current ? "public, max-age=31536000, immutable" : "no-store")
        .build();
  }

  private void requireServed() {
    if (!served) {
      throw nothing();
    }
  }

  private ConsoleFiles files() {
    ConsoleFiles known = files;
    return known == null ? reread() : known;
  }

  private ConsoleFiles reread() {
    ConsoleFiles fresh = ConsoleFiles.read();
    files = fresh;
    return fresh;
  }

  private static RuntimeException nothing() {
    return ProblemCode.NOT_FOUND.with("No resource has this path.").asException();
  }
}
