package io.towncrier.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Books of signed heads for tests, in memory; the key is a word. */
public final class HeadBooks {
  private HeadBooks() {}

  /** An empty one. */
  public static HeadBook empty() {
    return of(new Elsewhere(), "key");
  }

  /**
   * One over a place.
   *
   * @param keys the one that signs, and former ones
   */
  static HeadBook of(SignedHeads place, String... keys) {
    return new HeadBook(place, new ByWord(List.of(keys)));
  }

  /** A place outside of the database. */
  static final class Elsewhere implements SignedHeads {
    private final Map<String, List<String>> lines = new HashMap<>();
    private int slowBy;

    @Override
    public synchronized List<String> lines(String chain) {
      return List.copyOf(lines.getOrDefault(chain, List.of()));
    }

    @Override
    public synchronized boolean replace(String chain, List<String> known, List<String> next) {
      if (slowBy > 0 || !lines(chain).equals(known)) {
        slowBy--;
        return false;
      }
      lines.put(chain, new ArrayList<>(next));
      return true;
    }

    /** Somebody who may write there does so. */
    void put(String chain, List<String> next) {
      lines.put(chain, new ArrayList<>(next));
    }

    /** Others are faster, so often. */
    void slowBy(int times) {
      slowBy = times;
    }
  }

  /** No signature at all, and of the right behaviour. */
  private record ByWord(List<String> keys) implements HeadSigner {
    @Override
    public String sign(String text) {
      return sign(keys.get(0), text);
    }

    @Override
    public Signed check(String text, String signature) {
      if (signature.equals(sign(text))) {
        return Signed.BY_OUR_KEY;
      }
      return keys.stream().anyMatch(key -> signature.equals(sign(key, text)))
          ? Signed.BY_OUR_FORMER_KEY
          : Signed.BY_NO_KEY_OF_OURS;
    }

    private static String sign(String key, String text) {
      return key + "-" + Integer.toHexString(text.hashCode());
    }
  }
}
