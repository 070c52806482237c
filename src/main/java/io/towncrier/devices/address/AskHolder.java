package io.towncrier.devices.address;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.towncrier.devices.DeviceStore;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.privacy.Indexes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Asks the address of an earlier registration whether its app has registered anew (docs/adr/0009).
 * The app that brings the address of the later one learns nothing of that, not even whether there
 * is an earlier one.
 */
@ApplicationScoped
class AskHolder {
  private static final Logger LOG = Logger.getLogger(AskHolder.class);

  private final QuestionStore questions;
  private final DeviceStore devices;
  private final Challenges challenges;
  private final ChallengePusher pusher;
  private final Transactions transactions;

  AskHolder(
      QuestionStore questions,
      DeviceStore devices,
      Challenges challenges,
      ChallengePusher pusher,
      Transactions transactions) {
    this.questions = questions;
    this.devices = devices;
    this.challenges = challenges;
    this.pusher = pusher;
    this.transactions = transactions;
  }

  /** Before the transaction that notes the question, so that its lease ends no later. */
  ChallengePusher.Turn begin() {
    return pusher.begin();
  }

  /** Counts the challenge of the new address itself; how long there is none left, if so. */
  Uni<Optional<Duration>> count(AddressStore.Proof proof, Instant now) {
    return questions.count(proof.deviceId(), proof.index(), false, challenges.anHour(), now);
  }

  /** Within the transaction that notes the proposal; empty when there is nobody to ask. */
  Uni<Optional<Asking>> note(AddressStore.Proof proof, ChallengePusher.Turn turn, Instant now) {
    return questions
        .earlierHolder(proof.deviceId(), proof.index())
        .chain(
            found ->
                found
                    .map(holder -> note(proof.deviceId(), holder, turn, now))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<Optional<Asking>> note(
      String deviceId, QuestionStore.Holder holder, ChallengePusher.Turn turn, Instant now) {
    Challenges.Asked asked = challenges.question(deviceId, holder, now);
    return questions
        .count(deviceId, Indexes.only(holder.index()), true, challenges.anHour(), now)
        .chain(
            wait ->
                wait.isPresent()
                    ? Uni.createFrom().item(Optional.empty())
                    : questions
                        .ask(asked.question(), turn.lease())
                        .replaceWith(Optional.of(new Asking(asked, holder, turn))));
  }

  /** After the commit. An address that the provider does not know any more is gone with it. */
  Uni<Void> push(Asking asking) {
    return Uni.createFrom()
        .deferred(() -> pushNow(asking))
        // In a database session of its own: the challenge of the new address goes out beside it.
        .runSubscriptionOn(Infrastructure.getDefaultExecutor())
        .onFailure()
        .invoke(failure -> LOG.warnf("an earlier registration was not asked: %s", failure))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Void> pushNow(Asking asking) {
    Question question = asking.asked().question();
    return asking
        .turn()
        .push(challenges.message(asking.asked(), asking.holder().address()))
        .call(() -> transactions.inTransaction(() -> questions.asked(question.id())))
        .chain(
            result ->
                result == ChallengePusher.Result.UNKNOWN_ADDRESS
                    ? devices
                        .retireAddress(question.holderId(), asking.holder().address())
                        .replaceWithVoid()
                    : Uni.createFrom().voidItem());
  }

  /**
   * Within a transaction: what an echo means, when it answers a question.
   *
   * @return the one whose address is given up; empty text when the echo came from the address that
   *     was asked, which keeps it; empty when it answers none
   */
  Uni<Optional<String>> answered(String deviceId, Secret echoed, Instant now) {
    return questions
        .of(deviceId, now)
        .chain(
            all ->
                all.stream()
                    .filter(question -> challenges.isAnswer(question, echoed))
                    .findFirst()
                    .map(question -> answer(deviceId, question))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<Optional<String>> answer(String deviceId, Question question) {
    return question.deviceId().equals(deviceId)
        ? questions.giveUp(question).replaceWith(Optional.of(question.holderId()))
        : Uni.createFrom().item(Optional.of(""));
  }

  /** A question that is noted and not pushed yet. */
  record Asking(Challenges.Asked asked, QuestionStore.Holder holder, ChallengePusher.Turn turn) {}
}
