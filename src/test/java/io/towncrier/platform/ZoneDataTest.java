package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneDataTest {
  private static final Path OF_JDK = Path.of(System.getProperty("java.home"), "lib", "tzdb.dat");

  @TempDir private Path directory;

  @Test
  void everyZoneOfTheJdkIsReadAsTheJdkReadsIt() throws IOException {
    ZoneData data = ZoneData.read(OF_JDK);

    assertThat(data.version()).isEqualTo(TimeZoneId.versionOfJdk());
    assertThat(data.rules()).hasSizeGreaterThan(500);
    data.rules()
        .forEach((name, rules) -> assertThat(rules).as(name).isEqualTo(ZoneId.of(name).getRules()));
  }

  @Test
  void dataThatAreNoNewerAreNotUsed() throws IOException {
    assertThat(ZoneData.read(OF_JDK).use()).isFalse();
    assertThat(new ZoneData("1999z", Map.of("Europe/Old", ZoneOffset.UTC.getRules())).use())
        .isFalse();
    assertThat(TimeZoneId.parse("Europe/Old")).isEmpty();
  }

  /** In a JVM of its own: the JDK keeps for good what it was given, and all tests ask for zones. */
  @Test
  void newerDataBringNewZonesAndNewRulesOfOldOnes() throws Exception {
    Path newer = directory.resolve("tzdb.dat");
    Files.write(newer, altered("2999a", "Mexico/BajaNorte", "Africa/Abidjan", "Mars/Olympus_Mons"));
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
    byte[] real = Files.readAllBytes(OF_JDK);
    for (byte[] bad :
        List.of(
            new byte[0],
            "TZif2".getBytes(StandardCharsets.US_ASCII),
            Arrays.copyOf(real, real.length / 2),
            Arrays.copyOf(real, 60),
            altered("latest", "Mexico/BajaNorte", "Africa/Abidjan", "Mars/Elysium"))) {
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

  /** The JDK's file with another version, one zone with the rules of another, and one zone more. */
  private static byte[] altered(String version, String zone, String like, String added)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(OF_JDK)))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(in.readByte());
      out.writeUTF(in.readUTF());
      in.readShort();
      out.writeShort(1);
      in.readUTF();
      out.writeUTF(version);
      List<String> names = new ArrayList<>();
      for (int left = in.readShort(); left > 0; left--) {
        names.add(in.readUTF());
      }
      names.add(added);
      out.writeShort(names.size());
      for (String name : names) {
        out.writeUTF(name);
      }
      int count = in.readShort();
      out.writeShort(count);
      for (int i = 0; i < count; i++) {
        int length = in.readUnsignedShort();
        out.writeShort(length);
        out.write(in.readNBytes(length));
      }
      int regions = in.readShort();
      int[][] pairs = new int[regions][];
      for (int i = 0; i < regions; i++) {
        pairs[i] = new int[] {in.readShort(), in.readUnsignedShort()};
      }
      out.writeShort(regions + 1);
      int likeRules = rulesOf(pairs, names.indexOf(like));
      for (int[] pair : pairs) {
        out.writeShort(pair[0]);
        out.writeShort(pair[0] == names.indexOf(zone) ? likeRules : pair[1]);
      }
      out.writeShort(names.size() - 1);
      out.writeShort(likeRules);
      return bytes.toByteArray();
    }
  }

  private static int rulesOf(int[][] pairs, int name) {
    for (int[] pair : pairs) {
      if (pair[0] == name) {
        return pair[1];
      }
    }
    throw new AssertionError("no such zone");
  }
}
