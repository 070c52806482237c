package io.towncrier.privacy.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.testing.Sql;
import io.towncrier.testing.WithOidc;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** No column is persisted that nobody has classified, and none is classified that is not there. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class ClassifiedColumnsIT {
  private static final String PERSISTED =
      """
      SELECT string_agg(c.table_name || '.' || c.column_name, ' ')
      FROM information_schema.columns AS c
      JOIN information_schema.tables AS t USING (table_schema, table_name)
      WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
      """;

  @Test
  void theListHasTheColumnsOfTheDatabaseAndNoOthers() {
    assertThat(classified()).isEqualTo(persisted());
  }

  @Test
  void aColumnThatNobodyHasClassifiedIsCaught() {
    Sql.run("CREATE TABLE planted (nobody_knows text)");
    try {
      assertThat(persisted()).contains("planted.nobody_knows").isNotEqualTo(classified());
    } finally {
      Sql.run("DROP TABLE planted");
    }
  }

  private static Set<String> classified() {
    return Classification.own().columns().stream()
        .map(column -> column.table() + "." + column.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> persisted() {
    return Arrays.stream(Sql.text(PERSISTED).split(" ", -1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
