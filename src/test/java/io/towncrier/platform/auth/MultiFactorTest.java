package io.towncrier.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MultiFactorTest {
  private final MultiFactor rule = new MultiFactor(Set.of("gold", "2"), Set.of("mfa", "hwk"));

  @Test
  void oneAcceptedValueOfEitherClaimIsEnough() {
    assertThat(rule.accepts(Optional.of("gold"), List.of())).isTrue();
    assertThat(rule.accepts(Optional.empty(), List.of("pwd", "hwk"))).isTrue();
    assertThat(rule.accepts(Optional.of("silver"), List.of("mfa"))).isTrue();
  }

  @Test
  void anythingElseIsNot() {
    assertThat(rule.accepts(Optional.empty(), List.of())).isFalse();
    assertThat(rule.accepts(Optional.of("silver"), List.of("pwd"))).isFalse();
    assertThat(rule.accepts(Optional.of("Gold"), List.of("MFA"))).isFalse();
    assertThat(rule.accepts(Optional.of("mfa"), List.of("gold"))).isFalse();
    assertThat(
            new MultiFactor(Set.of(), Set.of()).accepts(Optional.of(""), List.of("", "mfa", "otp")))
        .isFalse();
  }

  @Test
  void theChallengeNamesTheClassesInAFixedOrder() {
    assertThat(rule.challenge())
        .isEqualTo(
            "Bearer error=\"insufficient_user_authentication\","
                + " error_description=\"Sign in with more than one factor\","
                + " acr_values=\"2 gold\"");
    assertThat(new MultiFactor(Set.of(), Set.of("mfa")).challenge()).doesNotContain("acr_values");
  }

  @Test
  void aValueThatWouldBreakTheChallengeIsRefused() {
    for (String bad : List.of("", "two words", "a\"b", "a\\b", "a\r\nX: y", "ä")) {
      assertThatThrownBy(() -> new MultiFactor(Set.of(bad), Set.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("TOWNCRIER_SIGN_IN_ACR_VALUES");
    }
  }
}
