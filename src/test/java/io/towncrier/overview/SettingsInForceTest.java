package io.towncrier.overview;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingsInForceTest {
  @Test
  void whatIsNoSecretIsShown() {
    assertThat(SettingsInForce.shown("towncrier.updates.next-check", "6h")).isEqualTo("6h");
    assertThat(SettingsInForce.shown("towncrier.console.terms", "https://example.com/terms"))
        .isEqualTo("https://example.com/terms");
  }

  @Test
  void whatLooksLikeASecretByNameOrValueIsOnlySaidToBeSet() {
    for (String name :
        new String[] {
          "towncrier.operator-token",
          "towncrier.master-key",
          "towncrier.edge.secret",
          "towncrier.fcm.credentials",
          "towncrier.snapshot.signing-key"
        }) {
      assertThat(SettingsInForce.shown(name, "abc")).as(name).isEqualTo("(set)");
    }
    assertThat(
            SettingsInForce.shown(
                "towncrier.new", "c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlY3JldCBzZWNyZXQ="))
        .isEqualTo("(set)");
    assertThat(SettingsInForce.shown("towncrier.new", "{\"private_key\":\"x\"}"))
        .isEqualTo("(set)");
    assertThat(SettingsInForce.shown("towncrier.events.a.url", "https://me:pass@example.com/in"))
        .isEqualTo("(set)");
  }
}
