package io.towncrier.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sentences that stand in sources: the string literals, joined where the source joins them,
 * with a gap where it puts a value in.
 */
final class Sentences {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?s)//[^\n]*|/\\*.*?\\*/|'(?:\\\\.[^']*|[^'\\\\])'|\"\"\".*?\"\"\""
              + "|\"((?:\\\\.|[^\"\\\\\n])*)\"");

  private static final Pattern JOINED = Pattern.compile("\\s*\\+\\s*");
  private static final Pattern JOINED_BY_A_VALUE = Pattern.compile("\\s*\\+[^;\"{}]*\\+\\s*");
  private static final Pattern VALUE_BEFORE = Pattern.compile("(?s).*\\+\\s*");
  private static final Pattern VALUE_AFTER = Pattern.compile("(?s)\\s*\\+.*");
  private static final String GAP = "\0";
  private static final int NEAR = 40;

  private final Set<String> whole = new HashSet<>();
  private final List<WithGaps> withGaps = new ArrayList<>();

  private Sentences() {}

  /** Of all Java files below a folder. */
  static Sentences below(Path folder) {
    Sentences sentences = new Sentences();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        sentences.read(Files.readString(file));
      }
      return sentences;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Of one source. */
  static Sentences of(String source) {
    Sentences sentences = new Sentences();
    sentences.read(source);
    return sentences;
  }

  /** Whether a text stands there, with a value in each gap; most of it must be no value. */
  boolean have(String text) {
    return whole.contains(text) || withGaps.stream().anyMatch(one -> one.isBehind(text));
  }

  private void read(String source) {
    List<MatchResult> literals =
        TOKEN.matcher(source).results().filter(token -> token.group(1) != null).toList();
    String text = "";
    int end = 0;
    for (MatchResult literal : literals) {
      String between = source.substring(end, literal.start());
      // The compiler reads a Unicode escape before it reads literals: no sentence has it.
      String own = literal.group(1).replace("\\u", "\\\\u").translateEscapes();
      if (JOINED.matcher(between).matches()) {
        text += own;
      } else if (JOINED_BY_A_VALUE.matcher(between).matches()) {
        text += GAP + own;
      } else {
        keep(text + valueAfter(source, end));
        text = valueBefore(source, literal.start()) + own;
      }
      end = literal.end();
    }
    keep(text + valueAfter(source, end));
  }

  private static String valueBefore(String source, int begin) {
    return VALUE_BEFORE.matcher(source.substring(Math.max(0, begin - NEAR), begin)).matches()
        ? GAP
        : "";
  }

  private static String valueAfter(String source, int end) {
    return VALUE_AFTER
            .matcher(source.substring(end, Math.min(source.length(), end + NEAR)))
            .matches()
        ? GAP
        : "";
  }

  private void keep(String text) {
    String gaps = text.replaceAll("%,?[sd]", GAP);
    if (gaps.contains(GAP)) {
      withGaps.add(WithGaps.of(gaps));
    } else {
      whole.add(text);
    }
  }

  private record WithGaps(Pattern pattern, int own) {
    static WithGaps of(String text) {
      return new WithGaps(
          Pattern.compile(
              Stream.of(text.split(GAP, -1)).map(Pattern::quote).collect(Collectors.joining(".+"))),
          text.replace(GAP, "").length());
    }

    boolean isBehind(String said) {
      return own * 2 >= said.length() && pattern.matcher(said).matches();
    }
  }
}
