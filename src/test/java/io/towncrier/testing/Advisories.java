package io.towncrier.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.artifact.versioning.DefaultArtifactVersion;
import org.apache.maven.artifact.versioning.InvalidVersionSpecificationException;
import org.apache.maven.artifact.versioning.VersionRange;

/** Known advisories on libraries, and which of them hold for what a package is made of. */
public record Advisories(LocalDate asOf, List<Advisory> all) {
  /** The committed list. */
  public static final Path LIST = Path.of("docs/advisories.json");

  private static final String ANY = "*";
  // A version begins with the last part between dashes that begins with a digit, and has a dot.
  private static final Pattern JAR = Pattern.compile("(.+?)-(\\d+[0-9.]*\\.\\d.*?)\\.jar");

  /** A library of a package. */
  public record Library(String group, String artifact, String version) {
    @Override
    public String toString() {
      return group + ":" + artifact + ":" + version;
    }
  }

  /**
   * What is known against some versions.
   *
   * @param artifacts as group:artifact; any artifact of a group is *
   * @param affected a range as Maven writes it
   * @param verdict why it does not hold here, and since when that is known
   */
  public record Advisory(
      String id,
      LocalDate published,
      List<String> artifacts,
      VersionRange affected,
      Optional<Verdict> verdict) {
    boolean affects(Library library) {
      return artifacts.stream().anyMatch(name -> names(name, library))
          && affected.containsVersion(new DefaultArtifactVersion(library.version()));
    }

    private static boolean names(String name, Library library) {
      String[] parts = name.split(":", 2);
      return parts[0].equals(library.group())
          && (parts[1].equals(ANY) || parts[1].equals(library.artifact()));
    }
  }

  /** That an advisory does not hold for this service. */
  public record Verdict(LocalDate date, boolean reachable, String why) {}

  public static Advisories read(Path file) throws IOException {
    JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(file));
    List<Advisory> all = new ArrayList<>();
    for (JsonNode one : json.required("advisories")) {
      all.add(advisory(one));
    }
    return new Advisories(LocalDate.parse(json.required("asOf").asText()), all);
  }

  private static Advisory advisory(JsonNode json) {
    List<String> artifacts = new ArrayList<>();
    json.required("artifacts").forEach(name -> artifacts.add(name.asText()));
    JsonNode verdict = json.path("verdict");
    return new Advisory(
        json.required("id").asText(),
        LocalDate.parse(json.required("published").asText()),
        artifacts,
        range(json.required("affected").asText()),
        verdict.isMissingNode()
            ? Optional.empty()
            : Optional.of(
                new Verdict(
                    LocalDate.parse(verdict.required("date").asText()),
                    verdict.required("reachable").asBoolean(),
                    verdict.required("why").asText())));
  }

  private static VersionRange range(String text) {
    try {
      return VersionRange.createFromVersionSpec(text);
    } catch (InvalidVersionSpecificationException malformed) {
      throw new IllegalArgumentException(text, malformed);
    }
  }

  /** What has to be mended, or to be judged: one line for each advisory and library. */
  public List<String> open(List<Library> libraries) {
    return all.stream()
        .filter(advisory -> advisory.verdict().filter(v -> !v.reachable()).isEmpty())
        .flatMap(
            advisory ->
                libraries.stream()
                    .filter(advisory::affects)
                    .map(library -> advisory.id() + " " + library))
        .toList();
  }

  /** Those of a class path whose jars lie in a Maven repository. */
  public static List<Library> ofClassPath(String classPath) {
    return Arrays.stream(classPath.split(System.getProperty("path.separator")))
        .map(Path::of)
        .flatMap(jar -> inRepository(jar).stream())
        .toList();
  }

  private static Optional<Library> inRepository(Path jar) {
    int parts = jar.getNameCount();
    for (int root = 0; root + 4 < parts; root++) {
      if (jar.getName(root).toString().equals("repository")) {
        StringBuilder group = new StringBuilder();
        for (int i = root + 1; i < parts - 3; i++) {
          group.append(i > root + 1 ? "." : "").append(jar.getName(i));
        }
        return Optional.of(
            new Library(
                group.toString(),
                jar.getName(parts - 3).toString(),
                jar.getName(parts - 2).toString()));
      }
    }
    return Optional.empty();
  }

  /** Those of a folder of a package, where Quarkus has put the group before each name. */
  public List<Library> ofPackage(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.flatMap(file -> inPackage(file.getFileName().toString()).stream()).toList();
    }
  }

  /** Where the group ends is not written: only what the list speaks of is recognized. */
  private Optional<Library> inPackage(String jar) {
    Matcher name = JAR.matcher(jar);
    if (!name.matches()) {
      return Optional.empty();
    }
    return all.stream()
        .flatMap(advisory -> advisory.artifacts().stream())
        .map(text -> text.split(":", 2))
        .filter(
            text ->
                text[1].equals(ANY)
                    ? name.group(1).startsWith(text[0] + ".")
                    : name.group(1).equals(text[0] + "." + text[1]))
        .map(
            text ->
                new Library(text[0], name.group(1).substring(text[0].length() + 1), name.group(2)))
        .findFirst();
  }
}
