package io.towncrier.audit;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/**
 * Removes entries that are past their time, whole segments behind a head that was signed off: the
 * chain then begins there. Without such a head nothing is removed.
 */
@ApplicationScoped
public class ForgetOldEntries {
  private final AuditLog changes;
  private final ReadLog reads;
  private final HeadBook signed;

  ForgetOldEntries(AuditLog changes, ReadLog reads, HeadBook signed) {
    this.changes = changes;
    this.reads = reads;
    this.signed = signed;
  }

  /**
   * Removes entries that were written before a moment, of one chain after the other.
   *
   * @return how many, at most the limit; 0 when nothing is left to be removed
   */
  public Uni<Integer> removeBefore(Instant moment, int limit) {
    return shorten(changes, moment, limit)
        .chain(
            removed ->
                removed > 0 ? Uni.createFrom().item(removed) : shorten(reads, moment, limit));
  }

  private Uni<Integer> shorten(ChainLog chain, Instant moment, int limit) {
    return chain
        .hasBefore(moment)
        .chain(
            has ->
                has
                    ? begin(chain, moment).chain(() -> chain.removeBeforeStart(limit))
                    : Uni.createFrom().item(0));
  }

  private Uni<Void> begin(ChainLog chain, Instant moment) {
    return signed
        .of(chain.chain())
        .chain(heads -> chain.beginBehind(signedBefore(heads.ours(), moment), moment));
  }

  /**
   * Heads that were signed before a moment. Their times may be in no order: a clock may have been
   * wrong. Pure.
   */
  static List<AuditLog.Head> signedBefore(List<SignedHead> heads, Instant moment) {
    return heads.stream()
        .filter(head -> head.at().isBefore(moment) && head.head().number() > 0)
        .map(SignedHead::head)
        .toList();
  }
}
