package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What became of a cancellation: for who has the receipt, and for the person who signs in. */
@ApplicationScoped
public class FindReceipt {
  private final ErasureStore erasures;
  private final People people;

  FindReceipt(ErasureStore erasures, People people) {
    this.erasures = erasures;
    this.people = people;
  }

  /** By the secret; empty when it is nobody's, or was forgotten. */
  public Uni<Optional<Receipt>> run(String secret) {
    return ReceiptSecret.read(secret)
        .map(known -> erasures.receipt(ReceiptSecret.hash(known)))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  /** What a person has cancelled and what is not erased yet, the newest first. */
  public Uni<List<Receipt>> of(Secret subject) {
    return erasures
        .of(people.indexOf(subject))
        .map(restricted -> restricted.stream().map(ErasureStore.Restricted::shown).toList());
  }
}
