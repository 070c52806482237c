package io.towncrier.privacy.processors;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The register of processors, out of {@code privacy/processors.csv}. */
public final class Processors {
  private static final String FILE = "/privacy/processors.csv";
  private static final String HEADER = "id,name,purpose,data,region,hosts,erasure";
  private static final int FIELDS = HEADER.split(",", -1).length;
  private static final String NO_HOST = "-";

  private final List<Processor> all;

  private Processors(List<Processor> all) {
    this.all = List.copyOf(all);
  }

  /** The register of this build. */
  public static Processors own() {
    try (InputStream in = Processors.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in this build");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return parse(lines.lines().toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Reads a register.
   *
   * @throws IllegalArgumentException with the line that cannot be read
   */
  public static Processors parse(List<String> lines) {
    return new Processors(
        lines.stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.equals(HEADER))
            .map(Processors::processor)
            .toList());
  }

  public List<Processor> all() {
    return all;
  }

  /** Whether a host belongs to one of them. */
  public boolean isKnown(String host) {
    return all.stream().anyMatch(processor -> processor.isAt(host));
  }

  private static Processor processor(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not " + FIELDS + " fields: " + line);
    }
    return new Processor(
        fields[0], fields[1], fields[2], fields[3], fields[4], hosts(fields[5]), fields[6]);
  }

  private static Set<String> hosts(String field) {
    return field.equals(NO_HOST)
        ? Set.of()
        : Arrays.stream(field.split(" ", -1)).collect(Collectors.toUnmodifiableSet());
  }
}
