package io.towncrier.delivery.fcm;

import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.PushProvider;
import io.towncrier.platform.Secrets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** What the service sends by itself is what Google's library does: the same contract holds. */
@Tag("zoneless")
class FirebaseProviderTest extends SenderContract {
  private final List<FirebaseProvider> opened = new ArrayList<>();

  @Override
  PushProvider open(FcmConfig config, DeliveryConfig delivery) {
    FirebaseProvider sender =
        new FirebaseProvider(config, delivery, Pushes.KEYS, Secrets.PLAIN, clock);
    opened.add(sender);
    return sender;
  }

  @AfterEach
  void close() {
    opened.forEach(FirebaseProvider::close);
  }
}
