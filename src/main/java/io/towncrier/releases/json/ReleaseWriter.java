package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.Advisory;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Content;
import io.towncrier.releases.Release;
import io.towncrier.releases.rollout.Advance;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.Selection;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionRange;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.util.Collection;
import java.util.Locale;

/**
 * Writes a release in canonical form: members in one order, defaults left out, sets sorted. Equal
 * releases have equal texts, and what is written reads back as the same release.
 */
final class ReleaseWriter {
  private ReleaseWriter() {}

  static ObjectNode write(Release release) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("version", release.version());
    if (release.counter() != 0) {
      node.put("counter", release.counter());
    }
    if (release.state() != Release.State.PUBLISHED) {
      node.put("state", release.state().code());
    }
    if (!release.targeting().channel().equals(Channels.DEFAULT)) {
      node.put("channel", release.targeting().channel());
    }
    node.put("severity", release.severity().code());
    if (release.mandatory()) {
      node.put("mandatory", true);
    }
    if (release.isDated()) {
      node.put("publishedAt", release.publishedAt().toString());
    }
    countries(node, release.targeting().countries());
    if (!release.targeting().rules().isEmpty()) {
      ArrayNode rules = node.putArray("rules");
      release.targeting().rules().forEach(rule -> rules.add(rule(rule)));
    }
    release.targeting().floorFor().ifPresent(range -> range(node, "floorFor", range));
    release.targeting().install().ifPresent(install -> install(node, install));
    rollout(node, release.rollout());
    content(node, release.content());
    return node;
  }

  private static ObjectNode rule(TargetingRule rule) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", rule.name());
    if (rule.priority() != 0) {
      node.put("priority", rule.priority());
    }
    rule.channel().ifPresent(channel -> node.put("channel", channel));
    countries(node, rule.countries());
    sorted(node, "languages", rule.languages().tags().stream().map(LanguageTag::value).toList());
    sorted(node, "hardware", rule.hardware());
    rule.installed().ifPresent(range -> range(node, "installed", range));
    selection(node, "only", rule.only());
    selection(node, "except", rule.except());
    if (rule.downgrade()) {
      node.put("downgrade", true);
    }
    return node;
  }

  private static void countries(ObjectNode parent, CountryRule rule) {
    if (!rule.equals(CountryRule.EVERYWHERE)) {
      ObjectNode node = parent.putObject("countries");
      sorted(node, "allow", rule.allowed().stream().map(CountryCode::value).toList());
      sorted(node, "deny", rule.denied().stream().map(CountryCode::value).toList());
    }
  }

  private static void selection(ObjectNode parent, String member, Selection selection) {
    if (!selection.isEmpty()) {
      ObjectNode node = parent.putObject(member);
      sorted(node, "cohorts", selection.cohorts());
      sorted(node, "devices", selection.devices());
    }
  }

  private static void range(ObjectNode parent, String member, VersionRange range) {
    ObjectNode node = parent.putObject(member);
    range.from().ifPresent(text -> node.put("from", text));
    range.to().ifPresent(text -> node.put("to", text));
    range.before().ifPresent(text -> node.put("before", text));
  }

  private static void install(ObjectNode parent, InstallWindow install) {
    ObjectNode node = parent.putObject("install");
    install
        .hours()
        .ifPresent(
            hours -> node.put("from", hours.from().toString()).put("to", hours.to().toString()));
    if (!install.days().isEmpty()) {
      ArrayNode days = node.putArray("days");
      install.days().stream()
          .sorted()
          .map(DayOfWeek::name)
          .forEach(day -> days.add(day.toLowerCase(Locale.ROOT)));
    }
    install.notBefore().ifPresent(moment -> node.put("notBefore", moment.toString()));
  }

  private static void rollout(ObjectNode parent, Rollout rollout) {
    if (rollout.equals(Rollout.FULL)) {
      return;
    }
    ObjectNode node = parent.putObject("rollout");
    if (!rollout.phases().isEmpty()) {
      ArrayNode phases = node.putArray("phases");
      rollout.phases().forEach(phase -> phases.add(phase(phase)));
    }
    rollout.salt().ifPresent(salt -> node.put("salt", salt));
    if (rollout.state() != Rollout.State.RUNNING) {
      node.put("state", rollout.state().code());
    }
    rollout.heldSince().ifPresent(since -> node.put("heldSince", since.toString()));
    if (!rollout.heldFor().isZero()) {
      node.put("heldFor", rollout.heldFor().toString());
    }
    Advance advance = rollout.advance();
    if (advance.by() != Advance.By.CLOCK) {
      node.put("promotion", advance.by().code());
    }
    advance
        .since()
        .ifPresent(since -> node.put("phase", advance.phase()).put("phaseSince", since.toString()));
  }

  private static ObjectNode phase(Phase phase) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    BigDecimal percentage = BigDecimal.valueOf(phase.buckets(), 2).stripTrailingZeros();
    // 1E+1 is a JSON number too, but nobody wants to read it.
    if (percentage.scale() <= 0) {
      node.put("percentage", percentage.intValueExact());
    } else {
      node.put("percentage", percentage);
    }
    phase.start().ifPresent(start -> node.put("start", start.toString()));
    if (!phase.soak().isZero()) {
      node.put("soak", phase.soak().toString());
    }
    return node;
  }

  private static void content(ObjectNode node, Content content) {
    ObjectNode notes = node.putObject("notes");
    content
        .notes()
        .byLanguage()
        .forEach(
            (language, text) ->
                notes.putObject(language).put("title", text.title()).put("body", text.body()));
    if (!content.artifacts().isEmpty()) {
      ArrayNode artifacts = node.putArray("artifacts");
      content
          .artifacts()
          .forEach(
              a -> {
                ObjectNode artifact =
                    artifacts
                        .addObject()
                        .put("name", a.name())
                        .put("url", a.url().toString())
                        .put("size", a.size())
                        .put("sha256", a.sha256());
                a.sha1().ifPresent(sha1 -> artifact.put("sha1", sha1));
                a.md5().ifPresent(md5 -> artifact.put("md5", md5));
              });
    }
    content.advisory().ifPresent(advisory -> advisory(node, advisory));
  }

  private static void advisory(ObjectNode parent, Advisory advisory) {
    ObjectNode node = parent.putObject("advisory");
    node.put("id", advisory.id()).put("severity", advisory.severity().code());
    range(node, "affected", advisory.affected());
    node.put("description", advisory.description()).put("remedy", advisory.remedy());
  }

  private static void sorted(ObjectNode node, String member, Collection<String> values) {
    if (!values.isEmpty()) {
      ArrayNode array = node.putArray(member);
      values.stream().sorted().forEach(array::add);
    }
  }
}
