package io.towncrier.installation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is known outside of the database. May block. */
public interface Outside {
  /** The data directory's own marker; empty where the database is not in it. */
  Optional<String> marker();

  /** What the witness says; empty without one. */
  Optional<Testimony> witness();

  /** Has the witness say this from now on, unless it knows more; nothing where there is none. */
  void tell(Testimony testimony);

  /**
   * How far the service had come.
   *
   * @param mark of the database, when it was told
   * @param at when
   * @param notices that ran then, or had ended within a day
   */
  record Testimony(long mark, Instant at, List<Sent> notices) {
    public Testimony {
      notices = List.copyOf(notices);
    }

    /** As a witness keeps it: mark and moment, then a line for each notice. */
    public String text() {
      StringBuilder text = new StringBuilder().append(mark).append(' ').append(at);
      notices.forEach(
          sent -> text.append('\n').append(sent.notice()).append(' ').append(sent.accepted()));
      return text.toString();
    }

    /**
     * The reverse.
     *
     * @throws IllegalArgumentException or a DateTimeException when it is no such text
     */
    public static Testimony read(String text) {
      List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
      String[] first = words(lines.isEmpty() ? "" : lines.get(0));
      List<Sent> notices = new ArrayList<>();
      for (String line : lines.subList(1, lines.size())) {
        String[] words = words(line);
        notices.add(new Sent(words[0], Long.parseLong(words[1])));
      }
      return new Testimony(Long.parseLong(first[0]), Instant.parse(first[1]), notices);
    }

    private static String[] words(String line) {
      String[] words = line.split(" ", -1);
      if (words.length != 2) {
        throw new IllegalArgumentException("a line has two words, and does not");
      }
      return words;
    }
  }

  /**
   * What was sent of a notice.
   *
   * @param accepted how many pushes the provider had taken, at least
   */
  record Sent(String notice, long accepted) {}
}
