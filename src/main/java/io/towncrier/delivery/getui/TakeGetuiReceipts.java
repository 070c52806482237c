package io.towncrier.delivery.getui;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.ladder.Ladder;
import io.towncrier.delivery.ladder.ReportedStep;
import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.delivery.ladder.Verdict;
import io.towncrier.devices.PushAddress;
import io.towncrier.devices.address.AddressHolders;
import io.towncrier.platform.Offload;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes receipts as hints: what is not signed by our app's secret, has an unknown code or names a
 * push that we did not send changes nothing, and is counted. Told again it changes nothing either.
 * A phone that is online may be faster than we are: a push that is not known yet is looked for once
 * more, as Getui sends nothing again.
 */
@ApplicationScoped
class TakeGetuiReceipts {
  // An answer is recorded within much less; who sends receipts waits for so long.
  private static final Duration EARLY = Duration.ofSeconds(1);

  private final GetuiProvider provider;
  private final AddressHolders holders;
  private final Ladder ladder;
  private final ReceiptCounters counters;
  private final Duration early;

  @Inject
  TakeGetuiReceipts(
      GetuiProvider provider, AddressHolders holders, Ladder ladder, ReceiptCounters counters) {
    this(provider, holders, ladder, counters, EARLY);
  }

  TakeGetuiReceipts(
      GetuiProvider provider,
      AddressHolders holders,
      Ladder ladder,
      ReceiptCounters counters,
      Duration early) {
    this.provider = provider;
    this.holders = holders;
    this.ladder = ladder;
    this.counters = counters;
    this.early = early;
  }

  /**
   * Takes them.
   *
   * @return how many of the lines are receipts at all
   */
  Uni<Integer> run(List<String> lines) {
    List<Receipt> receipts = new ArrayList<>();
    for (String line : lines) {
      Receipt.read(line)
          .ifPresentOrElse(receipts::add, () -> counters.count(ReceiptCounters.UNREADABLE));
    }
    if (receipts.isEmpty()) {
      return Uni.createFrom().item(0);
    }
    // It may look into a file.
    return Offload.run(provider::credentials)
        .chain(account -> takeAll(hints(receipts, account)))
        .replaceWith(receipts.size());
  }

  private List<Hint> hints(List<Receipt> receipts, Optional<GetuiAccount> account) {
    List<Hint> hints = new ArrayList<>();
    for (Receipt receipt : receipts) {
      Optional<String> refused = refusal(receipt, account);
      Optional<ReceiptCodes.Means> means = ReceiptCodes.of(receipt.code());
      if (refused.isPresent()) {
        counters.count(refused.get());
      } else if (means.isEmpty()) {
        counters.count(ReceiptCounters.UNKNOWN_CODE);
      } else {
        means
            .get()
            .step()
            .ifPresentOrElse(
                step -> hints.add(new Hint(receipt, step)),
                () -> counters.count(ReceiptCounters.NO_STEP));
      }
    }
    return hints;
  }

  private static Optional<String> refusal(Receipt receipt, Optional<GetuiAccount> account) {
    if (account.isEmpty()) {
      return Optional.of(ReceiptCounters.NO_CREDENTIALS);
    }
    if (!receipt.app().equals(account.get().appId())) {
      return Optional.of(ReceiptCounters.OTHER_APP);
    }
    return receipt.isSignedBy(account.get())
        ? Optional.empty()
        : Optional.of(ReceiptCounters.FORGED);
  }

  /** As many at once as the ladder takes; a body has few more than that, if it has. */
  private Uni<Void> takeAll(List<Hint> hints) {
    List<List<Hint>> groups = new ArrayList<>();
    for (int from = 0; from < hints.size(); from += Ladder.MOST) {
      groups.add(hints.subList(from, Math.min(from + Ladder.MOST, hints.size())));
    }
    return Multi.createFrom()
        .iterable(groups)
        .onItem()
        .transformToUniAndConcatenate(this::take)
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Void> take(List<Hint> hints) {
    return holders
        .of(
            PushAddress.Kind.CID.provider(),
            hints.stream().map(hint -> hint.receipt().cid()).toList())
        .map(devices -> steps(hints, devices))
        .chain(
            steps ->
                ladder
                    .take(steps)
                    .map(verdicts -> countAllBut(steps, verdicts))
                    .chain(this::onceMore));
  }

  private List<ReportedStep> steps(List<Hint> hints, List<Optional<String>> devices) {
    List<ReportedStep> steps = new ArrayList<>();
    for (int i = 0; i < hints.size(); i++) {
      Hint hint = hints.get(i);
      devices
          .get(i)
          .ifPresentOrElse(
              device -> steps.add(hint.of(device)), () -> counters.count(Verdict.UNKNOWN.code()));
    }
    return steps;
  }

  /** Those of which the answer to their send may not be recorded yet. */
  private List<ReportedStep> countAllBut(List<ReportedStep> steps, List<Verdict> verdicts) {
    List<ReportedStep> perhapsEarly = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Verdict verdict = verdicts.get(i);
      if (verdict == Verdict.UNKNOWN || verdict == Verdict.NOT_YET) {
        perhapsEarly.add(steps.get(i));
      } else {
        counters.count(verdict.code());
      }
    }
    return perhapsEarly;
  }

  private Uni<Void> onceMore(List<ReportedStep> perhapsEarly) {
    if (perhapsEarly.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Uni.createFrom()
        .voidItem()
        .onItem()
        .delayIt()
        .by(early)
        .chain(() -> ladder.take(perhapsEarly))
        .invoke(verdicts -> verdicts.forEach(verdict -> counters.count(verdict.code())))
        .replaceWithVoid();
  }

  /** What a receipt says that may be believed. */
  private record Hint(Receipt receipt, ReceiptCodes.Step step) {
    ReportedStep of(String device) {
      return new ReportedStep(
          new ReportedStep.PushName.OfMessage(device, receipt.task()),
          step.step(),
          StepSource.PROVIDER,
          // A receipt's own time is not signed.
          Optional.empty(),
          step.reason());
    }
  }
}
