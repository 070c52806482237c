package io.towncrier.ddi.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.InputReader;
import io.towncrier.testing.RouterServer;
import io.towncrier.updates.FactsQuery;
import io.towncrier.updates.ReadFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RAUC's facts are those of every other check, beside what its headers say. */
@Tag("zoneless")
class RaucFactsTest {
  private final List<ReadFacts> read = new ArrayList<>();
  private final RouterServer server =
      new RouterServer(
          router ->
              router
                  .route()
                  .handler(
                      context -> {
                        read.add(RaucFacts.of(context.request()));
                        context.end();
                      }));

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version=1.0&cohort=50%",
        "version=1.0&cohort=%zz&country=DE",
        "version=1.2+b.3&hardware=A%20B",
        "version=&version=2.0",
        "country=&COUNTRY=FR&version=1",
        "x=1;version=1.0;language=de",
        "%76ersion=1.0",
        "version=1.0&channel=%ff"
      })
  void aQueryIsReadAsEveryCheckReadsIt(String query) throws IOException {
    assertThat(of(query, "")).isEqualTo(FactsQuery.read(query));
  }

  @Test
  void aBrokenEscapeCostsOneFact() throws IOException {
    ReadFacts facts = of("version=1.0&cohort=50%&country=DE", "");

    assertThat(facts.cohort()).isEqualTo(InputReader.NO_TEXT);
    assertThat(facts.version()).isEqualTo("1.0");
    assertThat(facts.country()).isEqualTo("DE");
  }

  @Test
  void theVersionOfTheSystemCountsBeforeTheQuery() throws IOException {
    String headers = "RAUC-System-Version: 3.1\r\nRAUC-Variant: rev-b\r\n";

    assertThat(of("version=1.0", headers).version()).isEqualTo("3.1");
    assertThat(of("version=1.0", headers).hardware()).isEqualTo("rev-b");
    assertThat(of("version=1.0&hardware=c", headers).hardware()).isEqualTo("c");
    assertThat(of("version=1.0&rollouts=2f9c0k1v-in", "").rollouts()).isNull();
  }

  private ReadFacts of(String query, String headers) throws IOException {
    server.send(
        "GET /rauc?"
            + query
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + headers
            + "\r\n");
    return read.get(read.size() - 1);
  }
}
