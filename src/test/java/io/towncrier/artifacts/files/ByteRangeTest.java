package io.towncrier.artifacts.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ByteRangeTest {
  private static final long SIZE = 1000;

  @Test
  void rangesAreReadAsTheStandardSays() {
    assertThat(ByteRange.of("bytes=0-99", SIZE)).isEqualTo(new ByteRange.Part(0, 100));
    assertThat(ByteRange.of("bytes=900-", SIZE)).isEqualTo(new ByteRange.Part(900, 100));
    assertThat(ByteRange.of("bytes=-1", SIZE)).isEqualTo(new ByteRange.Part(999, 1));
    assertThat(ByteRange.of("bytes=-5000", SIZE)).isEqualTo(new ByteRange.Part(0, 1000));
    assertThat(ByteRange.of("Bytes=999-5000", SIZE)).isEqualTo(new ByteRange.Part(999, 1));
    assertThat(new ByteRange.Part(900, 100).of(SIZE)).isEqualTo("bytes 900-999/1000");
  }

  @Test
  void bytesPastTheEndAreNotThere() {
    assertThat(ByteRange.of("bytes=1000-", SIZE)).isEqualTo(new ByteRange.Unsatisfiable());
    assertThat(ByteRange.of("bytes=1000-1001", SIZE)).isEqualTo(new ByteRange.Unsatisfiable());
    assertThat(ByteRange.of("bytes=-0", SIZE)).isEqualTo(new ByteRange.Unsatisfiable());
  }

  @Test
  void whatIsNoSingleRangeIsAnsweredWithAll() {
    for (String header :
        new String[] {
          null,
          "",
          "bytes=",
          "bytes=-",
          "bytes=5-4",
          "bytes=0-1,5-6",
          "lines=1-2",
          "bytes=a-b",
          "bytes=99999999999999999999-",
          "0-5"
        }) {
      assertThat(ByteRange.of(header, SIZE)).as(header).isEqualTo(new ByteRange.Whole());
    }
  }

  @Test
  void noRangeLeavesTheFile() {
    Random random = new Random(18);
    for (int i = 0; i < 100_000; i++) {
      long size = 1L + random.nextInt(50);
      String header =
          "bytes="
              + (random.nextInt(5) == 0 ? "" : random.nextInt(60))
              + "-"
              + (random.nextInt(5) == 0 ? "" : random.nextInt(60));
      if (ByteRange.of(header, size) instanceof ByteRange.Part part) {
        assertThat(part.first()).isBetween(0L, size - 1);
        assertThat(part.length()).isBetween(1L, size - part.first());
      }
    }
  }
}
