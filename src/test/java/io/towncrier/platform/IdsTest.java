package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  @Test
  void anIdHasItsPrefixAndTwentySixCharactersOfCrockfordsAlphabet() {
    assertThat(Ids.next("dev")).matches("dev_[0-9abcdefghjkmnpqrstvwxyz]{26}");
  }

  @Test
  void aSecretIsTwiceAsLongAndDoesNotShowItself() {
    Secret secret = Ids.nextSecret("ds");

    assertThat(secret.reveal()).matches("ds_[0-9abcdefghjkmnpqrstvwxyz]{52}");
    assertThat(secret.toString()).isEqualTo("[redacted]");
  }

  @Test
  void noIdComesTwiceAndEveryLetterOfTheAlphabetIsUsed() {
    Set<String> ids = new HashSet<>();
    Set<Integer> letters = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      String id = Ids.next("n");
      ids.add(id);
      id.substring(2).chars().forEach(letters::add);
    }

    assertThat(ids).hasSize(2_000);
    assertThat(letters).hasSize(32);
  }

  @Test
  void theSameTextsHaveTheSameIdAndOthersAnother() {
    String id = Ids.of("prq", "era_1", "deletion", "CASE-4711");

    assertThat(id).matches("prq_[0-9abcdefghjkmnpqrstvwxyz]{26}");
    assertThat(Ids.of("prq", "era_1", "deletion", "CASE-4711")).isEqualTo(id);
    assertThat(Ids.of("prq", "era_1", "deletionC", "ASE-4711")).isNotEqualTo(id);
    assertThat(Ids.of("prq", "era_2", "deletion", "CASE-4711")).isNotEqualTo(id);
  }

  @Test
  void whatWasMadeLooksLikeAnId() {
    assertThat(Ids.looksLike("dev", Ids.next("dev"))).isTrue();
    assertThat(Ids.looksLike("dev", Ids.next("not"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dev_",
        "dev",
        "dev_0123456789abcdefghjkmnpqr",
        "dev_0123456789abcdefghjkmnpqrst",
        "DEV_0123456789abcdefghjkmnpqrs",
        "dev_0123456789abcdefghjkmnpqrS",
        "dev-0123456789abcdefghjkmnpqrs",
        "dev_0123456789abcdefghjkmnpq/s",
        "dev_0123456789abcdefghjkmnpq s",
        "dev_0123456789abcdefghjkmnpq\u0000s",
        "dev_0123456789abcdefghjkmnpq\u00e9s"
      })
  void whatCannotBeAnIdIsSeenWithoutADatabase(String text) {
    assertThat(Ids.looksLike("dev", text)).isFalse();
  }
}
