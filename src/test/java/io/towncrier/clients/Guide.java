package io.towncrier.clients;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of docs/ whose fenced blocks are run: {@code sh} are commands, one shell for all; {@code
 * text} behind one are lines that its output has; {@code sh setup} says what the test gives, and
 * {@code sh not-tried} needs a machine that no test has.
 */
final class Guide {
  private static final Pattern BLOCK =
      Pattern.compile("^```(\\S*)([^\\n]*)\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String MARK = "@@ block ";
  private static final String END = "@@ end";

  private final List<String> commands = new ArrayList<>();
  private final List<List<String>> promised = new ArrayList<>();
  private final List<String> notTried = new ArrayList<>();

  private Guide() {}

  static Guide of(String page) {
    Guide guide = new Guide();
    Matcher blocks = BLOCK.matcher(page);
    while (blocks.find()) {
      String kind = (blocks.group(1) + blocks.group(2)).trim();
      if (kind.equals("sh")) {
        guide.commands.add(blocks.group(3));
        guide.promised.add(new ArrayList<>());
      } else if (kind.startsWith("sh ")) {
        guide.notTried.add(blocks.group(3));
      } else if (kind.equals("text")) {
        guide.promised.get(guide.promised.size() - 1).addAll(blocks.group(3).lines().toList());
      }
    }
    return guide;
  }

  int commands() {
    return commands.size();
  }

  /** Commands that need what no test has: their syntax alone can be checked. */
  List<String> notTried() {
    return notTried;
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
        if (!part.contains(line)) {
          broken.add("block " + i + " has not written: " + line);
        }
      }
    }
    if (!output.contains(END)) {
      broken.add("the commands end early");
    }
    return broken;
  }
}
