package io.towncrier.delivery.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.PushReceipts;
import io.towncrier.devices.checks.PushReceipts.Receipt;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What apps send, before it is looked at. */
@Tag("zoneless")
class TakeReceiptsTest {
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
  private static final String NOTICE = "ntc_0123456789abcdefghjkmnpqrs";

  private final List<ReportedStep> taken = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final TakeReceipts receipts =
      new TakeReceipts(
          reported -> {
            taken.addAll(reported);
            return Uni.createFrom()
                .item(
                    verdicts.isEmpty()
                        ? Collections.nCopies(reported.size(), Verdict.TAKEN)
                        : verdicts);
          },
          InstantSource.fixed(NOW));

  @Test
  void whatCannotBeReadIsDoneWithAndTheRestKeepsItsPlace() {
    verdicts.addAll(List.of(Verdict.NOT_YET, Verdict.OUT_OF_ORDER, Verdict.NOT_YET));
    PushReceipts.Taken answer =
        send(
            List.of(
                receipt("ntc_%00' OR 1=1", "shown", NOW),
                receipt(NOTICE, "shown", NOW),
                receipt(NOTICE, "levitated", NOW),
                new Receipt(
                    Optional.of(NOTICE), Optional.of("shown"), Optional.empty(), Optional.empty()),
                receipt(NOTICE, "opened", NOW),
                new Receipt(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                receipt(NOTICE, "arrived", NOW)),
            Optional.empty());

    assertThat(taken)
        .extracting(ReportedStep::step)
        .containsExactly(PushStep.SHOWN, PushStep.OPENED, PushStep.ARRIVED);
    assertThat(answer.again()).containsExactly(1, 6);
    assertThat(answer.recorded()).isTrue();
  }

  @Test
  void ofAClockThatIsWrongOnlyWhatLiesBetweenCounts() {
    Instant wrong = Instant.parse("2031-07-07T07:07:07Z");
    send(List.of(receipt(NOTICE, "shown", wrong.minusSeconds(90))), Optional.of(wrong));

    assertThat(taken.get(0).at()).contains(NOW.minusSeconds(90));
    assertThat(taken.get(0).push().device()).isEqualTo("dev_1");
    assertThat(taken.get(0).source()).isEqualTo(StepSource.APP);
  }

  @Test
  void fiftyAreLookedAtAndTheOthersComeNextTime() {
    PushReceipts.Taken answer =
        send(Collections.nCopies(53, receipt(NOTICE, "shown", NOW)), Optional.empty());

    assertThat(taken).hasSize(50);
    assertThat(answer.again()).containsExactly(50, 51, 52);
  }

  @Test
  void whereReceiptsAreSwitchedOffNothingIsToBeKept() {
    verdicts.addAll(Collections.nCopies(50, Verdict.SWITCHED_OFF));
    PushReceipts.Taken answer =
        send(Collections.nCopies(53, receipt(NOTICE, "shown", NOW)), Optional.empty());

    assertThat(answer.recorded()).isFalse();
    assertThat(answer.again()).isEmpty();
  }

  @Test
  void aReasonThatNobodyKnowsIsAnotherOne() {
    send(
        List.of(
            new Receipt(
                Optional.of(NOTICE),
                Optional.of("dropped"),
                Optional.of(NOW),
                Optional.of("bad-mood"))),
        Optional.empty());

    assertThat(taken.get(0).reason()).contains(DropReason.OTHER);
  }

  private PushReceipts.Taken send(List<Receipt> sent, Optional<Instant> clock) {
    return receipts.take("dev_1", sent, clock).await().indefinitely();
  }

  private static Receipt receipt(String notice, String step, Instant at) {
    return new Receipt(Optional.of(notice), Optional.of(step), Optional.of(at), Optional.empty());
  }
}
