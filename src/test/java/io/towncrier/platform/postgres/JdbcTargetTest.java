package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.StartRefused;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcTargetTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql://db:6432/towncrier, jdbc:postgresql://db:6432/towncrier",
    "postgresql://db/towncrier, jdbc:postgresql://db:5432/towncrier",
    "postgres://db/towncrier, jdbc:postgresql://db:5432/towncrier",
    "vertx-reactive:postgresql://db:1/towncrier, jdbc:postgresql://db:1/towncrier",
    "postgresql://[::1]:5432/towncrier, jdbc:postgresql://[::1]:5432/towncrier",
    "postgresql://db/town%20crier, jdbc:postgresql://db:5432/town%20crier",
    "postgresql://db/t?sslmode=require&a=b%26c, jdbc:postgresql://db:5432/t?sslmode=require&a=b%26c"
  })
  void theMigrationsGoToTheSameDatabase(String reactive, String jdbc) throws StartRefused {
    assertThat(of(reactive).url()).isEqualTo(jdbc);
  }

  @Test
  void userAndPasswordAreTakenFromTheConfiguration() throws StartRefused {
    JdbcTarget target =
        JdbcTarget.of("postgresql://db/towncrier", Optional.of("me"), Optional.of("secret"));

    assertThat(target.user()).isEqualTo("me");
    assertThat(target.password()).isEqualTo("secret");
  }

  @Test
  void userAndPasswordAreTakenFromTheUrlWhenNotConfigured() throws StartRefused {
    JdbcTarget target = of("postgresql://me:p%40ss:word@db/towncrier");

    assertThat(target.user()).isEqualTo("me");
    assertThat(target.password()).isEqualTo("p@ss:word");
    assertThat(target.url()).isEqualTo("jdbc:postgresql://db:5432/towncrier");
  }

  @Test
  void theConfigurationWinsOverTheUrl() throws StartRefused {
    JdbcTarget target =
        JdbcTarget.of(
            "postgresql://me:secret@db/towncrier", Optional.of("you"), Optional.of("other"));

    assertThat(target.user()).isEqualTo("you");
    assertThat(target.password()).isEqualTo("other");
  }

  @Test
  void withoutUserAndPasswordBothAreEmpty() throws StartRefused {
    assertThat(of("postgresql://db/towncrier").user()).isEmpty();
    assertThat(of("postgresql://db/towncrier").password()).isEmpty();
    assertThat(of("postgresql://me@db/towncrier").password()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "db:5432/towncrier",
        "mysql://db/towncrier",
        "jdbc:postgresql://db/towncrier",
        "http://postgresql://db"
      })
  void whatIsNoPostgresIsRefusedInWordsForTheOperator(String url) {
    assertRefused(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"postgresql://", "postgresql:///towncrier", "postgresql://my_db/towncrier"})
  void aUrlFromWhichNoHostCanBeReadIsRefusedInWordsForTheOperator(String url) {
    assertRefused(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://db/town crier",
        "postgresql://me:pa%ss@db/towncrier",
        "postgres://["
      })
  void aMalformedUrlIsRefusedInWordsForTheOperator(String url) {
    assertRefused(url);
  }

  @Test
  void thePasswordDoesNotShowInALog() throws StartRefused {
    assertThat(of("postgresql://me:secret@db/towncrier"))
        .hasToString("JdbcTarget[jdbc:postgresql://db:5432/towncrier]");
  }

  private static void assertRefused(String url) {
    assertThatThrownBy(() -> of(url))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("QUARKUS_DATASOURCE_REACTIVE_URL")
        .hasMessageNotContaining("pa%ss");
  }

  private static JdbcTarget of(String reactive) throws StartRefused {
    return JdbcTarget.of(reactive, Optional.empty(), Optional.empty());
  }
}
