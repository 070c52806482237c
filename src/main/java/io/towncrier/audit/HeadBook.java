package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The signed heads of the chains: reads, adds and signs them. Who may write to the place where they
 * are kept, and has no key of ours, can take lines away and can make none.
 */
@ApplicationScoped
public class HeadBook {
  private static final int TRIES = 5;

  private final SignedHeads place;
  private final HeadSigner signer;

  HeadBook(SignedHeads place, HeadSigner signer) {
    this.place = place;
    this.signer = signer;
  }

  /** All heads of a chain. */
  public Uni<Heads> of(String chain) {
    return Offload.run(() -> heads(chain, place.lines(chain)));
  }

  /**
   * Keeps a head, one for each day: the first of a day stays. Only the last head is looked at: an
   * earlier head with the same day, from a clock that was ahead, does not count.
   */
  public Uni<Void> keep(String chain, SignedHead head) {
    return change(
        chain,
        lines -> {
          Optional<SignedHead> last = heads(chain, lines).last();
          if (last.filter(kept -> kept.day().equals(head.day())).isPresent()) {
            return lines;
          }
          List<String> longer = new ArrayList<>(lines);
          longer.add(line(chain, head));
          return longer;
        });
  }

  /**
   * Signs what a former key has signed: that key is about to end, and its signatures would be those
   * of a stranger (docs/adr/0048). What is not ours stays as it is, to be found.
   */
  public Uni<Void> signAnew() {
    return signAnew(ChainLog.CHANGES).chain(() -> signAnew(ChainLog.READS));
  }

  private Uni<Void> signAnew(String chain) {
    return change(chain, lines -> lines.stream().map(line -> signedAnew(chain, line)).toList());
  }

  private Uni<Void> change(String chain, UnaryOperator<List<String>> change) {
    return Offload.run(
            () -> {
              for (int i = 0; i < TRIES; i++) {
                List<String> known = place.lines(chain);
                List<String> next = change.apply(known);
                // Another process may be faster.
                if (next.equals(known) || place.replace(chain, known, next)) {
                  return true;
                }
              }
              throw new IllegalStateException("somebody else writes the signed heads all the time");
            })
        .replaceWithVoid();
  }

  private Heads heads(String chain, List<String> lines) {
    List<SignedHead> ours = new ArrayList<>();
    List<Integer> foreign = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = Line.of(lines.get(i));
      Optional<SignedHead> head =
          check(chain, line) == HeadSigner.Signed.BY_NO_KEY_OF_OURS
              ? Optional.empty()
              : read(line.text());
      head.ifPresent(ours::add);
      if (head.isEmpty()) {
        foreign.add(i + 1);
      }
    }
    return new Heads(ours, foreign, foreign.contains(lines.size()));
  }

  private String signedAnew(String chain, String line) {
    Line was = Line.of(line);
    return check(chain, was) == HeadSigner.Signed.BY_OUR_FORMER_KEY
        ? was.text() + " " + signer.sign(chain + " " + was.text())
        : line;
  }

  /** The name of the chain is signed, too: no head of the one counts for the other. */
  private HeadSigner.Signed check(String chain, Line line) {
    return signer.check(chain + " " + line.text(), line.signature());
  }

  private String line(String chain, SignedHead head) {
    return head.text() + " " + signer.sign(chain + " " + head.text());
  }

  private static Optional<SignedHead> read(String text) {
    try {
      return Optional.of(SignedHead.read(text));
    } catch (IllegalArgumentException | DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * What stands there of a chain.
   *
   * @param ours in the order in which they were written
   * @param foreign numbers of lines, from 1, that no key of ours has signed
   * @param endsForeign whether the last line is such a one: somebody wrote since the last head
   */
  public record Heads(List<SignedHead> ours, List<Integer> foreign, boolean endsForeign) {
    public Heads {
      ours = List.copyOf(ours);
      foreign = List.copyOf(foreign);
    }

    /** The last that is ours. */
    public Optional<SignedHead> last() {
      return ours.isEmpty() ? Optional.empty() : Optional.of(ours.get(ours.size() - 1));
    }
  }

  /** A text, and its signature behind the last space. */
  private record Line(String text, String signature) {
    static Line of(String line) {
      int space = line.lastIndexOf(' ');
      return space < 0
          ? new Line("", line)
          : new Line(line.substring(0, space), line.substring(space + 1));
    }
  }
}
