package io.towncrier.events.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
  @Test
  void aMessageIsSignedAsTheSpecificationsExampleIs() {
    assertThat(
            WebhookSignature.of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void whatLeadsInsideIsNoPublicAddress() throws Exception {
    for (String inside :
        new String[] {
          "0.0.0.0",
          "10.0.0.1",
          "100.64.0.1",
          "127.0.0.1",
          "127.9.9.9",
          "169.254.169.254",
          "172.16.0.1",
          "172.31.255.255",
          "192.168.1.1",
          "192.0.0.8",
          "192.0.2.1",
          "198.18.0.1",
          "198.51.100.7",
          "203.0.113.9",
          "224.0.0.1",
          "240.0.0.1",
          "255.255.255.255",
          "::",
          "::1",
          "::ffff:10.0.0.1",
          "64:ff9b::a00:1",
          "fc00::1",
          "fd12::1",
          "fe80::1",
          "fec0::1",
          "ff02::1",
          "2001:db8::1",
          "2001::1",
          "2002:0a00:0001::",
          "2002:7f00:0001::"
        }) {
      assertThat(PublicAddress.is(InetAddress.getByName(inside))).as(inside).isFalse();
    }
    for (String outside :
        new String[] {
          "1.1.1.1",
          "8.8.8.8",
          "100.63.255.255",
          "100.128.0.1",
          "172.15.0.1",
          "172.32.0.1",
          "192.167.0.1",
          "198.17.0.1",
          "2606:4700::1111",
          "2a00:1450::1",
          "2001:4860:4860::8888",
          "2002:0808:0808::"
        }) {
      assertThat(PublicAddress.is(InetAddress.getByName(outside))).as(outside).isTrue();
    }
  }
}
