package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignInAttemptTest {
  @Test
  void aBrowserKeepsItWhole() {
    SignInAttempt begun = SignInAttempt.begin("#/releases/a%3A1?state=draft");
    assertThat(SignInAttempt.read(begun.written())).contains(begun);
    assertThat(begun.isAnsweredBy(begun.state())).isTrue();
    assertThat(begun.isAnsweredBy(SignInAttempt.begin("").state())).isFalse();
    assertThat(begun.toString()).doesNotContain(begun.state(), begun.verifier());
  }

  /** RFC 7636 section 4.1 wants 43 to 128 of these; its appendix B has the example. */
  @Test
  void theVerifierIsOneAndItsChallengeIsThatOfTheStandard() {
    assertThat(SignInAttempt.begin("").verifier()).matches("[A-Za-z0-9._~-]{43,128}");
    assertThat(
            new SignInAttempt("s", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "").challenge())
        .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }

  @Test
  void itLeadsToPlacesOfTheConsoleAlone() {
    for (String elsewhere :
        List.of("https://evil.example", "//evil", "/x", "#x", "#/a b", "#/a\r\nX: y", "#/<a>")) {
      assertThat(SignInAttempt.begin(elsewhere).back()).as(elsewhere).isEmpty();
      String forged = new SignInAttempt("", "", elsewhere).written().substring(2);
      String ours = SignInAttempt.begin("").written();
      assertThat(SignInAttempt.read(ours + forged).orElseThrow().back()).as(elsewhere).isEmpty();
    }
  }

  @Test
  void whatIsNoCookieOfOursIsNoAttempt() {
    for (String cookie : List.of("", "a.b.c", "sta_1.ver_2.", "x".repeat(5_000))) {
      assertThat(SignInAttempt.read(cookie)).as(cookie).isEmpty();
    }
  }
}
