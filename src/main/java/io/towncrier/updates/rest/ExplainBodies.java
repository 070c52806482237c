package io.towncrier.updates.rest;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.LanguageTag;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.updates.ExplainUpdate;
import io.towncrier.updates.ReadFacts;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JSON of explanations; what is told of each release stands in {@link ExplainedRelease}. */
final class ExplainBodies {
  private ExplainBodies() {}

  /** A device, or a product and facts. */
  record Ask(
      @Nullable String deviceId,
      @Nullable String product,
      @Nullable String version,
      @Nullable String country,
      @Nullable String timezone,
      @Nullable String language,
      @Nullable String channel,
      @Nullable String cohort,
      @Nullable String hardware,
      @Nullable String counter,
      @Nullable String manual,
      @Nullable String at) {
    Question read() {
      InputReader input = new InputReader();
      input.notEmpty("at", at);
      Optional<Instant> moment = Moments.read(input, "at", at);
      Question question = deviceId == null ? ofFacts(input, moment) : ofDevice(input, moment);
      input.finish();
      return question;
    }

    private Question ofFacts(InputReader input, Optional<Instant> moment) {
      String id = input.text("product", product, 80);
      ClientFacts facts =
          new ReadFacts(
                  version, country, timezone, language, channel, cohort, hardware, counter, manual)
              .read(input);
      return new Question(Optional.empty(), id, Optional.of(facts), facts.manual(), moment);
    }

    private Question ofDevice(InputReader input, Optional<Instant> moment) {
      boolean both =
          Stream.of(
                  product, version, country, timezone, language, channel, cohort, hardware, counter)
              .anyMatch(Objects::nonNull);
      if (both) {
        input.reject("deviceId", "cannot stand beside a product or facts: the device has its own");
      }
      String id = input.text("deviceId", deviceId, 64);
      boolean byHand =
          input.parsed("manual", manual, Ask::flag, "must be true or false").orElse(Boolean.FALSE);
      return new Question(Optional.of(id), "", Optional.empty(), byHand, moment);
    }

    private static Optional<Boolean> flag(String text) {
      return Stream.of(true, false).filter(flag -> flag.toString().equals(text)).findFirst();
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
   */
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
      String snapshot) {
    static Answer of(ExplainUpdate.Outcome.Explained explained) {
      UpdateDecision decision = explained.explanation().verdict().decision();
      Optional<UpdateDecision.Offer> offer =
          decision instanceof UpdateDecision.Offer o ? Optional.of(o) : Optional.empty();
      return new Answer(
          explained.product(),
          explained.at(),
          Facts.of(explained.facts()),
          decision.code(),
          decision.reasonCode(),
          offer.map(o -> o.release().version()),
          offer.map(o -> o.target().version()),
          offer.flatMap(UpdateDecision.Offer::window).map(Window::of),
          explained.explanation().verdict().changesAt(),
          explained.explanation().releases().stream().map(ExplainedRelease::of).toList(),
          explained.snapshot());
    }
  }

  /** What the client said of itself; device is there when it is known to be one. */
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
      boolean manual) {
    static Facts of(ClientFacts facts) {
      return new Facts(
          facts.device(),
          facts.version(),
          facts.country().map(CountryCode::value),
          facts.timeZone().map(ZoneId::getId),
          facts.language().map(LanguageTag::value),
          facts.channel(),
          facts.cohort(),
          facts.hardware(),
          facts.counter(),
          facts.manual());
    }
  }

  /** When to install; without an end it stays open. */
  record Window(Instant opens, Optional<Instant> closes) {
    static Window of(InstallWindow.Opening opening) {
      return new Window(opening.opens(), opening.closes());
    }
  }
}
