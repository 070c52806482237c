package io.towncrier.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.privacy.processors.EraseAtProcessors;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TablesHold;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What docs/results.md says of the canary scan; run by bench/canary, and too long for the suite.
 */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("bench")
class CanaryBench {
  private static final Path REPORT = Path.of("target", "canary.md");

  @Inject EraseDue erase;
  @Inject EraseAtProcessors atProcessors;

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    // Segments of the log are removed and not used again, so that what is rotated is gone.
    Sql.run("ALTER SYSTEM SET wal_recycle = off");
    Sql.run("ALTER SYSTEM SET min_wal_size = '32MB'");
    Sql.run("SELECT pg_reload_conf()");
  }

  @Test
  void scan() throws IOException {
    int count = Integer.parseInt(System.getenv().getOrDefault("CANARY_SUBJECTS", "2000"));
    CanaryField field = CanaryField.planted();
    List<CanaryField.Person> people = field.use(count);
    rewrite();
    List<String> afterUse = found(field.hidden());
    field.erase(people, erase, atProcessors);
    rewrite();
    List<String> afterErasure = found(field.hidden());
    afterErasure.addAll(found(field.gone()));
    String planted = CanaryField.planted().hidden();
    Sql.run(
        "INSERT INTO rollout_stage (product_id, stage, since) VALUES ('planted', ?, now())",
        planted);
    Sql.run("CHECKPOINT");
    List<String> ofThePlanted = found(planted);
    Sql.run("DELETE FROM rollout_stage WHERE product_id = 'planted'");

    Files.writeString(
        REPORT,
        String.format(
            Locale.ROOT,
            "| subjects | forbidden fields in each request | found after use | found after erasure |"
                + " places in which a planted one is found |%n|---|---|---|---|---|%n"
                + "| %,d | %d | %d | %d | %d |%n",
            count,
            CanaryField.forbiddenFields(),
            afterUse.size(),
            afterErasure.size(),
            ofThePlanted.size()));
    assertThat(afterUse).isEmpty();
    assertThat(afterErasure).isEmpty();
    assertThat(ofThePlanted).contains("table rollout_stage").anyMatch(at -> at.startsWith("file "));
  }

  /** What was deleted leaves the files, and what was logged leaves the log. */
  private static void rewrite() {
    Sql.run("VACUUM FULL");
    for (int i = 0; i < 3; i++) {
      Sql.run("SELECT pg_switch_wal()");
      Sql.run("CHECKPOINT");
    }
  }

  private static List<String> found(String mark) throws IOException {
    List<String> found = new ArrayList<>();
    TablesHold.thisText(mark).forEach(table -> found.add("table " + table));
    List<byte[]> forms =
        TablesHold.forms(mark).stream().map(f -> f.getBytes(StandardCharsets.UTF_8)).toList();
    Path data = Path.of(Sql.text("SHOW data_directory"));
    for (Path root : List.of(data.resolve("base"), data.resolve("pg_wal"))) {
      try (Stream<Path> files = Files.walk(root)) {
        files
            .filter(Files::isRegularFile)
            .filter(file -> forms.stream().anyMatch(form -> contains(file, form)))
            .forEach(file -> found.add("file " + data.relativize(file)));
      }
    }
    return found;
  }

  private static boolean contains(Path file, byte[] form) {
    try {
      // As Latin-1 each byte is a character.
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains(new String(form, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException removed) {
      return false;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
