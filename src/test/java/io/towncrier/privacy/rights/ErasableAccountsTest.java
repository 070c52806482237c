package io.towncrier.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.installation.LedgerInMemory;
import io.towncrier.installation.NoteErased;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasableAccountsTest {
  private final List<String> done = new ArrayList<>();

  private final List<PersonalDataStore> stores = List.of(new Kept(), new Kept());
  private final LedgerInMemory ledger = new LedgerInMemory();

  @Test
  void anAccountThatCameBackIsRestrictedCutOffAndErasedInThisOrder() {
    PeopleInMemory people = new PeopleInMemory(done::add);
    people.add("acc_1", "alice");
    NoteErased noted = new NoteErased(ledger, InstantSource.system());
    ErasableAccounts accounts =
        new ErasableAccounts(people, new RestrictAccount(people, stores, noted), stores);

    assertThat(accounts.kind()).as("hashes in ledgers are made with it").isEqualTo("account");
    assertThat(accounts.ids("", 500).await().indefinitely()).containsExactly("acc_1");
    accounts.erase("acc_1").await().indefinitely();
    assertThat(done)
        .containsExactly(
            "restrict acc_1", "restrict acc_1", "cut off acc_1", "erase acc_1", "erase acc_1");
    assertThat(accounts.ids("", 500).await().indefinitely()).isEmpty();
    assertThat(ledger.hashes()).as("what came back is in it already").isEmpty();
  }

  /** Keeps a note of each account until it is erased. */
  private final class Kept implements PersonalDataStore {
    @Override
    public Set<String> tables() {
      return Set.of("note");
    }

    @Override
    public Uni<Map<String, List<String>>> export(String account) {
      boolean erased = done.contains("erase " + account);
      return Uni.createFrom().item(Map.of("note", erased ? List.of() : List.of("{}")));
    }

    @Override
    public Uni<Void> restrict(String account) {
      done.add("restrict " + account);
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> erase(String account) {
      done.add("erase " + account);
      return Uni.createFrom().voidItem();
    }
  }
}
