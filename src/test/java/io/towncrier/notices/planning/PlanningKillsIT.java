package io.towncrier.notices.planning;

import static io.towncrier.notices.planning.PlanningField.pushes;
import static io.towncrier.notices.planning.PlanningField.show;
import static io.towncrier.notices.planning.PlanningField.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.notices.planning.PlanningField.Phone;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Walks that are killed at random moments, while devices register, move, look and leave: each
 * device that was there is planned and pushed to exactly once.
 */
@QuarkusTest
@TestProfile(SmallPages.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class PlanningKillsIT {
  private static final Logger LOG = Logger.getLogger(PlanningKillsIT.class);
  private static final int PHONES = 48;
  private static final int MOST_ROUNDS = 400;

  // The whole page is lost: as when the process or the database dies in the middle of it.
  private static final String DIE_SOMETIMES =
      """
      CREATE OR REPLACE FUNCTION die_sometimes() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF random() < 0.08 THEN
          PERFORM pg_terminate_backend(pg_backend_pid());
        END IF;
        RETURN NEW;
      END $$
      """;

  @Inject PlanningField field;

  private final Random random = new Random(ThreadLocalRandom.current().nextLong());
  private final Set<String> gone = new HashSet<>();
  private final Set<String> changed = new HashSet<>();
  private String other;

  @AfterEach
  void liveAgain() {
    field.run("DROP FUNCTION IF EXISTS die_sometimes CASCADE");
  }

  @Test
  void eachDeviceIsPlannedExactlyOnceWhateverDiesAndWhoeverMoves() {
    List<Phone> phones = field.begin(PHONES);
    other = PlanningField.newProduct("app");
    Map<String, Object> notice = field.announcement();
    notice.put("audience", Map.of("products", List.of(field.product(), other)));
    String id = started(notice);
    List<Phone> later = new ArrayList<>();
    field.run(DIE_SOMETIMES);
    field.run(
        "CREATE TRIGGER die_sometimes AFTER INSERT ON delivery"
            + " FOR EACH ROW EXECUTE FUNCTION die_sometimes()");

    int rounds = 0;
    for (; !isComplete(id); rounds++) {
      assertThat(rounds).as("rounds").isLessThan(MOST_ROUNDS);
      CompletableFuture<Void> walk = CompletableFuture.runAsync(this::walkUntilItDies);
      CompletableFuture<Void> second = CompletableFuture.runAsync(this::walkUntilItDies);
      disturb(phones);
      if (later.size() < 5) {
        later.add(field.phone());
      }
      walk.join();
      second.join();
    }
    LOG.infof("planned in %d rounds", rounds);
    liveAgain();
    field.drain();
    field.finish();

    assertThat(show(id).extract().<String>path("state")).isEqualTo("done");
    List<String> planned = field.planned(id);
    for (Phone phone : phones) {
      if (gone.contains(phone.id())) {
        assertThat(planned).doesNotContain(phone.id());
      } else {
        assertThat(planned).as("moved: %s", changed.contains(phone.id())).contains(phone.id());
        assertThat(pushes(phone)).isEqualTo(1);
      }
    }
    assertThat(later).allMatch(phone -> pushes(phone) == 0);
    assertThat(planned).doesNotContainAnyElementsOf(later.stream().map(Phone::id).toList());
  }

  private boolean isComplete(String notice) {
    return show(notice).extract().path("planning.complete");
  }

  private void walkUntilItDies() {
    try {
      field.plan(1 + random.nextInt(4));
    } catch (RuntimeException killed) {
      LOG.debugf("the walk died: %s", killed);
    }
  }

  /** Somebody moves between the products, and back; somebody leaves, somebody looks. */
  private void disturb(List<Phone> phones) {
    Phone mover = phones.get(random.nextInt(phones.size()));
    if (!gone.contains(mover.id())) {
      changed.add(mover.id());
      field.run(
          "UPDATE device SET product_id = CASE product_id WHEN $2 THEN $3 ELSE $2 END, version = '2.0'"
              + " WHERE id = $1",
          mover.id(),
          field.product(),
          other);
    }
    Phone looker = phones.get(random.nextInt(phones.size()));
    if (!gone.contains(looker.id())) {
      // The connection of this very look may be the one that dies; the phone asks again.
      looker.device().as().get(looker.device().path("/notices"));
    }
    Phone leaver = phones.get(random.nextInt(phones.size()));
    if (gone.size() < PHONES / 6 && gone.add(leaver.id())) {
      int answer = leaver.device().as().delete(leaver.device().path("")).statusCode();
      assertThat(answer).isIn(204, 503);
      if (answer == 503) {
        gone.remove(leaver.id());
      }
    }
  }
}
