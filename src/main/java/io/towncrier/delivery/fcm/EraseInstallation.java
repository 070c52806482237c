package io.towncrier.delivery.fcm;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryResult;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.credentials.AccountFile;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.residency.ResidencyConfig;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Secrets;
import io.towncrier.privacy.Vault;
import io.towncrier.privacy.processors.ErasesAtProcessor;
import io.towncrier.privacy.processors.ToErase;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Deletes an installation of the app at Firebase, by the call that firebase-admin makes. */
@ApplicationScoped
class EraseInstallation implements ErasesAtProcessor {
  private static final Logger LOG = Logger.getLogger(EraseInstallation.class);
  private static final String FCM = "fcm";
  private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/firebase");

  /** 11 characters as an instance id, 22 as a Firebase installation id. */
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{11,22}");

  /** After a fetch of a token that failed: every deletion of a batch would ask for one. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /** 404: it knows none; 409: it is deleted already. */
  private static final Set<Integer> NOTHING_LEFT = Set.of(404, 409);

  private final FcmConfig config;
  private final Vault vault;
  private final Secrets secrets;
  private final ResidencyConfig residency;
  private final InstantSource clock;
  private @Nullable Open open;

  EraseInstallation(
      FcmConfig config,
      Vault vault,
      Secrets secrets,
      ResidencyConfig residency,
      InstantSource clock) {
    this.config = config;
    this.vault = vault;
    this.secrets = secrets;
    this.residency = residency;
    this.clock = clock;
  }

  @Override
  public String processor() {
    return FCM;
  }

  @Override
  public Uni<Result> erase(ToErase what) {
    if (config.credentials().isEmpty() || !residency.pushProviders().contains(FCM)) {
      return Uni.createFrom().item(new Result.Later("not-configured"));
    }
    return Offload.run(() -> erased(what));
  }

  private Result erased(ToErase what) {
    String address = vault.open(what.sealed(), PushAddress.placeOf(what.deviceId())).reveal();
    boolean isId = PushAddress.Kind.valueOf(what.kind()) == PushAddress.Kind.FID;
    Optional<String> id = installation(address, isId);
    if (id.isEmpty()) {
      return new Result.NothingToName();
    }
    try {
      return open().delete(id.get());
    } catch (IOException failure) {
      return new Result.Later(JdkTransport.lossOf(failure));
    }
  }

  /**
   * The id under which Firebase keeps an installation. A registration token begins with the id of
   * its installation, and a colon follows; tokens of before 2015 have none (docs/adr/0064).
   */
  private static Optional<String> installation(String address, boolean isId) {
    int colon = address.indexOf(':');
    if (!isId && colon < 0) {
      return Optional.empty();
    }
    String id = isId ? address : address.substring(0, colon);
    return ID.matcher(id).matches() ? Optional.of(id) : Optional.empty();
  }

  private synchronized Open open() {
    Open known = open;
    if (known == null) {
      known = new Open(config, secrets, clock);
      open = known;
    }
    return known;
  }

  /** The way to Firebase, once it is needed. */
  private static final class Open {
    private final FcmConfig config;
    private final JdkTransport transport;
    private final AccountFile<ServiceAccount> accounts;
    private final InstantSource clock;
    private @Nullable ServiceAccount account;
    private @Nullable GoogleCredentials credentials;
    private @Nullable Instant failedAt;

    Open(FcmConfig config, Secrets secrets, InstantSource clock) {
      ServiceAccount.requireSafe("TOWNCRIER_FCM_INSTALLATIONS", config.installations());
      this.config = config;
      this.transport = new JdkTransport(config);
      this.accounts = ServiceAccount.in(config, secrets, clock);
      this.clock = clock;
    }

    Result delete(String id) throws IOException {
      Optional<ServiceAccount> current = accounts.current();
      if (current.isEmpty()) {
        return new Result.NotAsked("credentials");
      }
      String path = "/v1/project/%s/instanceId/%s".formatted(current.get().project(), id);
      Optional<AccessToken> token = token(current.get());
      if (token.isEmpty()) {
        return new Result.NotAsked("no-token");
      }
      HttpRequest request =
          transport
              .createRequestFactory()
              .buildDeleteRequest(new GenericUrl(config.installations().resolve(path)));
      request.getHeaders().setAuthorization("Bearer " + token.get().getTokenValue());
      request.setThrowExceptionOnExecuteError(false);
      request.setNumberOfRetries(0);
      HttpResponse answer = request.execute();
      try {
        int status = answer.getStatusCode();
        return answer.isSuccessStatusCode() || NOTHING_LEFT.contains(status)
            ? new Result.Gone()
            : new Result.Later("HTTP " + status);
      } finally {
        answer.disconnect();
      }
    }

    /**
     * Sending needs less: this one may delete installations. A key that is refused is read anew.
     */
    private synchronized Optional<AccessToken> token(ServiceAccount of) {
      GoogleCredentials held = credentials;
      if (held == null || !of.equals(account)) {
        held = of.credentials().createScoped(SCOPES);
        credentials = held;
        account = of;
        failedAt = null;
      }
      if (hasJustFailed()) {
        return Optional.empty();
      }
      try {
        held.refreshIfExpired();
        return Optional.ofNullable(held.getAccessToken());
      } catch (IOException failure) {
        failedAt = clock.instant();
        Optional<DeliveryResult> refused = TokenFailures.resultOf(failure, accounts, of);
        LOG.debugf("no token for deletions: %s", refused);
        return Optional.empty();
      }
    }

    private boolean hasJustFailed() {
      Instant failed = failedAt;
      Instant now = clock.instant();
      // A clock that went back says nothing of how long it was ago.
      return failed != null && !now.isBefore(failed) && now.isBefore(failed.plus(PAUSE));
    }
  }
}
