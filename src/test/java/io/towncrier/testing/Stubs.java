package io.towncrier.testing;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Stand-ins for interfaces of which a test needs few methods; any other one fails. */
public final class Stubs {
  private Stubs() {}

  /**
   * One that answers these methods.
   *
   * @param answers by the name of the method, from what it is asked with
   */
  public static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (stub, called, asked) ->
                Optional.ofNullable(answers.get(called.getName()))
                    .orElseThrow(() -> new AssertionError("nobody expects " + called))
                    .apply(asked)));
  }
}
