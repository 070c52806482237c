package io.towncrier.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.installation.ErasureLedger;
import io.towncrier.platform.GivenConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
  private static final LocalDate DAY = LocalDate.of(2027, 1, 31);

  @TempDir Path dir;

  @Test
  void whatIsNotedIsThereForTheNextProcessAndIsNoId() throws IOException {
    FileLedger ledger = new FileLedger(GivenConfig.in(dir));
    String hash = ErasureLedger.hash(ledger.key(), "device", "dev_1");
    ledger.note(hash, DAY);
    ledger.note(ErasureLedger.hash(ledger.key(), "device", "dev_2"), DAY);

    FileLedger next = new FileLedger(GivenConfig.in(dir));
    assertThat(next.key()).hasSize(32).isEqualTo(ledger.key());
    assertThat(next.hashes())
        .hasSize(2)
        .contains(hash)
        .doesNotContain(ErasureLedger.hash(next.key(), "account", "dev_1"));
    Path file = dir.resolve("ledger");
    assertThat(file).content().doesNotContain("dev_");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aLineThatACrashHasCutIsLeftOutAndEndsWithTheNext() throws IOException {
    FileLedger ledger = new FileLedger(GivenConfig.in(dir));
    String hash = ErasureLedger.hash(ledger.key(), "device", "dev_1");
    Files.writeString(dir.resolve("ledger"), "\n2027-01-31 0123", StandardOpenOption.APPEND);
    ledger.note(hash, DAY);
    assertThat(ledger.hashes()).containsExactly(hash);
  }
}
