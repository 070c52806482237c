package io.towncrier.updates.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.towncrier.updates.ReadFacts;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainQueryTest {
  private static final int QUERIES = 200_000;
  private static final List<String> PIECES =
      List.of(
          "version=",
          "version",
          "Version=",
          "country=",
          "cohort=",
          "counter=",
          "manual=true",
          "imsi=",
          "timezone=",
          "Europe%2FBerlin",
          "&",
          "&",
          "&",
          "=",
          "%",
          "%2",
          "%2B",
          "%c3%a4",
          "%7E",
          "%00",
          "+",
          ";",
          "#",
          "?",
          "/",
          "1.0",
          "a",
          "ä",
          "\u202e",
          " ");

  @Test
  void whatClientsSendIsReadAtSight() {
    assertThat(
            PlainQuery.read(
                "version=V2.3.10_build20240401&country=DE&timezone=Europe%2FBerlin&language=de"
                    + "&channel=stable&cohort=a1+b2%2B&hardware=r1&counter=7&manual=true"))
        .contains(
            new ReadFacts(
                "V2.3.10_build20240401",
                "DE",
                "Europe/Berlin",
                "de",
                "stable",
                "a1 b2+",
                "r1",
                "7",
                "true"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "version",
        "version=1&version=2",
        "version=1&",
        "Version=1",
        "version=1&imsi=2",
        "version=%c3%a4",
        "version=%",
        "version=%4",
        "version=%zz",
        "version=1;country=DE",
        "version=1#2",
        "version=ä"
      })
  void whatIsUnusualIsLeftToTheServer(String query) {
    assertThat(PlainQuery.read(query)).isEmpty();
  }

  @Test
  void whatIsReadIsWhatTheServerReads() {
    Random random = new Random(7);
    int read = 0;
    for (int i = 0; i < QUERIES; i++) {
      StringBuilder query = new StringBuilder("version=");
      for (int piece = random.nextInt(8); piece > 0; piece--) {
        query.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      Optional<ReadFacts> plain = PlainQuery.read(query.toString());
      if (plain.isPresent()) {
        assertThat(plain).as(query.toString()).contains(byTheServer(query.toString()));
        read++;
      }
    }
    assertThat(read).isGreaterThan(QUERIES / 20);
  }

  private static ReadFacts byTheServer(String query) {
    MultiMap facts = MultiMap.caseInsensitiveMultiMap();
    new QueryStringDecoder("/?" + query).parameters().forEach(facts::add);
    return new ReadFacts(
        facts.get("version"),
        facts.get("country"),
        facts.get("timezone"),
        facts.get("language"),
        facts.get("channel"),
        facts.get("cohort"),
        facts.get("hardware"),
        facts.get("counter"),
        facts.get("manual"));
  }
}
