package io.towncrier.clients;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page whose fenced blocks are run: {@code sh} are commands, one POSIX shell for all; {@code
 * text} behind one are lines that its output has, in which three full stops stand for whatever may
 * differ; {@code sh setup} says what the test gives, and {@code sh not-tried} needs a machine that
 * no test has.
 */
final class Guide {
  /** A step of a list has its block indented. */
  private static final Pattern BLOCK =
      Pattern.compile(
          "^( *)```(\\S*)([^\\n]*)\\n(.*?)^\\1```$", Pattern.DOTALL | Pattern.MULTILINE);

  private static final Pattern INDENTED =
      Pattern.compile("(?<=\\n\\n)((?:^ {4,}\\S.*\\n|^\\n(?= {4}))+)", Pattern.MULTILINE);
  private static final String MARK = "@@ block ";
  private static final String END = "@@ end";

  private final List<String> commands = new ArrayList<>();
  private final List<List<String>> promised = new ArrayList<>();
  private final List<String> notTried = new ArrayList<>();
  private final String page;

  private Guide(String page) {
    this.page = page;
  }

  static Guide of(String page) {
    Guide guide = new Guide(page);
    Matcher blocks = BLOCK.matcher(page);
    while (blocks.find()) {
      String kind = kind(blocks);
      if (kind.equals("sh")) {
        guide.commands.add(text(blocks));
        guide.promised.add(new ArrayList<>());
      } else if (kind.startsWith("sh ")) {
        guide.notTried.add(text(blocks));
      } else if (kind.equals("text")) {
        guide.promised.get(guide.promised.size() - 1).addAll(text(blocks).lines().toList());
      }
    }
    return guide;
  }

  private static String kind(MatchResult block) {
    return (block.group(2) + block.group(3)).trim();
  }

  private static String text(MatchResult block) {
    return block.group(4).replaceAll("(?m)^" + block.group(1), "");
  }

  /** What the fences of the page say that they hold. */
  List<String> kinds() {
    return BLOCK.matcher(page).results().map(Guide::kind).distinct().toList();
  }

  /** Every command of the page that is fenced. */
  List<String> shell() {
    return Stream.concat(commands.stream(), notTried.stream()).toList();
  }

  int commands() {
    return commands.size();
  }

  /** Commands that need what no test has: their syntax alone can be checked. */
  List<String> notTried() {
    return notTried;
  }

  /** The blocks of this kind. */
  List<String> blocks(String kind) {
    return BLOCK
        .matcher(page)
        .results()
        .filter(block -> kind(block).equals(kind))
        .map(Guide::text)
        .toList();
  }

  /** Commands that are indented and not fenced; what begins a transaction is SQL. */
  List<String> indented() {
    return INDENTED
        .matcher(BLOCK.matcher(page).replaceAll(""))
        .results()
        .map(block -> block.group().replaceAll("(?m)^ {4}", ""))
        .filter(block -> !block.isBlank() && !block.stripLeading().startsWith("BEGIN;"))
        .toList();
  }

  /** All commands, with a mark before each block. */
  String script() {
    StringBuilder script = new StringBuilder();
    for (int i = 0; i < commands.size(); i++) {
      // An answer need not end its line.
      script.append("printf '\\n").append(MARK).append(i).append("\\n'\n").append(commands.get(i));
    }
    return script.append("echo '").append(END).append("'\n").toString();
  }

  /** What the output of the script does not have. */
  List<String> brokenPromises(String output) {
    List<String> broken = new ArrayList<>();
    String[] parts = output.split("(?m)^" + MARK + "\\d+\\n", -1);
    for (int i = 0; i < commands.size(); i++) {
      String part = i + 1 < parts.length ? parts[i + 1] : "(this step did not run)";
      for (String line : promised.get(i)) {
        if (!promised(line).matcher(part).find()) {
          broken.add("block " + i + " has not written: " + line);
        }
      }
    }
    if (!output.contains(END)) {
      broken.add("the commands end early");
    }
    return broken;
  }

  private static Pattern promised(String line) {
    return Pattern.compile(
        Stream.of(line.split("\\.\\.\\.", -1)).map(Pattern::quote).collect(joining(".*?")));
  }
}
