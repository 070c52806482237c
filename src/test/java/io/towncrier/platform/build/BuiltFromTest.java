package io.towncrier.platform.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltFromTest {
  @ParameterizedTest
  @ValueSource(strings = {"0123456789ab", "0123456789ab-dirty", " 0123456789ab\n"})
  void aCommitIsTold(String written) {
    assertThat(BuiltFrom.checked(written)).isEqualTo(written.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "${commit}", "fatal: not a git repository", "v1.2", "01234", "012345678X"})
  void whatABuildWithoutGitWritesIsUnknown(String written) {
    assertThat(BuiltFrom.checked(written)).isEqualTo("unknown");
  }

  @Test
  void thisBuildTellsOneOrTheOther() {
    assertThat(BuiltFrom.commit()).matches("unknown|[0-9a-f]{7,64}(-dirty)?");
  }

  @Test
  void onlyACommitWithoutChangesNamesOneBuild() {
    assertThat(BuiltFrom.isExact("91e5a107a837")).isTrue();
    assertThat(BuiltFrom.isExact("91e5a107a837-dirty")).isFalse();
    assertThat(BuiltFrom.isExact("unknown")).isFalse();
  }
}
