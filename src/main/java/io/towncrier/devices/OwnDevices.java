package io.towncrier.devices;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.Secret;
import io.towncrier.updates.ReadFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person sees of the own account and its devices, and corrects. A device that is linked to
 * other accounts as well may be where somebody else is: that is neither shown nor corrected here.
 */
@ApplicationScoped
public class OwnDevices {
  private static final int LISTED = 200;

  private final Accounts accounts;
  private final AccountStore links;
  private final DeviceStore devices;
  private final ChangeFacts change;

  OwnDevices(Accounts accounts, AccountStore links, DeviceStore devices, ChangeFacts change) {
    this.accounts = accounts;
    this.links = links;
    this.devices = devices;
    this.change = change;
  }

  /** What is known; empty for somebody without an account. Writes nothing. */
  public Uni<Optional<Known>> known(Secret subject) {
    return accounts
        .find(subject)
        .chain(
            account ->
                account.isEmpty() ? Uni.createFrom().item(Optional.empty()) : known(account.get()));
  }

  private Uni<Optional<Known>> known(String account) {
    return Uni.combine()
        .all()
        .unis(
            links.since(account),
            links.sharedOf(account),
            links.otherEcvs(account),
            devices.ofAccount(account, LISTED))
        .asTuple()
        .map(
            all ->
                // It may have been cancelled meanwhile.
                all.getItem1()
                    .map(
                        since ->
                            new Known(
                                account,
                                since,
                                all.getItem4().stream()
                                    .map(device -> own(device, all.getItem2(), all.getItem3()))
                                    .toList())));
  }

  private static Own own(
      Device device, Set<String> shared, Map<String, AccountStore.OtherEcv> otherEcvs) {
    return new Own(
        device, shared.contains(device.id()), Optional.ofNullable(otherEcvs.get(device.id())));
  }

  /**
   * Corrects where a device is and what its user speaks, in the way in which the device itself
   * would: what was claimed before does not go out at an hour that is quiet now.
   *
   * @param given what is to be corrected; the rest stays
   * @param expected the revision that the person saw
   */
  public Uni<Outcome> correct(Secret subject, String deviceId, ReadFacts given, int expected) {
    return known(subject)
        .map(
            known ->
                known.flatMap(
                    all ->
                        all.devices().stream()
                            .filter(own -> own.device().id().equals(deviceId))
                            .findFirst()))
        .chain(
            own -> {
              if (own.isEmpty()) {
                return Uni.createFrom().item(new Outcome.NotLinked());
              }
              return own.get().isShared()
                  ? Uni.createFrom().item(new Outcome.Shared())
                  : correct(own.get(), given, expected);
            });
  }

  private Uni<Outcome> correct(Own own, ReadFacts given, int expected) {
    ReadFacts whole = given.orVersion(own.device().facts().version());
    return change
        .run(own.device(), given, whole.read(new InputReader()), expected)
        .map(changed -> outcome(own, changed));
  }

  private static Outcome outcome(Own own, ChangeFacts.Outcome changed) {
    if (changed instanceof ChangeFacts.Outcome.Changed now) {
      return new Outcome.Corrected(own.with(now.device()), now.ignored().codes());
    }
    if (changed instanceof ChangeFacts.Outcome.Stale stale) {
      return new Outcome.Stale(own.with(stale.current()));
    }
    if (changed instanceof ChangeFacts.Outcome.Gone) {
      return new Outcome.NotLinked();
    }
    throw new ForgottenCase(changed);
  }

  /** An account and its devices, at most 200. */
  public record Known(String account, Instant since, List<Own> devices) {}

  /**
   * A device of the person.
   *
   * @param isShared whether it is linked to other accounts as well
   * @param otherEcv that somebody registered its identifier anew with another ECV
   */
  public record Own(Device device, boolean isShared, Optional<AccountStore.OtherEcv> otherEcv) {
    private Own with(Device changed) {
      return new Own(changed, isShared, otherEcv);
    }
  }

  /** What became of a correction. */
  public sealed interface Outcome {
    /** It holds, but for what of it could not be read. */
    record Corrected(Own own, List<String> ignored) implements Outcome {}

    /** Somebody else was faster; nothing was changed. */
    record Stale(Own current) implements Outcome {}

    /** Somebody else uses the device, too; nothing was changed. */
    record Shared() implements Outcome {}

    /** The device is not linked to the person's account. */
    record NotLinked() implements Outcome {}
  }
}
