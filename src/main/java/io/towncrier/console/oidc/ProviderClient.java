package io.towncrier.console.oidc;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.towncrier.console.AuthServer;
import io.towncrier.console.ConsoleConfig;
import io.towncrier.console.SignInAttempt;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Secrets;
import io.towncrier.platform.address.PublicUrl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * The code flow with PKCE at the provider (RFC 6749 section 4.1, RFC 7636). Where its endpoints
 * are, it says itself; that is kept for an hour.
 */
@ApplicationScoped
class ProviderClient implements AuthServer {
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final String SERVER = "quarkus.oidc.auth-server-url";
  private static final String CALLBACK = "/console/callback";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final ConsoleConfig.Oidc config;
  private final Optional<String> server;
  private final PublicUrl ourselves;
  private final Secrets secrets;
  private final HttpClient client;
  private final InstantSource clock;
  private volatile @Nullable Known known;

  ProviderClient(
      Vertx vertx,
      ConsoleConfig config,
      Config all,
      PublicUrl ourselves,
      Secrets secrets,
      InstantSource clock) {
    this.config = config.oidc();
    this.server =
        this.config
            .authServerUrl()
            .map(URI::toString)
            .or(() -> all.getOptionalValue(SERVER, String.class).filter(url -> !url.isBlank()));
    this.ourselves = ourselves;
    this.secrets = secrets;
    this.clock = clock;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout((int) PATIENCE.toMillis()));
  }

  /** Endpoints of the provider, and when it told them. */
  private record Known(URI authorization, URI token, Instant at) {}

  /** A setting that cannot be right ends the start, and not the first sign-in. */
  void look(@Observes StartupEvent start) {
    if (config.clientId().isPresent() && (server.isEmpty() || ourselves.link(CALLBACK).isEmpty())) {
      throw new IllegalStateException(
          "TOWNCRIER_CONSOLE_OIDC_CLIENT_ID needs TOWNCRIER_PUBLIC_URL, to which people come back,"
              + " and QUARKUS_OIDC_AUTH_SERVER_URL, where they sign in.");
    }
  }

  @PreDestroy
  void close() {
    client.close();
  }

  @Override
  public boolean isSetUp() {
    return config.clientId().isPresent();
  }

  @Override
  public Uni<URI> entrance(SignInAttempt attempt, Optional<String> acrValues) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", config.clientId().orElseThrow());
    query.put("redirect_uri", callback());
    query.put("scope", config.scope());
    query.put("state", attempt.state());
    query.put("code_challenge", attempt.challenge());
    query.put("code_challenge_method", "S256");
    config.audience().ifPresent(audience -> query.put("audience", audience));
    acrValues.ifPresent(values -> query.put("acr_values", values));
    return endpoints()
        .map(
            of ->
                URI.create(
                    of.authorization()
                        + (of.authorization().getRawQuery() == null ? "?" : "&")
                        + form(query)));
  }

  @Override
  public Uni<Optional<Secret>> redeem(String code, SignInAttempt attempt) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "authorization_code");
    form.put("code", code);
    form.put("redirect_uri", callback());
    form.put("client_id", config.clientId().orElseThrow());
    form.put("code_verifier", attempt.verifier());
    return endpoints()
        .chain(
            of ->
                Offload.run(this::authorization)
                    .chain(basic -> post(of.token(), form(form), basic)))
        .map(ProviderClient::accessToken);
  }

  /** How a client with a secret shows it (RFC 6749 section 2.3.1); empty of a public client. */
  private Optional<String> authorization() {
    return config
        .clientSecret()
        .map(
            setting ->
                encoded(config.clientId().orElseThrow()) + ":" + encoded(secrets.reveal(setting)))
        .map(pair -> Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
        .map(pair -> "Basic " + pair);
  }

  private String callback() {
    return ourselves.link(CALLBACK).orElseThrow().toString();
  }

  private Uni<Known> endpoints() {
    Known last = known;
    if (last != null && clock.instant().isBefore(last.at().plus(KEPT))) {
      return Uni.createFrom().item(last);
    }
    String base = server.orElseThrow().replaceAll("/+$", "");
    return send(request(HttpMethod.GET, URI.create(base + DISCOVERY)), Buffer.buffer())
        .map(
            answer -> {
              if (answer.status() != 200) {
                throw new Away("the discovery document: " + answer.status());
              }
              Known fresh =
                  new Known(
                      safe(answer.body().getString("authorization_endpoint")),
                      safe(answer.body().getString("token_endpoint")),
                      clock.instant());
              known = fresh;
              return fresh;
            });
  }

  private Uni<Answer> post(URI url, String form, Optional<String> basic) {
    RequestOptions request =
        request(HttpMethod.POST, url)
            .putHeader("Content-Type", "application/x-www-form-urlencoded");
    basic.ifPresent(value -> request.putHeader("Authorization", value));
    return send(request, Buffer.buffer(form));
  }

  private static RequestOptions request(HttpMethod method, URI url) {
    return new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(url.toString())
        .setTimeout(PATIENCE.toMillis())
        .setFollowRedirects(false)
        .putHeader("Accept", "application/json");
  }

  private Uni<Answer> send(RequestOptions request, Buffer body) {
    return Uni.createFrom()
        .completionStage(
            () ->
                client
                    .request(request)
                    .compose(sent -> sent.send(body))
                    .compose(ProviderClient::read)
                    .toCompletionStage())
        .onFailure(lost -> !(lost instanceof Away))
        .transform(lost -> new Away("not reached: " + lost.getClass().getSimpleName()));
  }

  private static Future<Answer> read(HttpClientResponse answer) {
    return answer
        .body()
        .map(
            body -> {
              try {
                return new Answer(answer.statusCode(), body.toJsonObject());
              } catch (DecodeException noJson) {
                throw new Away("no JSON with status " + answer.statusCode());
              }
            });
  }

  /** A code that is wrong, old or used is refused with 400 (RFC 6749 section 5.2). */
  private static Optional<Secret> accessToken(Answer answer) {
    String token = answer.body().getString("access_token");
    if (answer.status() >= 500) {
      throw new Away("the token endpoint: " + answer.status());
    }
    return answer.status() == 200 && token != null && !token.isBlank()
        ? Optional.of(new Secret(token))
        : Optional.empty();
  }

  /** What a code and a secret are sent to is encrypted, or on this machine. */
  private static URI safe(@Nullable String url) {
    URI given = URI.create(url == null ? "" : url);
    boolean plain = "http".equals(given.getScheme()) && THIS_MACHINE.contains(given.getHost());
    if (given.getHost() == null || !("https".equals(given.getScheme()) || plain)) {
      throw new Away("an endpoint that is not https");
    }
    return given;
  }

  private static String form(Map<String, String> values) {
    return values.entrySet().stream()
        .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What the provider said. */
  private record Answer(int status, JsonObject body) {}
}
