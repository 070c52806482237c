package io.towncrier.delivery.fcm;

import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.credentials.AccountFile;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.platform.Secrets;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a service-account file says.
 *
 * @param credentials for access tokens that may send messages, and nothing else
 */
record ServiceAccount(ServiceAccountCredentials credentials, String project)
    implements AccountFile.Account {
  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/firebase.messaging");
  private static final int FINGERPRINT_BYTES = 8;
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  /** Opens what is read, anew each time. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * The one that the settings name.
   *
   * @throws IllegalStateException when FCM's endpoint cannot be right, saying why
   */
  static AccountFile<ServiceAccount> in(FcmConfig config, Secrets secrets, InstantSource clock) {
    requireSafe("TOWNCRIER_FCM_ENDPOINT", config.endpoint());
    return new AccountFile<>(
        "fcm",
        config.credentials().orElseThrow(),
        (file, content) ->
            read(
                file,
                () -> new ByteArrayInputStream(content.bytes()),
                () -> new JdkTransport(config)),
        secrets,
        clock);
  }

  /**
   * Reads a file.
   *
   * @param file its name, for the operator who has to mend it
   * @param transport by which tokens are fetched
   * @throws IllegalStateException when it is of no use, saying why
   */
  static ServiceAccount read(String file, Source source, HttpTransportFactory transport) {
    GoogleCredentials credentials = parse(file, source, transport);
    if (!(credentials instanceof ServiceAccountCredentials account)) {
      throw new IllegalStateException(file + " is not a service-account file");
    }
    if (account.getProjectId() == null || account.getProjectId().isBlank()) {
      throw new IllegalStateException(file + " names no project");
    }
    requireSafe("token_uri in " + file, account.getTokenServerUri());
    // Its own repeats would sleep on our thread; a delivery is repeated by the outbox.
    return new ServiceAccount(
        (ServiceAccountCredentials)
            account.createWithCustomRetryStrategy(false).createScoped(SCOPES),
        account.getProjectId());
  }

  @Override
  public AccountId id() {
    return new AccountId("fcm:" + project, fingerprint());
  }

  @Override
  public String description() {
    return "project " + project;
  }

  /** Tells its key from others, and nothing about it. */
  String fingerprint() {
    byte[] name =
        (credentials.getClientEmail() + '\n' + credentials.getPrivateKeyId())
            .getBytes(StandardCharsets.UTF_8);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(name);
      return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether a token or a push may go there at all. */
  static void requireSafe(String what, URI uri) {
    boolean plainLoopback =
        "http".equals(uri.getScheme())
            && uri.getHost() != null
            && LOOPBACK.matcher(uri.getHost()).matches();
    if (!"https".equals(uri.getScheme()) && !plainLoopback) {
      throw new IllegalStateException(
          what + " must be an https URL; plain http is for loopback addresses alone");
    }
  }

  private static GoogleCredentials parse(
      String file, Source source, HttpTransportFactory transport) {
    try (InputStream in = source.open()) {
      return GoogleCredentials.fromStream(in, transport);
    } catch (IOException | RuntimeException unreadable) {
      // The library answers some garbage with a NullPointerException or a ClassCastException.
      throw new IllegalStateException(
          "TOWNCRIER_FCM_CREDENTIALS names " + file + ", which is not readable as such a file",
          unreadable);
    }
  }
}
