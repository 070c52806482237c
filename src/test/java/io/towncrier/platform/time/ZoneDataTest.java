package io.towncrier.platform.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.StartRefused;
import io.towncrier.testing.ZoneFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneDataTest {
  @TempDir private Path directory;

  @Test
  void everyZoneOfTheJdkIsReadAsTheJdkReadsIt() throws IOException {
    ZoneData data = ZoneData.read(ZoneFile.OF_JDK);

    assertThat(data.version()).isEqualTo(TimeZoneId.versionOfJdk());
    assertThat(data.rules()).hasSizeGreaterThan(500);
    data.rules()
        .forEach((name, rules) -> assertThat(rules).as(name).isEqualTo(ZoneId.of(name).getRules()));
  }

  @Test
  void dataThatAreNoNewerAreNotUsed() throws IOException {
    assertThat(ZoneData.read(ZoneFile.OF_JDK).use()).isFalse();
    assertThat(new ZoneData("1999z", Map.of("Europe/Old", ZoneOffset.UTC.getRules())).use())
        .isFalse();
    assertThat(TimeZoneId.parse("Europe/Old")).isEmpty();
  }

  /** In a JVM of its own: the JDK keeps for good what it was given, and all tests ask for zones. */
  @Test
  void newerDataBringNewZonesAndNewRulesOfOldOnes() throws Exception {
    Path newer = directory.resolve("tzdb.dat");
    Files.write(
        newer,
        ZoneFile.altered("2999a", "Mexico/BajaNorte", "Africa/Abidjan", "Mars/Olympus_Mons"));
    Path said = directory.resolve("said");
    Process renewed =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Renewed.class.getName(),
                newer.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(renewed.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(renewed.exitValue()).as(Files.readString(said)).isZero();
    assertThat(TimeZoneId.parse("Mars/Olympus_Mons")).as("here nothing changes").isEmpty();
  }

  /** What that JVM does; an assertion that fails is its end. */
  static final class Renewed {
    private Renewed() {}

    public static void main(String[] arguments) throws IOException {
      ZoneData data = ZoneData.read(Path.of(arguments[0]));
      assertThat(data.rules()).containsKey("Mars/Olympus_Mons");
      Instant july = Instant.parse("2027-07-01T00:00:00Z");
      assertThat(offset("Mexico/BajaNorte", july)).isEqualTo(ZoneOffset.ofHours(-7));

      assertThat(data.use()).isTrue();

      assertThat(offset("Mexico/BajaNorte", july)).isEqualTo(ZoneOffset.UTC);
      assertThat(TimeZoneId.nameOf(TimeZoneId.parse("Mexico/BajaNorte").orElseThrow()))
          .isEqualTo("Mexico/BajaNorte");
      assertThat(offset("Mars/Olympus_Mons", july)).isEqualTo(ZoneOffset.UTC);
      assertThat(TimeZoneId.ofDevice("mars/olympus mons"))
          .isEqualTo(TimeZoneId.parse("Mars/Olympus_Mons"));
      assertThat(TimeZoneId.parse("Mexico/BajaNorte~2999a")).isEmpty();
      // What is the same stays the JDK's own; and nothing happens the second time.
      assertThat(TimeZoneId.parse("Europe/Berlin")).contains(ZoneId.of("Europe/Berlin"));
      assertThat(data.use()).isTrue();
      assertThat(offset("Mexico/BajaNorte", july)).isEqualTo(ZoneOffset.UTC);
    }
  }

  @Test
  void whatIsNoSuchFileIsRefused() throws IOException {
    byte[] real = Files.readAllBytes(ZoneFile.OF_JDK);
    for (byte[] bad :
        List.of(
            new byte[0],
            "TZif2".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(real, real.length / 2),
            Arrays.copyOf(real, 60),
            ZoneFile.altered("latest", "Mexico/BajaNorte", "Africa/Abidjan", "Mars/Elysium"))) {
      Path file = directory.resolve("bad");
      Files.write(file, bad);
      assertThatThrownBy(() -> ZoneData.read(file)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> RenewZoneData.from(Optional.of(file)))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("TOWNCRIER_ZONE_DATA")
          .hasMessageContaining(file.toString());
    }
    assertThatThrownBy(() -> ZoneData.read(directory.resolve("missing")))
        .isInstanceOf(IOException.class);
  }

  private static ZoneOffset offset(String zone, Instant at) {
    return TimeZoneId.parse(zone).orElseThrow().getRules().getOffset(at);
  }
}
