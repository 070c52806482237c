package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.GivenConfig;
import io.towncrier.platform.Secret;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.auth.LocalCredentials.Caller;
import io.towncrier.platform.auth.Roles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorTokenTest {
  private static final String GIVEN = "correct-horse-battery-staple";

  @TempDir Path dir;

  @Test
  void theFirstStartMakesATokenThatIsTheOperators() throws Exception {
    OperatorToken token = unconfigured();
    Secret made = token.makeIfMissing().orElseThrow();

    assertThat(made.reveal()).startsWith("op_").hasSize(55);
    assertThat(token.callerOf(made).map(Caller::role)).contains(Roles.OPERATOR);
  }

  @Test
  void theSecondStartMakesNoneAndTheFirstStillCounts() throws Exception {
    Secret made = unconfigured().makeIfMissing().orElseThrow();
    OperatorToken second = unconfigured();

    assertThat(second.makeIfMissing()).isEmpty();
    assertThat(second.callerOf(made).map(Caller::role)).contains(Roles.OPERATOR);
  }

  @Test
  void onlyAHashIsKeptAndOnlyItsOwnerReadsIt() throws Exception {
    Secret made = unconfigured().makeIfMissing().orElseThrow();
    Path file = dir.resolve("operator-token.sha256");

    assertThat(file).isRegularFile();
    assertThat(Files.readString(file)).matches("[0-9a-f]{64}").doesNotContain(made.reveal());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "op_", "op_0000000000000000000000000000000000000000000000000000"})
  void anotherTokenIsNobodys(String other) throws Exception {
    OperatorToken token = unconfigured();

    assertThat(token.makeIfMissing()).isPresent();
    assertThat(token.callerOf(new Secret(other))).isEmpty();
  }

  @Test
  void theHashItselfIsNoToken() throws Exception {
    OperatorToken token = unconfigured();

    assertThat(token.makeIfMissing()).isPresent();
    String hash = Files.readString(dir.resolve("operator-token.sha256"));
    assertThat(token.callerOf(new Secret(hash))).isEmpty();
  }

  @Test
  void beforeAnyTokenWasMadeNobodyIsTheOperator() throws Exception {
    assertThat(unconfigured().callerOf(new Secret(""))).isEmpty();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void aGivenTokenCountsAndNoneIsMade() throws Exception {
    OperatorToken token = given(GIVEN);

    assertThat(token.makeIfMissing()).isEmpty();
    assertThat(token.callerOf(new Secret(GIVEN)).map(Caller::role)).contains(Roles.OPERATOR);
    assertThat(token.callerOf(new Secret(GIVEN + "r"))).isEmpty();
    assertThat(dir.resolve("operator-token.sha256")).content().doesNotContain(GIVEN);
  }

  @Test
  void aGivenTokenReplacesTheOneThatWasMade() throws Exception {
    Secret made = unconfigured().makeIfMissing().orElseThrow();
    OperatorToken given = given(GIVEN);

    assertThat(given.makeIfMissing()).isEmpty();
    assertThat(given.callerOf(made)).isEmpty();
    assertThat(given.callerOf(new Secret(GIVEN)).map(Caller::role)).contains(Roles.OPERATOR);
  }

  @Test
  void anOlderTokenNeverComesBack() throws Exception {
    Secret made = unconfigured().makeIfMissing().orElseThrow();
    assertThat(given(GIVEN).makeIfMissing()).isEmpty();

    OperatorToken later = unconfigured();
    assertThat(later.makeIfMissing()).as("the newest one goes on").isEmpty();
    assertThat(later.callerOf(made)).isEmpty();
    assertThat(later.callerOf(new Secret(GIVEN)).map(Caller::role)).contains(Roles.OPERATOR);
  }

  @Test
  void turningOverEndsTheOneBeforeInAServerThatRuns() throws Exception {
    OperatorToken running = given(GIVEN);
    assertThat(running.makeIfMissing()).isEmpty();

    String mark = running.callerOf(new Secret(GIVEN)).orElseThrow().mark();
    assertThat(mark).doesNotContain(GIVEN);
    assertThat(running.counts(mark)).isTrue();
    Secret next = OperatorToken.turnOver(GivenConfig.in(dir));
    assertThat(running.callerOf(new Secret(GIVEN))).isEmpty();
    assertThat(running.counts(mark)).as("sessions that it opened end").isFalse();
    assertThat(running.callerOf(next).map(Caller::role)).contains(Roles.OPERATOR);

    Secret third = OperatorToken.turnOver(GivenConfig.in(dir));
    assertThat(running.callerOf(next)).isEmpty();
    assertThat(running.callerOf(third).map(Caller::role)).contains(Roles.OPERATOR);
  }

  @Test
  void aSettingThatHoldsAnEndedTokenIsRefused() throws Exception {
    assertThat(given(GIVEN).makeIfMissing()).isEmpty();
    OperatorToken.turnOver(GivenConfig.in(dir));
    OperatorToken.turnOver(GivenConfig.in(dir));

    assertThatThrownBy(given(GIVEN)::makeIfMissing)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("TOWNCRIER_OPERATOR_TOKEN holds a token that was turned over")
        .hasMessageNotContaining(GIVEN);
    assertThat(given(GIVEN + "-next").makeIfMissing()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "secret", "1234567890123456789"})
  void aGivenTokenThatCouldBeGuessedIsRefusedWithoutBeingRepeated(String weak) throws Exception {
    OperatorToken token = given(weak);

    assertThatThrownBy(token::makeIfMissing)
        .isInstanceOf(StartRefused.class)
        .hasMessage("TOWNCRIER_OPERATOR_TOKEN must have at least 20 characters");
  }

  @Test
  void twentyCharactersAreEnough() throws Exception {
    String shortest = "12345678901234567890";
    OperatorToken token = given(shortest);

    assertThat(token.makeIfMissing()).isEmpty();
    assertThat(token.callerOf(new Secret(shortest)).map(Caller::role)).contains(Roles.OPERATOR);
  }

  @Test
  void aMadeTokenDoesNotShowItselfInALog() throws Exception {
    Secret made = unconfigured().makeIfMissing().orElseThrow();

    assertThat(made).hasToString("[redacted]");
  }

  @Test
  void withOidcNoTokenIsMade() throws Exception {
    OperatorToken token = new OperatorToken(GivenConfig.in(dir), true);

    assertThat(token.makeIfMissing()).isEmpty();
    assertThat(dir).isEmptyDirectory();
  }

  private OperatorToken unconfigured() {
    return new OperatorToken(GivenConfig.in(dir), false);
  }

  private OperatorToken given(String token) {
    return new OperatorToken(GivenConfig.in(dir).withOperatorToken(token), false);
  }
}
