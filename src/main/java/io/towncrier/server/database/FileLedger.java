package io.towncrier.server.database;

import io.towncrier.installation.ErasureLedger;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.files.OwnerOnlyFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ledger of a server: a file beside the witness, with the key in its first line and a line for
 * each erasure. Not in the backups of the database.
 */
@ApplicationScoped
class FileLedger implements ErasureLedger {
  private static final int KEY_BYTES = 32;
  private static final HexFormat HEX = HexFormat.of();
  // A line that a crash has cut is no erasure that was answered.
  private static final Pattern LINE = Pattern.compile("\\d{4}-\\d{2}-\\d{2} [0-9a-f]{64}");

  private final Optional<Path> file;

  FileLedger(TowncrierConfig config) {
    this.file = config.ledgerFile();
  }

  @Override
  public boolean isKept() {
    return file.isPresent();
  }

  @Override
  public byte[] key() {
    try {
      byte[] fresh = new byte[KEY_BYTES];
      new SecureRandom().nextBytes(fresh);
      OwnerOnlyFile.create(file.orElseThrow(), HEX.formatHex(fresh) + "\n");
      try (Stream<String> lines = Files.lines(file.orElseThrow())) {
        return HEX.parseHex(lines.findFirst().orElse(""));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void note(String hash, LocalDate day) {
    // The line end in front ends a line that was cut.
    byte[] line = ("\n" + day + " " + hash).getBytes(StandardCharsets.US_ASCII);
    try (FileChannel channel =
        FileChannel.open(file.orElseThrow(), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Set<String> hashes() {
    try (Stream<String> lines = Files.lines(file.orElseThrow())) {
      return lines
          .filter(line -> LINE.matcher(line).matches())
          .map(line -> line.substring(line.indexOf(' ') + 1))
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
