package io.towncrier.updates.rest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.rest.body.ClientBody;
import io.towncrier.platform.time.Moments;
import io.towncrier.platform.time.TimeZoneId;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactReader;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.DeviceAttempts;
import io.towncrier.updates.ExplainUpdate;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The JSON of explanations; what each release adds stands in {@link ExplainedRelease}. */
final class ExplainBodies {
  private ExplainBodies() {}

  /**
   * A device, or a product and facts. The facts are read as a check reads them, since it is a check
   * that is explained; everything else is an operator's, and strict.
   */
  @Schema(name = "ExplainRequest")
  record Ask(
      @Nullable String deviceId,
      @Nullable String product,
      @JsonUnwrapped ReadFacts facts,
      @Nullable String at) {
    private static final Set<String> OWN = Set.of("deviceId", "product", "at");

    static Question read(ClientBody body) {
      InputReader input = new InputReader();
      body.names().stream()
          .filter(name -> !OWN.contains(name) && Fact.ALL.stream().noneMatch(isCalled(name)))
          .sorted()
          .forEach(name -> input.reject(name, "is not a known member"));
      Question question =
          new Ask(
                  body.text("deviceId"),
                  body.text("product"),
                  ReadFacts.of(fact -> body.text(fact.code())),
                  body.text("at"))
              .read(input);
      input.finish();
      return question;
    }

    private static Predicate<Fact> isCalled(String name) {
      return fact -> fact.code().equals(name);
    }

    private Question read(InputReader input) {
      input.notEmpty("at", at);
      Optional<Instant> moment = Moments.read(input, "at", at);
      return deviceId == null ? ofFacts(input, moment) : ofDevice(input, moment);
    }

    private Question ofFacts(InputReader input, Optional<Instant> moment) {
      String id = input.text("product", product, 80);
      ClientFacts read = facts.read(input);
      return new Question(Optional.empty(), id, Optional.of(read), read.manual(), moment);
    }

    private Question ofDevice(InputReader input, Optional<Instant> moment) {
      boolean both =
          product != null
              || Fact.ALL.stream().anyMatch(fact -> fact != Fact.MANUAL && facts.get(fact) != null);
      if (both) {
        input.reject("deviceId", "cannot stand beside a product or facts: the device has its own");
      }
      String id = input.text("deviceId", deviceId, 64);
      boolean byHand = new FactReader().manual(facts.manual());
      return new Question(Optional.of(id), "", Optional.empty(), byHand, moment);
    }
  }

  /** What is asked; the facts are missing when a device is. */
  record Question(
      Optional<String> deviceId,
      String product,
      Optional<ClientFacts> facts,
      boolean manual,
      Optional<Instant> at) {}

  /**
   * The decision and its reasons.
   *
   * @param at the moment for which it is explained
   * @param facts that it was decided by
   * @param version that is offered
   * @param target that the offer leads to
   * @param changesAt when the decision may be another one though nothing is published
   * @param releases all of the product, the newest first
   * @param attempt what the device went through; left out for facts alone
   * @param waitsUntil when a device comes again that waits for its download
   */
  @Schema(name = "Explanation")
  record Answer(
      String product,
      Instant at,
      Facts facts,
      String decision,
      Optional<String> reason,
      Optional<String> version,
      Optional<String> target,
      Optional<Window> installWindow,
      Optional<Instant> changesAt,
      List<ExplainedRelease> releases,
      Optional<DeviceAttempts.Attempt> attempt,
      Optional<Instant> waitsUntil,
      String snapshot) {
    static Answer of(ExplainUpdate.Outcome.Explained explained) {
      UpdateDecision decision = explained.explanation().verdict().decision();
      Optional<UpdateDecision.Offer> offer =
          decision instanceof UpdateDecision.Offer o ? Optional.of(o) : Optional.empty();
      // As the device is answered: it may not have what its facts would get.
      Optional<String> held =
          explained
              .attempt()
              .filter(a -> offer.filter(o -> o.release().version().equals(a.version())).isPresent())
              .flatMap(DeviceAttempts.Attempt::held);
      Optional<Duration> wait = held.isPresent() ? Optional.empty() : explained.toWait();
      Optional<String> reason = held.or(() -> wait.map(w -> Refusal.DOWNLOAD_BUDGET.code()));
      return new Answer(
          explained.product(),
          explained.at(),
          Facts.of(explained.facts()),
          reason.isPresent() ? "held-back" : decision.code(),
          reason.or(decision::reasonCode),
          offer.map(o -> o.release().version()),
          offer.map(o -> o.target().version()),
          offer.flatMap(UpdateDecision.Offer::window).map(Window::of),
          explained.explanation().verdict().changesAt(),
          explained.explanation().releases().stream().map(ExplainedRelease::of).toList(),
          explained.attempt(),
          wait.map(explained.at()::plus),
          explained.snapshot());
    }
  }

  /**
   * What the client said of itself; device is there when it is known to be one, and ignored when
   * something could not be read.
   */
  @Schema(name = "ExplainedFacts")
  record Facts(
      Optional<String> device,
      String version,
      Optional<String> country,
      Optional<String> timezone,
      Optional<String> language,
      String channel,
      Optional<String> cohort,
      Optional<String> hardware,
      OptionalLong counter,
      boolean manual,
      Optional<List<String>> ignored) {
    static Facts of(ClientFacts facts) {
      return new Facts(
          facts.device(),
          facts.version(),
          facts.country().map(CountryCode::value),
          facts.timeZone().map(TimeZoneId::nameOf),
          facts.language().map(LanguageTag::value),
          facts.channel(),
          facts.cohort(),
          facts.hardware(),
          facts.counter(),
          facts.manual(),
          facts.ignored().isEmpty() ? Optional.empty() : Optional.of(facts.ignored().codes()));
    }
  }

  /** When to install; without an end it stays open. */
  @Schema(name = "InstallPeriod")
  record Window(Instant opens, Optional<Instant> closes) {
    static Window of(InstallWindow.Opening opening) {
      return new Window(opening.opens(), opening.closes());
    }
  }
}
