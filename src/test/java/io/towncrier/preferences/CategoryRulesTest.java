package io.towncrier.preferences;

import static io.towncrier.preferences.Category.ANNOUNCEMENT;
import static io.towncrier.preferences.Category.POLICY;
import static io.towncrier.preferences.Category.SECURITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CategoryRulesTest {
  private static final NotificationAlerts HIDES_ALL =
      new NotificationAlerts(true, Set.of(), Set.of(Category.values()), Optional.empty(), 1);

  @Test
  void whatIsEssentialIsShownWhateverWasChosenBeforeItBecameSo() {
    CategoryRules rules = rules(Set.of(SECURITY), Set.of(), Set.of());

    assertThat(rules.shows(HIDES_ALL, SECURITY)).isTrue();
    assertThat(rules.shows(HIDES_ALL, POLICY)).isFalse();
  }

  @Test
  void whatWasNotSwitchedOffIsShown() {
    CategoryRules rules = rules(Set.of(), Set.of(), Set.of());

    for (Category category : Category.values()) {
      assertThat(rules.shows(NotificationAlerts.INITIAL, category)).isTrue();
    }
  }

  @Test
  void anOwnerBeginsWithTheDefaultsOfTheChannel() {
    NotificationAlerts initial =
        rules(Set.of(SECURITY), Set.of(SECURITY), Set.of(ANNOUNCEMENT)).initial();

    assertThat(initial.push()).isTrue();
    assertThat(initial.off()).containsExactly(SECURITY);
    assertThat(initial.inAppOff()).containsExactly(ANNOUNCEMENT);
    assertThat(initial.version()).isZero();
  }

  @Test
  void anEssentialCategoryCannotBeHiddenByDefault() {
    assertThatThrownBy(() -> rules(Set.of(SECURITY), Set.of(), Set.of(SECURITY)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("in-app-off");
  }

  private static CategoryRules rules(
      Set<Category> essential, Set<Category> pushOff, Set<Category> inAppOff) {
    return new CategoryRules(
        new AlertsConfig() {
          @Override
          public Optional<Set<Category>> essential() {
            return Optional.of(essential);
          }

          @Override
          public int changesAnHour() {
            throw new IllegalStateException("not asked here");
          }

          @Override
          public Duration historyKept() {
            throw new IllegalStateException("not asked here");
          }

          @Override
          public Defaults defaults() {
            return new Defaults() {
              @Override
              public Optional<Set<Category>> pushOff() {
                return Optional.of(pushOff);
              }

              @Override
              public Optional<Set<Category>> inAppOff() {
                return Optional.of(inAppOff);
              }
            };
          }
        });
  }
}
