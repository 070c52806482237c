package io.towncrier.delivery.fcm;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.platform.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A firebase-admin app, as configured. */
final class FcmConnection implements AutoCloseable {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  private final FirebaseApp app;
  private final FcmTransport transport;
  private final GoogleCredentials credentials;
  private final String description;

  private FcmConnection(
      FirebaseApp app, FcmTransport transport, GoogleCredentials credentials, String description) {
    this.app = app;
    this.transport = transport;
    this.credentials = credentials;
    this.description = description;
  }

  /**
   * Opens nothing yet: the first message fetches the first token.
   *
   * @throws IllegalStateException when the configuration cannot work, saying why
   */
  static FcmConnection of(FcmConfig config) {
    requireSafe("TOWNCRIER_FCM_ENDPOINT", config.endpoint());
    Path file = config.credentials().orElseThrow();
    GoogleCredentials credentials = read(file, config);
    if (!(credentials instanceof ServiceAccountCredentials account)) {
      throw new IllegalStateException(file + " is not a service-account file");
    }
    requireSafe("token_uri in " + file, account.getTokenServerUri());
    FcmTransport transport = new FcmTransport(config.endpoint(), config.requestTimeout());
    FirebaseOptions options =
        FirebaseOptions.builder()
            .setCredentials(credentials)
            .setProjectId(account.getProjectId())
            .setHttpTransport(transport)
            .build();
    return new FcmConnection(
        FirebaseApp.initializeApp(options, Ids.next("fcm")),
        transport,
        credentials,
        "fcm (project %s at %s)".formatted(account.getProjectId(), config.endpoint().getHost()));
  }

  FirebaseMessaging messaging() {
    return FirebaseMessaging.getInstance(app);
  }

  FcmTransport transport() {
    return transport;
  }

  /** Forgets the access token; the next message fetches a new one. */
  void renewToken() throws IOException {
    credentials.refresh();
  }

  String description() {
    return description;
  }

  @Override
  public void close() {
    app.delete();
  }

  private static GoogleCredentials read(Path file, FcmConfig config) {
    try (InputStream in = Files.newInputStream(file)) {
      return GoogleCredentials.fromStream(in, () -> new JdkTransport(config.requestTimeout()));
    } catch (IOException unreadable) {
      throw new IllegalStateException(
          "TOWNCRIER_FCM_CREDENTIALS names " + file + ", which is not readable as such a file",
          unreadable);
    }
  }

  private static void requireSafe(String what, URI uri) {
    boolean plainLoopback =
        "http".equals(uri.getScheme())
            && uri.getHost() != null
            && LOOPBACK.matcher(uri.getHost()).matches();
    if (!"https".equals(uri.getScheme()) && !plainLoopback) {
      throw new IllegalStateException(
          what + " must be an https URL; plain http is for loopback addresses alone");
    }
  }
}
