package io.towncrier.devices.address;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.privacy.BlindIndex;
import io.towncrier.privacy.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes challenges and knows their answers; of what is pushed only a keyed hash is kept. */
@ApplicationScoped
class Challenges {
  private static final String PURPOSE = "push-challenge";

  private final Vault vault;
  private final BlindIndex index;
  private final DevicesConfig config;

  Challenges(Vault vault, BlindIndex index, DevicesConfig config) {
    this.vault = vault;
    this.index = index;
    this.config = config;
  }

  Draft draft(String deviceId, String provider, PushAddress.Kind kind, Secret value, Instant now) {
    Secret nonce = Ids.nextSecret("chl");
    PushAddress address =
        new PushAddress(
            provider,
            kind,
            vault.seal(value, PushAddress.placeOf(deviceId)),
            PushAddress.placeOf(deviceId));
    return new Draft(
        new AddressStore.Proof(
            Ids.next("chl"),
            deviceId,
            address,
            index.all(PushAddress.purposeOf(provider), value),
            index.of(PURPOSE, nonce),
            now.plus(config.challengeLife()),
            config.challengeTries(),
            Optional.empty()),
        nonce);
  }

  /** The challenge to push; one that arrives at all can still be echoed for as long again. */
  ChallengePusher.Challenge message(Draft draft) {
    Duration ttl = config.challengeLife().dividedBy(2);
    AddressStore.Proof proof = draft.proof();
    return new ChallengePusher.Challenge(proof.deviceId(), proof.address(), draft.nonce(), ttl);
  }

  /** What the app behind the address of an earlier registration is asked. */
  Asked question(String deviceId, QuestionStore.Holder holder, Instant now) {
    Secret nonce = Ids.nextSecret("chl");
    return new Asked(
        new Question(
            Ids.next("chl"),
            deviceId,
            holder.deviceId(),
            holder.index(),
            index.of(PURPOSE, nonce),
            now.plus(config.challengeLife())),
        nonce);
  }

  /** To the phone it looks like any other challenge. */
  ChallengePusher.Challenge message(Asked asked, PushAddress address) {
    Duration ttl = config.challengeLife().dividedBy(2);
    return new ChallengePusher.Challenge(asked.question().holderId(), address, asked.nonce(), ttl);
  }

  /** How many an hour there may be of a device, and how many to an address. */
  int anHour() {
    return config.challengesAnHour();
  }

  /** In constant time. */
  boolean isAnswer(Question question, Secret echoed) {
    return index.matches(PURPOSE, echoed, question.challenge());
  }

  /** In constant time. */
  boolean isAnswer(AddressStore.Proof proof, Secret echoed) {
    return index.matches(PURPOSE, echoed, proof.challenge());
  }

  /** In constant time. */
  boolean isAnswer(AddressStore.Moved moved, Secret echoed) {
    return index.matches(PURPOSE, echoed, moved.challenge());
  }

  /** What is asked, and what answers it. */
  record Asked(Question question, Secret nonce) {}

  /** What is to be proved, and what proves it. */
  record Draft(AddressStore.Proof proof, Secret nonce) {}
}
