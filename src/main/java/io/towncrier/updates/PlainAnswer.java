package io.towncrier.updates;

import java.util.List;

/**
 * The answer to an update check as lines of {@code name=value}, for clients that have a shell and
 * no JSON parser (docs/adr/0034). Names are fixed, and a value is always in one line. The bodies of
 * notes and advisories are left out. The last line is {@code complete=true}: without it, an answer
 * was cut short on its way, or is something else.
 */
public final class PlainAnswer {
  private final StringBuilder lines = new StringBuilder(1024);

  private PlainAnswer() {}

  /** Each line ends with a line feed. */
  public static String of(UpdateAnswer answer) {
    PlainAnswer plain = new PlainAnswer();
    plain.write(answer);
    return plain.lines.toString();
  }

  private void write(UpdateAnswer answer) {
    line("decision", answer.decision());
    answer.reason().ifPresent(reason -> line("reason", reason));
    line("product", answer.product());
    line("installed", answer.installed());
    answer.release().ifPresent(this::write);
    answer.installWindow().ifPresent(this::write);
    line("nextCheckSeconds", answer.nextCheckSeconds());
    line("nextCheckSpreadSeconds", answer.nextCheckSpreadSeconds());
    answer.matters().ifPresent(facts -> line("matters", String.join(",", facts)));
    answer.mattersUntil().ifPresent(until -> line("mattersUntil", until));
    answer.rollouts().ifPresent(this::rollouts);
    answer.askAgainWith().ifPresent(facts -> line("askAgainWith", String.join(",", facts)));
    answer.ignored().ifPresent(facts -> line("ignored", String.join(",", facts)));
    answer.supportedUntil().ifPresent(day -> line("supportedUntil", day));
    line("snapshot", answer.snapshot());
    line("complete", true);
  }

  private void write(UpdateAnswer.Offered release) {
    line("version", release.version());
    release.target().ifPresent(target -> line("target", target));
    line("severity", release.severity());
    line("mandatory", release.mandatory());
    line("publishedAt", release.publishedAt());
    release.counter().ifPresent(counter -> line("counter", counter));
    line("notes.language", release.notes().language());
    line("notes.title", release.notes().title());
    release.advisory().ifPresent(advisory -> line("advisory.id", advisory.id()));
    artifacts(release.artifacts());
  }

  private void rollouts(List<UpdateAnswer.Share> rollouts) {
    line("rollouts", rollouts.size());
    for (int i = 0; i < rollouts.size(); i++) {
      String name = "rollout." + (i + 1) + '.';
      line(name + "id", rollouts.get(i).id());
      line(name + "salt", rollouts.get(i).salt());
      line(name + "share", rollouts.get(i).share());
    }
  }

  private void artifacts(List<UpdateAnswer.File> artifacts) {
    line("artifacts", artifacts.size());
    for (int i = 0; i < artifacts.size(); i++) {
      UpdateAnswer.File artifact = artifacts.get(i);
      String name = "artifact." + (i + 1) + '.';
      line(name + "name", artifact.name());
      line(name + "url", url(artifact.url()));
      line(name + "size", artifact.size());
      line(name + "sha256", artifact.sha256());
    }
  }

  /** A blank at its end, as other values get it, would be part of a URL. */
  private static String url(String url) {
    return url.endsWith("=") ? url.substring(0, url.length() - 1) + "%3D" : url;
  }

  private void write(UpdateAnswer.Window window) {
    line("window.opensInSeconds", window.opensInSeconds());
    window.closesInSeconds().ifPresent(closes -> line("window.closesInSeconds", closes));
  }

  private void line(String name, Object value) {
    lines.append(name).append('=');
    String text = value.toString();
    for (int i = 0; i < text.length(); i++) {
      lines.append(breaksLines(text.charAt(i)) ? ' ' : text.charAt(i));
    }
    if (text.endsWith("=")) {
      // The shell's read drops a delimiter that stands last.
      lines.append(' ');
    }
    lines.append('\n');
  }

  private static boolean breaksLines(char character) {
    return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
  }
}
