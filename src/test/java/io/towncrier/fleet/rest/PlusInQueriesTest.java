package io.towncrier.fleet.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.DeviceList;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.rest.Paging;
import io.towncrier.platform.time.Moments;
import io.towncrier.releases.ReleaseId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators ask about may have a plus in it, escaped or not. */
@Tag("zoneless")
class PlusInQueriesTest {
  private final InputReader input = new InputReader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "product=r1+eu&version=1.2.3+build.5&timezone=Etc/GMT+5",
        "product=r1%2Beu&version=1.2.3%2Bbuild.5&timezone=Etc%2FGMT%2B5"
      })
  void ofTheFleet(String query) {
    FleetFilter filter =
        FleetQuery.filter(
            input,
            value(query, "product"),
            value(query, "version"),
            null,
            value(query, "timezone"),
            null,
            null,
            null);

    input.finish();
    assertThat(filter)
        .isEqualTo(
            FleetFilter.ALL
                .with(Axis.PRODUCT, "r1+eu")
                .with(Axis.VERSION, "1.2.3+build.5")
                .with(Axis.TIMEZONE, "Etc/GMT+5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"version=2.0+git.4f+1", "version=2.0%2Bgit.4f%2b1"})
  void ofDevices(String query) {
    DeviceList.Query asked =
        DeviceQuery.read(input, "p", value(query, "version"), null, Optional.empty(), null, null)
            .get();

    input.finish();
    assertThat(asked.version()).contains("2.0+git.4f+1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"after=r1+eu:2.0+git.4f", "after=r1%2beu:2.0%2bgit.4f"})
  void ofThePageBefore(String query) {
    assertThat(
            new Paging("id", false)
                .read(input, null, value(query, "after"), null, ReleaseId::parse)
                .after())
        .contains(new ReleaseId("r1+eu", "2.0+git.4f"));
    input.finish();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=2026-05-01T03:00:00+02:00",
        "from=2026-05-01T03:00:00%2B02:00",
        "from=2026-05-01T01:00:00Z"
      })
  void ofMoments(String query) {
    assertThat(Moments.read(input, "from", value(query, "from")))
        .contains(Instant.parse("2026-05-01T01:00:00Z"));
    input.finish();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-05-01 03:00:00+02:00", "2026-05-01T03:00:00 ", "2026-05-01 03:00"})
  void aBlankElsewhereIsNoMoment(String text) {
    assertThat(Moments.read(input, "from", text)).isEmpty();
    assertThat(input.errorCount()).isEqualTo(1);
  }

  /** As the server hands a parameter over. */
  private static String value(String query, String name) {
    Map<String, List<String>> parameters = new QueryStringDecoder("/?" + query).parameters();
    return parameters.get(name).get(0);
  }
}
