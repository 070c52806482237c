package io.towncrier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.sending.DeliveryCounters;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryResultTest {
  @Test
  void metricsKnowEachOutcome() {
    List<String> outcomes =
        Arrays.stream(DeliveryResult.class.getPermittedSubclasses())
            .map(DeliveryResultTest::any)
            .map(DeliveryResult::outcome)
            .toList();

    assertThat(DeliveryCounters.OUTCOMES).containsExactlyInAnyOrderElementsOf(outcomes);
    assertThat(outcomes).doesNotHaveDuplicates();
  }

  private static DeliveryResult any(Class<?> type) {
    Constructor<?> constructor =
        Arrays.stream(type.getDeclaredConstructors())
            .max(Comparator.comparingInt(Constructor::getParameterCount))
            .orElseThrow();
    Object[] values =
        Arrays.stream(constructor.getParameterTypes()).map(DeliveryResultTest::anyValue).toArray();
    try {
      return (DeliveryResult) constructor.newInstance(values);
    } catch (ReflectiveOperationException failure) {
      throw new LinkageError(type.getName(), failure);
    }
  }

  private static Object anyValue(Class<?> type) {
    return type == String.class ? "A_CODE" : type == boolean.class ? true : Optional.empty();
  }
}
