package io.towncrier.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import org.junit.jupiter.api.Test;

class PushAddressTest {
  private static final byte[] SEALED = {1, 0, -1};

  @Test
  void whatIsStoredIsReadAsWhatItWasAndOpensForItsDeviceAlone() {
    PushAddress read = PushAddress.stored("dev_1", "getui", "CID", SEALED);
    assertThat(read)
        .isEqualTo(
            new PushAddress(
                "getui",
                PushAddress.Kind.CID,
                new Sealed(SEALED),
                new Place("device", "push_sealed", "dev_1")));
    assertThat(read.place()).isNotEqualTo(PushAddress.placeOf("dev_2"));
  }

  @Test
  void aKindThatThisVersionDoesNotKnowIsNoAddress() {
    assertThatThrownBy(() -> PushAddress.stored("dev_1", "fcm", "cid", SEALED))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
