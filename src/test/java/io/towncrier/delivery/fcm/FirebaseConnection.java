package io.towncrier.delivery.fcm;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.messaging.FirebaseMessaging;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.platform.Ids;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** A firebase-admin app for one service account. */
final class FirebaseConnection implements AutoCloseable {
  private final FirebaseApp app;
  private final FirebaseTransport transport;
  private final ServiceAccount account;
  private final Shared credentials;

  /** Opens nothing yet: the first message fetches the first token. */
  FirebaseConnection(FcmConfig config, ServiceAccount account, InstantSource clock) {
    this.account = account;
    this.credentials = new Shared(account);
    this.transport = new FirebaseTransport(config, clock);
    this.app =
        FirebaseApp.initializeApp(
            FirebaseOptions.builder()
                .setCredentials(credentials)
                .setProjectId(account.project())
                .setHttpTransport(transport)
                .build(),
            Ids.next("fcm"));
  }

  FirebaseMessaging messaging() {
    return FirebaseMessaging.getInstance(app);
  }

  FirebaseTransport transport() {
    return transport;
  }

  ServiceAccount account() {
    return account;
  }

  /** The access token of the next message, if there is one. */
  @Nullable AccessToken token() {
    return credentials.getAccessToken();
  }

  /** Fetches a new access token; once, however many messages were refused with this one. */
  synchronized void renew(@Nullable AccessToken refused) throws IOException {
    if (refused == null || refused.equals(token())) {
      credentials.refresh();
    }
  }

  @Override
  public void close() {
    app.delete();
  }

  /** firebase-admin would make itself a copy with more scopes, whose token we could not renew. */
  private static final class Shared extends GoogleCredentials {
    private static final long serialVersionUID = 1L;

    private final transient ServiceAccount account;

    Shared(ServiceAccount account) {
      this.account = account;
    }

    @Override
    public AccessToken refreshAccessToken() throws IOException {
      return account.credentials().refreshAccessToken();
    }
  }
}
