package io.towncrier.releases.editing;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Finding;
import io.towncrier.releases.PublishGate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets one edit of the catalogue happen at a time, and only one that leaves it right. */
@ApplicationScoped
class CatalogueLock {
  private final CatalogueStore catalogue;
  private final PublishGate gate;
  private final Transactions transactions;
  private final CatalogueNews news;

  CatalogueLock(
      CatalogueStore catalogue, PublishGate gate, Transactions transactions, CatalogueNews news) {
    this.catalogue = catalogue;
    this.gate = gate;
    this.transactions = transactions;
    this.news = news;
  }

  /**
   * Runs work in a transaction while nobody else changes the catalogue.
   *
   * @param refused what {@link #lint} refuses as an outcome; then nothing was changed
   * @param isVisible whether clients may get another answer now: the other instances hear of it
   */
  <T> Uni<T> whileLocked(
      Supplier<Uni<T>> work, Function<List<Finding>, T> refused, Predicate<T> isVisible) {
    return transactions
        .inTransaction(() -> catalogue.lock().chain(work::get))
        .onFailure(GateRefused.class)
        .recoverWithItem(failure -> refused.apply(((GateRefused) failure).findings()))
        .call(outcome -> isVisible.test(outcome) ? news.tell() : Uni.createFrom().voidItem());
  }

  /** Lints a product as it stands in this transaction; an error undoes the transaction. */
  Uni<Void> lint(String product) {
    return catalogue
        .loadProduct(product)
        .chain(content -> gate.check(content.orElseThrow()))
        .invoke(GateRefused::ifErrors)
        .replaceWithVoid();
  }
}
