package io.towncrier.platform.rest.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.TowncrierConfig;
import io.towncrier.testing.Configs;
import io.towncrier.testing.RouterServer;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** For whose pages the answer to each form of the check is. */
@Tag("zoneless")
class CorsTest {
  private static final String ORIGIN = "https://app.example";

  private final TowncrierConfig config =
      Configs.of(TowncrierConfig.class, Map.of("towncrier.cors.origins", ORIGIN));
  private final RouterServer server =
      new RouterServer(
          router -> {
            new Cors(config).register(router);
            router.route().handler(context -> context.end("x"));
          });

  @AfterEach
  void stop() {
    server.close();
  }

  // The controllers of DDI are no browsers, and its paths are not those of the API.
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "OF_CONTROLLER")
  void anAnswerThatSharedCachesKeepIsForEveryOrigin(CheckForm form) throws IOException {
    String path = form.route().replaceAll("[{}]", "");
    for (String end : new String[] {"", "/"}) {
      String answer =
          server
              .send(
                  "GET "
                      + path
                      + end
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: "
                      + ORIGIN
                      + "\r\n\r\n")
              .text();
      assertThat(answer)
          .containsIgnoringCase(
              "access-control-allow-origin: " + (form.isForPages() ? "*" : ORIGIN) + "\r\n");
      assertThat(answer.toLowerCase(Locale.ROOT).contains("vary: origin"))
          .isEqualTo(!form.isForPages());
    }
  }
}
