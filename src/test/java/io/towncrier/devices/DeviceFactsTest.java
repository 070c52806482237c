package io.towncrier.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.testing.FirmwareTexts;
import io.towncrier.updates.ReadFacts;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a device is known by after it has reported something. */
class DeviceFactsTest {
  private static final Device.Facts KNOWN =
      new Device.Facts(
          "1.0",
          Optional.of(new CountryCode("DE")),
          Optional.of("Europe/Berlin"),
          Optional.of(new LanguageTag("de")),
          "candidate",
          Optional.of("c-7"),
          Optional.of("B1"),
          OptionalLong.of(4),
          false);

  @Test
  void whatIsLeftOutStays() {
    assertThat(after(Fact.VERSION, "1.1").version()).isEqualTo("1.1");
    assertThat(KNOWN.after(nothing(), read(nothing()))).isEqualTo(KNOWN);
  }

  @Test
  void whatIsGivenAsNothingIsTakenAway() {
    assertThat(after(Fact.COUNTRY, "").country()).isEmpty();
    assertThat(after(Fact.TIMEZONE, "").timeZone()).isEmpty();
    assertThat(after(Fact.LANGUAGE, " ").language()).isEmpty();
    assertThat(after(Fact.CHANNEL, "").channel()).isEqualTo("stable");
    assertThat(after(Fact.COHORT, "").cohort()).isEmpty();
    assertThat(after(Fact.HARDWARE, "\n").hardware()).isEmpty();
    assertThat(after(Fact.COUNTER, "").counter()).isEmpty();
  }

  @Test
  void whereItIsAndWhatItSpeaksIsUnknownWhenItCannotBeRead() {
    assertThat(after(Fact.COUNTRY, "Bundesrepublik").country()).isEmpty();
    assertThat(after(Fact.TIMEZONE, "MEZ-1").timeZone()).isEmpty();
    assertThat(after(Fact.LANGUAGE, "!").language()).isEmpty();
  }

  @Test
  void otherFactsThatCannotBeReadStay() {
    assertThat(after(Fact.CHANNEL, "a\nb")).isEqualTo(KNOWN);
    assertThat(after(Fact.COHORT, "(null)")).isEqualTo(KNOWN);
    assertThat(after(Fact.HARDWARE, "x".repeat(65))).isEqualTo(KNOWN);
  }

  @Test
  void aCounterThatCannotBeReadLiftsNothingAndIsRemembered() {
    Device.Facts unreadable = after(Fact.COUNTER, "seven");

    assertThat(unreadable.counter()).isEqualTo(OptionalLong.of(4));
    assertThat(unreadable.counterUnreadable()).isTrue();
    assertThat(unreadable.forDecision("dev_1").ignored().codes()).containsExactly("counter");
    assertThat(unreadable.after(nothing(), read(nothing()))).isEqualTo(unreadable);
    ReadFacts five = only(Fact.COUNTER, "5");
    Device.Facts read = unreadable.after(five, read(five));
    assertThat(read.counter()).isEqualTo(OptionalLong.of(5));
    assertThat(read.forDecision("dev_1").ignored()).isEqualTo(Ignored.NONE);
    ReadFacts none = only(Fact.COUNTER, "");
    assertThat(unreadable.after(none, read(none)).counterUnreadable()).isFalse();
  }

  @Test
  void clocksAreOthersWithAnotherZoneOrInAnotherCountryWithoutAZone() {
    Device.Facts nowhere = after(Fact.TIMEZONE, "");
    ReadFacts france = only(Fact.COUNTRY, "FR");

    assertThat(after(Fact.LANGUAGE, "fr").hasClocksOf(KNOWN)).isTrue();
    assertThat(after(Fact.COUNTRY, "FR").hasClocksOf(KNOWN)).isTrue();
    assertThat(nowhere.hasClocksOf(KNOWN)).isFalse();
    assertThat(nowhere.after(france, read(france)).hasClocksOf(nowhere)).isFalse();
  }

  @Test
  void noTextIsKeptThatWasNotRead() {
    FirmwareTexts firmware = new FirmwareTexts(14);
    for (int i = 0; i < 20_000; i++) {
      Fact fact = Fact.ALL.get(1 + i % (Fact.MANUAL.place() - 1));
      ReadFacts given = only(fact, firmware.next());
      ClientFacts read = read(given);
      Device.Facts after = KNOWN.after(given, read);
      ClientFacts asked = after.forCheck(false, read.ignored());

      assertThat(asked.ignored()).isEqualTo(read.ignored());
      assertThat(after.counterUnreadable()).isEqualTo(read.ignored().has(Fact.COUNTER));
      if (read.ignored().isEmpty()) {
        assertThat(asked.country().equals(read.country()) || fact != Fact.COUNTRY).isTrue();
        assertThat(asked.timeZone().equals(read.timeZone()) || fact != Fact.TIMEZONE).isTrue();
      } else {
        assertThat(asked.ignoring(Ignored.NONE)).isEqualTo(unknown(fact));
      }
    }
  }

  private static ClientFacts unknown(Fact fact) {
    Device.Facts facts =
        switch (fact) {
          case COUNTRY, TIMEZONE, LANGUAGE -> after(fact, "");
          default -> KNOWN;
        };
    return facts.forCheck(false, Ignored.NONE);
  }

  private static Device.Facts after(Fact fact, String text) {
    ReadFacts given = only(fact, text);
    return KNOWN.after(given, read(given));
  }

  private static ClientFacts read(ReadFacts given) {
    InputReader input = new InputReader();
    ClientFacts read = given.orVersion(KNOWN.version()).read(input);
    assertThat(input.errors()).isEmpty();
    return read;
  }

  private static ReadFacts only(Fact fact, @Nullable String text) {
    return ReadFacts.of(each -> each == fact ? text : null);
  }

  private static ReadFacts nothing() {
    return ReadFacts.of(each -> null);
  }
}
