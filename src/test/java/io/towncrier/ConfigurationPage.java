package io.towncrier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables of docs/configuration.md, out of the sources of the {@code @ConfigMapping} interfaces:
 * names, defaults, and what their comments say.
 */
final class ConfigurationPage {
  static final String BEGIN = "<!-- The tables below are generated from the sources. -->\n";

  private static final Path SOURCES = Path.of("src/main/java/io/towncrier");
  private static final Pattern PREFIX =
      Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
  private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\"(.*)\"\\)");
  private static final Pattern NAME = Pattern.compile("@WithName\\(\"(.*)\"\\)");
  private static final Pattern INTERFACE = Pattern.compile("(?:public )?interface (\\w+) \\{");
  private static final Pattern SETTING =
      Pattern.compile("([\\w.<>]+|Map<String, \\w+>) (\\w+)\\(\\);");
  private static final Pattern LINK = Pattern.compile("\\{@(?:code|link) ([^}]+)\\}");

  private ConfigurationPage() {}

  /** A setting, as an environment variable. */
  record Setting(String name, String fallback, String meaning) {}

  /** Sections by their headings, in the order of their prefixes. */
  static String tables() {
    TreeMap<String, String> sections = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        Matcher prefix = PREFIX.matcher(source);
        if (prefix.find()) {
          sections.put(prefix.group(1), section(prefix.group(1), source));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return String.join("\n", sections.values());
  }

  private static String section(String prefix, String source) {
    Reader reader = new Reader(prefix);
    source.lines().forEach(reader::take);
    StringBuilder section =
        new StringBuilder("## `")
            .append(environment(prefix))
            .append("_*`\n")
            .append(reader.about)
            .append("\n\n| Name | Default | Meaning |\n|---|---|---|\n");
    for (Setting one : reader.settings) {
      section
          .append("| `")
          .append(one.name)
          .append("` | ")
          .append(one.fallback.isEmpty() ? "" : "`" + one.fallback + "`")
          .append(" | ")
          .append(one.meaning.replace("|", "\\|"))
          .append(" |\n");
    }
    return section.toString();
  }

  static String environment(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  /** Goes through one source, line by line, as google-java-format lays it out. */
  private static final class Reader {
    private final Deque<String> prefixes = new ArrayDeque<>();
    private final List<Setting> settings = new ArrayList<>();
    private final List<String> groups = new ArrayList<>();
    private StringBuilder comment = new StringBuilder();
    private boolean inComment;
    private String about = "";
    private String fallback = "";
    private String given = "";

    Reader(String prefix) {
      prefixes.push(prefix);
    }

    void take(String line) {
      String text = line.strip();
      Matcher type = INTERFACE.matcher(text);
      Matcher setting = SETTING.matcher(text);
      if (text.startsWith("/**")) {
        comment = new StringBuilder();
        inComment = true;
      }
      if (inComment) {
        comment.append(' ').append(text.replaceAll("^/\\*\\*|^\\*(?!/)|\\*/$", "").strip());
        inComment = !text.endsWith("*/");
      } else if (DEFAULT.matcher(text).matches()) {
        fallback = first(DEFAULT, text);
      } else if (NAME.matcher(text).matches()) {
        given = first(NAME, text);
      } else if (type.find()) {
        begin(type.group(1));
      } else if (setting.matches()) {
        add(setting.group(1), setting.group(2));
      } else if (text.equals("}") && line.length() == 3 && prefixes.size() > 1) {
        prefixes.pop();
      }
    }

    private void begin(String type) {
      if (about.isEmpty()) {
        about = said();
      } else {
        // A group: the method that gives it has its type's name.
        prefixes.push(prefixes.peekLast() + "." + group(type));
      }
      comment = new StringBuilder();
    }

    private String group(String type) {
      return groups.stream()
          .filter(entry -> entry.startsWith(type + " "))
          .map(entry -> entry.substring(type.length() + 1))
          .findFirst()
          .orElseGet(() -> kebab(type));
    }

    private void add(String type, String method) {
      String name = given.isEmpty() ? kebab(method) : given;
      if (type.startsWith("Map<")) {
        // NAME stands for what the operator calls it.
        groups.add(type.replaceAll(".* |>", "") + " " + name + ".name");
      } else if (Set.of("Optional", "String", "Path", "URI", "Duration", "LocalTime", "Sender")
              .contains(type.replaceAll("<.*", ""))
          || type.contains("<")
          || Character.isLowerCase(type.charAt(0))) {
        settings.add(new Setting(environment(prefixes.peek() + "." + name), fallback, said()));
      } else {
        groups.add(type + " " + name);
      }
      fallback = "";
      given = "";
      comment = new StringBuilder();
    }

    private String said() {
      String text = comment.toString().replaceAll("\\s+", " ").strip();
      return LINK.matcher(text).replaceAll(found -> "`" + simple(found.group(1)) + "`");
    }

    private static String simple(String name) {
      return name.startsWith("io.towncrier.") ? name.substring(name.lastIndexOf('.') + 1) : name;
    }

    private static String first(Pattern pattern, String text) {
      Matcher found = pattern.matcher(text);
      return found.find() ? found.group(1) : "";
    }
  }
}
