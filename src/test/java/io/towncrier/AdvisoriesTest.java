package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Advisories;
import io.towncrier.testing.Advisories.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No library is used in a version that is known to be at fault: docs/advisories.json. */
class AdvisoriesTest {
  private static final String KNOWN =
      """
      {"asOf":"2026-02-01","advisories":[
        {"id":"A-1","published":"2026-01-01","artifacts":["org.example:parser"],
         "affected":"[2.0,2.4.1)","summary":"s"},
        {"id":"A-2","published":"2026-01-01","artifacts":["org.wide:*"],
         "affected":"[,4.1.9.Final)","summary":"s"},
        {"id":"A-3","published":"2026-01-01","artifacts":["org.judged:it"],"affected":"[1,2)",
         "summary":"s","verdict":{"date":"2026-01-02","reachable":false,"why":"not called"}},
        {"id":"A-4","published":"2026-01-01","artifacts":["org.reached:it"],"affected":"[1,2)",
         "summary":"s","verdict":{"date":"2026-01-02","reachable":true,"why":"called"}}]}
      """;

  @TempDir Path folder;

  @Test
  void noLibraryOfTheBuildIsAffectedWithoutAVerdict() throws IOException {
    // Surefire starts with a jar that names the class path only.
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<Library> libraries = Advisories.ofClassPath(classPath);
    assertThat(libraries)
        .extracting(Library::artifact)
        .contains("netty-codec-http2", "jackson-databind", "postgresql", "quarkus-vertx-http");
    assertThat(Advisories.read(Advisories.LIST).open(libraries)).isEmpty();
  }

  @Test
  void everyEntryNamesItsDatesAndAVerdictItsReason() throws IOException {
    Advisories list = Advisories.read(Advisories.LIST);
    assertThat(list.all()).extracting(Advisories.Advisory::id).doesNotHaveDuplicates();
    assertThat(list.all())
        .allSatisfy(
            advisory -> {
              assertThat(advisory.published()).isBeforeOrEqualTo(list.asOf());
              assertThat(advisory.artifacts()).isNotEmpty().allMatch(name -> name.contains(":"));
              advisory
                  .verdict()
                  .ifPresent(
                      verdict -> {
                        assertThat(verdict.date()).isAfterOrEqualTo(advisory.published());
                        assertThat(verdict.why()).isNotBlank();
                      });
            });
  }

  @Test
  void whatIsAffectedIsFoundAndWhatIsMendedOrJudgedIsNot() throws IOException {
    Advisories list = known();
    assertThat(
            list.open(
                List.of(
                    new Library("org.example", "parser", "2.4.0"),
                    new Library("org.example", "parser", "2.4.1"),
                    new Library("org.example", "parser", "1.9"),
                    new Library("org.example", "parser-extras", "2.4.0"),
                    new Library("org.wide", "one", "4.1.8.Final"),
                    new Library("org.wide", "two", "4.1.10.Final"),
                    new Library("org.judged", "it", "1.5"),
                    new Library("org.reached", "it", "1.5"))))
        .containsExactly(
            "A-1 org.example:parser:2.4.0",
            "A-2 org.wide:one:4.1.8.Final",
            "A-4 org.reached:it:1.5");
  }

  @Test
  void theJarsOfAPackageAreRecognized() throws IOException {
    for (String jar :
        List.of(
            "org.example.parser-2.4.0.jar",
            "org.example.parser-extras-2.4.0.jar",
            "org.wide.net-codec-http2-4.1.8.Final.jar",
            "org.other.it-1.0.jar")) {
      Files.createFile(folder.resolve(jar));
    }
    assertThat(known().ofPackage(folder))
        .containsExactlyInAnyOrder(
            new Library("org.example", "parser", "2.4.0"),
            new Library("org.wide", "net-codec-http2", "4.1.8.Final"));
  }

  @Test
  void aClassPathIsReadByTheFoldersOfItsRepository() {
    assertThat(
            Advisories.ofClassPath(
                String.join(
                    System.getProperty("path.separator"),
                    "/home/me/.m2/repository/org/example/deep/parser/2.4.0/parser-2.4.0.jar",
                    "/src/target/classes")))
        .containsExactly(new Library("org.example.deep", "parser", "2.4.0"));
  }

  private Advisories known() throws IOException {
    return Advisories.read(Files.writeString(folder.resolve("known.json"), KNOWN));
  }
}
