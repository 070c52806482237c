package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;
import org.junit.jupiter.api.Test;

/** What makes the templates, and what tests them, is held to the same list as what is served. */
final class AdvisoriesTest {
  private static final Path LIST = Path.of("../docs/advisories.json");

  // .../repository/GROUP/ARTIFACT/VERSION/ARTIFACT-VERSION.jar
  private static final Pattern JAR = Pattern.compile(".*?/repository/(.+)/([^/]+)/([^/]+)/[^/]+");

  private static final String KNOWN =
      """
      {"advisories":[
        {"id":"A-1","artifacts":["org.example:parser"],"affected":"[2.0,2.4.1)"},
        {"id":"A-2","artifacts":["org.wide:*"],"affected":"[,4.1.9.Final)"},
        {"id":"A-3","artifacts":["org.judged:it"],"affected":"[1,2)","verdict":{"reachable":false}},
        {"id":"A-4","artifacts":["org.reached:it"],"affected":"[1,2)","verdict":{"reachable":true}}]}
      """;

  @Test
  void noLibraryOfTheInfrastructureIsAffectedWithoutAVerdict() throws IOException {
    // Surefire starts with a jar that names the class path only.
    List<Library> libraries =
        libraries(
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    assertThat(libraries)
        .extracting(Library::artifact)
        .contains("aws-cdk-lib", "cdknag", "jsii-runtime", "jackson-databind", "postgresql");
    assertThat(open(new ObjectMapper().readTree(LIST.toFile()), libraries)).isEmpty();
  }

  @Test
  void whatIsAffectedIsFoundAndWhatIsMendedOrJudgedIsNot() throws IOException {
    String root = "/home/me/.m2/repository/";
    List<Library> libraries =
        libraries(
            String.join(
                System.getProperty("path.separator"),
                root + "org/example/parser/2.4.0/parser-2.4.0.jar",
                root + "org/example/parser-extras/2.4.0/parser-extras-2.4.0.jar",
                root + "org/wide/one/4.1.8.Final/one-4.1.8.Final.jar",
                root + "org/wide/two/4.1.10.Final/two-4.1.10.Final.jar",
                root + "org/judged/it/1.5/it-1.5.jar",
                root + "org/reached/it/1.5/it-1.5.jar",
                "/src/target/classes"));
    assertThat(libraries).hasSize(6);
    assertThat(open(new ObjectMapper().readTree(KNOWN), libraries))
        .containsExactly(
            "A-1 org.example:parser:2.4.0",
            "A-2 org.wide:one:4.1.8.Final",
            "A-4 org.reached:it:1.5");
  }

  private static List<String> open(JsonNode list, List<Library> libraries) {
    List<String> open = new ArrayList<>();
    for (JsonNode advisory : list.required("advisories")) {
      if (advisory.path("verdict").path("reachable").asBoolean(true)) {
        libraries.stream()
            .filter(library -> library.isNamedBy(advisory) && library.isIn(advisory))
            .forEach(library -> open.add(advisory.path("id").asText() + " " + library));
      }
    }
    return open;
  }

  private static List<Library> libraries(String classPath) {
    return Arrays.stream(classPath.split(System.getProperty("path.separator")))
        .map(JAR::matcher)
        .filter(Matcher::matches)
        .map(jar -> new Library(jar.group(1).replace('/', '.'), jar.group(2), jar.group(3)))
        .toList();
  }

  private record Library(String group, String artifact, String version) {
    boolean isNamedBy(JsonNode advisory) {
      for (JsonNode name : advisory.required("artifacts")) {
        String text = name.asText();
        if (text.equals(group + ":" + artifact) || text.equals(group + ":*")) {
          return true;
        }
      }
      return false;
    }

    boolean isIn(JsonNode advisory) {
      try {
        return VersionRange.createFromVersionSpec(advisory.required("affected").asText())
            .containsVersion(new DefaultArtifactVersion(version));
      } catch (InvalidVersionSpecificationException malformed) {
        throw new IllegalArgumentException(advisory.toString(), malformed);
      }
    }

    @Override
    public String toString() {
      return group + ":" + artifact + ":" + version;
    }
  }
}
