package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.contract.Contract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainAnswerTest {
  private static final Pattern LINES =
      Pattern.compile("(?:[a-zA-Z0-9.]+=[^\\p{Cntrl}\\x85\u2028\u2029]+\n)+");

  @TempDir Path directory;

  @Test
  void everythingThatAnInstallerNeedsHasALine() {
    assertThat(PlainAnswer.of(offer("New & better", "https://downloads.example.com/a.bin?k=v")))
        .isEqualTo(
            """
            decision=offer
            product=archer
            installed=1.0
            version=1.5
            target=2.0
            severity=security
            mandatory=true
            publishedAt=2026-01-01T00:00:00Z
            counter=7
            notes.language=de
            notes.title=New & better
            advisory.id=CVE-2026-1
            artifacts=2
            artifact.1.name=a.bin
            artifact.1.url=https://downloads.example.com/a.bin?k=v
            artifact.1.size=12
            artifact.1.sha256=%1$s
            artifact.2.name=b.bin
            artifact.2.url=https://downloads.example.com/b.bin
            artifact.2.size=3000000000
            artifact.2.sha256=%1$s
            window.opensInSeconds=60
            window.closesInSeconds=7200
            nextCheckSeconds=21600
            nextCheckSpreadSeconds=2160
            matters=country,cohort
            mattersUntil=2026-01-02T00:00:00Z
            rollouts=1
            rollout.1.id=2f9c0k1v
            rollout.1.salt=archer/2.0
            rollout.1.share=500
            askAgainWith=cohort
            ignored=country,manual
            supportedUntil=2027-12-31
            snapshot=cat_1
            complete=true
            """
                .formatted("0".repeat(64)));
  }

  @Test
  void anAnswerWithoutAnOfferSaysWhy() {
    assertThat(PlainAnswer.of(without("held-back", Optional.of("rollout"))))
        .isEqualTo(
            """
            decision=held-back
            reason=rollout
            product=archer
            installed=1.0
            nextCheckSeconds=60
            nextCheckSpreadSeconds=6
            matters=
            snapshot=cat_1
            complete=true
            """);
  }

  @Test
  void theExampleOfTheContractIsAsItIsWritten() {
    UpdateAnswer.Offered release =
        new UpdateAnswer.Offered(
            "1.3.0",
            Optional.empty(),
            "security",
            false,
            Instant.parse("2026-05-04T08:00:00Z"),
            OptionalLong.of(7),
            new UpdateAnswer.Notes("en", "Firmware 1.3.0", "Steadier."),
            List.of(
                new UpdateAnswer.File(
                    "ax3000-1.3.0.swu",
                    "https://downloads.example.com/ax3000/1.3.0/ax3000-1.3.0.swu",
                    18_874_368,
                    "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945")),
            Optional.of(
                new UpdateAnswer.Closed(
                    "TC-2026-001", "high", "[1.0.0, 1.3.0)", "A gap", "Update")));
    UpdateAnswer answer =
        new UpdateAnswer(
            "offer",
            Optional.empty(),
            "towncrier_ax3000",
            "1.2.0",
            Optional.of(release),
            Optional.empty(),
            21_600,
            2_160,
            Optional.of(List.of("country", "cohort")),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "cat_2xr9tst06r5zdc4dp0ph0tgwmn");
    assertThat(Contract.committed().example("checkForUpdateAsLines", "text/plain"))
        .isEqualTo(PlainAnswer.of(answer));
  }

  @Test
  void noTextBreaksOutOfItsLine() {
    Random random = new Random(20261130);
    String letters = "a=\n\r\t\0\u0085\u2028\u2029\u007f$()`'\"\\; \u00e9\ud83d\ude00";
    for (int i = 0; i < 2_000; i++) {
      StringBuilder title = new StringBuilder("x");
      for (int n = random.nextInt(20); n > 0; n--) {
        title.append(letters.charAt(random.nextInt(letters.length())));
      }
      String text = PlainAnswer.of(offer(title.toString(), "https://downloads.example.com/a"));
      assertThat(text.chars().filter(c -> c == '\n').count()).as(text).isEqualTo(36);
      assertThat(LINES.matcher(text).matches()).as(text).isTrue();
    }
  }

  /** As docs/routers.md shows it, in each shell that this machine has. */
  @Test
  void shellsReadEveryValueAsItIs() throws IOException, InterruptedException {
    String title = "Sicher = besser: $(touch broken) `touch broken` \\ 'x' \"y\" * ; =";
    String url = "https://downloads.example.com/a.bin?sig=abc==";
    Path answer = directory.resolve("answer");
    Files.writeString(answer, PlainAnswer.of(offer(title, url)));
    String script =
        """
        while IFS='=' read -r name value; do
          case $name in
            notes.title) title=$value ;;
            artifact.1.url) url=$value ;;
            complete) complete=$value ;;
          esac
        done <answer
        printf '%s|%s|%s' "$title" "$url" "$complete"
        """;
    List<List<String>> shells =
        Stream.of(List.of("sh"), List.of("dash"), List.of("bash"), List.of("busybox", "ash"))
            .filter(shell -> isThere(shell.get(0)))
            .toList();
    assertThat(shells).isNotEmpty();
    for (List<String> shell : shells) {
      Process read =
          new ProcessBuilder(Stream.concat(shell.stream(), Stream.of("-c", script)).toList())
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      assertThat(new String(read.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .as("%s", shell)
          .isEqualTo(title + " |https://downloads.example.com/a.bin?sig=abc=%3D|true");
      assertThat(read.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(directory.resolve("broken")).doesNotExist();
    }
  }

  private static boolean isThere(String command) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private static UpdateAnswer offer(String title, String url) {
    UpdateAnswer.Offered offered =
        new UpdateAnswer.Offered(
            "1.5",
            Optional.of("2.0"),
            "security",
            true,
            Instant.parse("2026-01-01T00:00:00Z"),
            OptionalLong.of(7),
            new UpdateAnswer.Notes("de", title, "Body\nof several lines"),
            List.of(
                new UpdateAnswer.File("a.bin", url, 12, "0".repeat(64)),
                new UpdateAnswer.File(
                    "b.bin",
                    "https://downloads.example.com/b.bin",
                    3_000_000_000L,
                    "0".repeat(64))),
            Optional.of(
                new UpdateAnswer.Closed("CVE-2026-1", "high", "[1.0, 1.5)", "A gap", "Update")));
    return new UpdateAnswer(
        "offer",
        Optional.empty(),
        "archer",
        "1.0",
        Optional.of(offered),
        Optional.of(new UpdateAnswer.Window(60, OptionalLong.of(7200))),
        21_600,
        2_160,
        Optional.of(List.of("country", "cohort")),
        Optional.of(Instant.parse("2026-01-02T00:00:00Z")),
        Optional.of(List.of(new UpdateAnswer.Share("2f9c0k1v", "archer/2.0", 500))),
        Optional.of(List.of("cohort")),
        Optional.of(List.of("country", "manual")),
        Optional.of(LocalDate.parse("2027-12-31")),
        "cat_1");
  }

  private static UpdateAnswer without(String decision, Optional<String> reason) {
    return new UpdateAnswer(
        decision,
        reason,
        "archer",
        "1.0",
        Optional.empty(),
        Optional.empty(),
        60,
        6,
        Optional.of(List.of()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "cat_1");
  }
}
