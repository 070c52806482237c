package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.sending.FenceModel.Fault;
import io.towncrier.delivery.sending.FenceModel.Kind;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every interleaving of the fence's protocol, and of protocols that lack a part of it. */
@Tag("zoneless")
class FenceModelTest {
  private static final BigInteger EIGHT_MILLION = BigInteger.valueOf(8_000_000);

  @ParameterizedTest
  @EnumSource(Kind.class)
  void inNoInterleavingOfTheShippedProtocolIsAForbiddenPushSentAfterTheAnswer(Kind kind) {
    Interleavings.Result shipped = explore(kind);
    assertThat(shipped.count().all()).isGreaterThanOrEqualTo(EIGHT_MILLION);
    assertThat(shipped.count().violating()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void theShippedProtocolAlwaysComesToAnEnd(Kind kind) {
    assertThat(explore(kind).count().deadlocked()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void toReadTheSwitchAndThenSendBreaksThePromise(Kind kind) {
    broken(explore(kind, Fault.READS_WITHOUT_LOCK, Fault.DOES_NOT_WAIT));
  }

  @Test
  void toReadItOnceMoreJustBeforeTheSendBreaksItLessOften() {
    Interleavings.Result once =
        explore(Kind.OPT_OUT, Fault.READS_WITHOUT_LOCK, Fault.DOES_NOT_WAIT);
    Interleavings.Result twice =
        explore(
            Kind.OPT_OUT, Fault.READS_WITHOUT_LOCK, Fault.DOES_NOT_WAIT, Fault.LOOKS_AGAIN_INSTEAD);
    broken(twice);
    assertThat(twice.violatingShare()).isLessThan(once.violatingShare() / 2);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aClaimThatReadsWithoutALockIsNotSeenByTheWait(Kind kind) {
    broken(explore(kind, Fault.READS_WITHOUT_LOCK));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anAnswerThatDoesNotWaitForClaimsComesTooEarly(Kind kind) {
    broken(explore(kind, Fault.DOES_NOT_WAIT));
  }

  @Test
  void aLeaseByAClockThatStoodStillWithItsSandboxIsNoLease() {
    broken(explore(Kind.OPT_OUT, Fault.CLOCK_STOOD_STILL));
  }

  @Test
  void aProcessThatStandsStillBetweenTheCheckAndTheWriteIsWhatIsAssumedNotToHappen() {
    broken(explore(Kind.OPT_OUT, Fault.STANDS_STILL_BEFORE_THE_WRITE));
  }

  @Test
  void anOptOutThatWaitedForLockedDeliveriesCouldWaitInACircle() {
    assertThat(explore(Kind.OPT_OUT, Fault.WAITS_FOR_LOCKED_DELIVERIES).count().deadlocked())
        .isPositive();
  }

  @Test
  void theWalkCountsEveryOrderOfTwoIndependentRowsOfSteps() {
    // Two walkers of three steps each: of six places, three are the first one's.
    Interleavings.Result result =
        Interleavings.of(
            new Interleavings.Model<List<Integer>>() {
              @Override
              public List<Integer> initial() {
                return List.of(3, 3);
              }

              @Override
              public List<Interleavings.Step<List<Integer>>> steps(List<Integer> left) {
                return Stream.of(
                        new Interleavings.Step<>(List.of(left.get(0) - 1, left.get(1)), false),
                        new Interleavings.Step<>(
                            List.of(left.get(0), left.get(1) - 1), left.get(0) == 3))
                    .filter(step -> !step.next().contains(-1))
                    .toList();
              }

              @Override
              public boolean isComplete(List<Integer> left) {
                return true;
              }
            });
    assertThat(result.count().all()).isEqualTo(20);
    // Those in which the second one begins.
    assertThat(result.count().violating()).isEqualTo(10);
    assertThat(result.states()).isEqualTo(16);
  }

  private static void broken(Interleavings.Result result) {
    assertThat(result.count().violating()).isPositive();
    assertThat(result.count().deadlocked()).isZero();
  }

  private static Interleavings.Result explore(Kind kind, Fault... faults) {
    return Interleavings.of(new FenceModel(kind, Set.of(faults), 2));
  }
}
