package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageRanges;
import io.towncrier.releases.Channels;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.Targeting;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.Selection;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Reads for whom a release is: the members that say so stand in the release itself. */
final class TargetingReader {
  private static final Set<String> RULE_MEMBERS =
      Set.of(
          "name",
          "priority",
          "channel",
          "countries",
          "languages",
          "hardware",
          "installed",
          "only",
          "except",
          "downgrade");
  private static final int MAX_RULES = 100;
  private static final int MAX_LISTED = 10_000;
  private static final int MAX_FACT = 64;

  private final InputReader input;
  private final JsonFields fields;
  private final InstallReader installs;

  TargetingReader(InputReader input, JsonFields fields) {
    this.input = input;
    this.fields = fields;
    this.installs = new InstallReader(input, fields);
  }

  Targeting read(String place, JsonNode node) {
    return new Targeting(
        fields.optionalText(place, node, "channel", 32).orElse(Channels.DEFAULT),
        countries(JsonFields.join(place, "countries"), node.path("countries")),
        rules(JsonFields.join(place, "rules"), node.path("rules")),
        range(JsonFields.join(place, "floorFor"), node.path("floorFor")),
        installs.read(JsonFields.join(place, "install"), node.path("install")));
  }

  private List<TargetingRule> rules(String place, JsonNode array) {
    List<TargetingRule> rules = new ArrayList<>();
    Set<String> names = new HashSet<>();
    fields.each(place, array, (at, node) -> rules.add(rule(at, node, names)));
    if (rules.size() > MAX_RULES) {
      input.reject(place, "must be at most " + MAX_RULES);
    }
    return rules;
  }

  private TargetingRule rule(String place, JsonNode node, Set<String> names) {
    fields.onlyKnown(place, node, RULE_MEMBERS);
    String name = fields.text(place, node, "name", 80);
    if (!name.isEmpty() && !names.add(name)) {
      input.reject(place + ".name", "stands there twice");
    }
    Selection only = selection(place + ".only", node.path("only"));
    Selection except = selection(place + ".except", node.path("except"));
    if (!only.isEmpty() && except.covers(only)) {
      input.reject(place, "lists the same clients in only and except");
    }
    return new TargetingRule(
        name,
        (int) fields.number(place, node, "priority", 0, TargetingRule.MAX_PRIORITY, 0),
        fields.optionalText(place, node, "channel", 32).filter(text -> !text.isEmpty()),
        countries(place + ".countries", node.path("countries")),
        LanguageRanges.of(some(place + ".languages", node.path("languages"), 35, input::language)),
        hardware(place + ".hardware", node.path("hardware")),
        range(place + ".installed", node.path("installed")),
        only,
        except,
        fields.flag(place, node, "downgrade"));
  }

  CountryRule countries(String place, JsonNode node) {
    if (!fields.isObject(place, node, Set.of("allow", "deny"))) {
      return CountryRule.EVERYWHERE;
    }
    CountryRule rule =
        new CountryRule(
            some(place + ".allow", node.path("allow"), 2, input::country),
            some(place + ".deny", node.path("deny"), 2, input::country));
    if (rule.allowed().stream().anyMatch(rule.denied()::contains)) {
      input.reject(place, "allows and denies the same country");
    }
    return rule;
  }

  private Set<String> hardware(String place, JsonNode node) {
    return some(
        place,
        node,
        MAX_FACT,
        (field, text) -> text.isEmpty() ? Optional.<String>empty() : Optional.of(text));
  }

  private Selection selection(String place, JsonNode node) {
    if (!fields.isObject(place, node, Set.of("cohorts", "devices"))) {
      return Selection.NONE;
    }
    int before = input.errorCount();
    Selection selection =
        new Selection(
            hardware(place + ".cohorts", node.path("cohorts")),
            hardware(place + ".devices", node.path("devices")));
    if (selection.isEmpty() && input.errorCount() == before) {
      // "Only these: nobody" would be read as "everybody".
      input.reject(place, "must list somebody; leave it out instead");
    }
    if (selection.cohorts().size() + selection.devices().size() > MAX_LISTED) {
      input.reject(place, "must list at most " + MAX_LISTED);
    }
    return selection;
  }

  /** A range of versions; whether its bounds are versions of the product is seen later. */
  Optional<VersionRange> range(String place, JsonNode node) {
    if (!fields.isObject(place, node, Set.of("from", "to", "before"))) {
      return Optional.empty();
    }
    int before = input.errorCount();
    Optional<String> from = bound(place, node, "from");
    Optional<String> to = bound(place, node, "to");
    Optional<String> end = bound(place, node, "before");
    if (to.isPresent() && end.isPresent()) {
      input.reject(place, "must have one of to and before");
    } else if (from.isEmpty() && to.isEmpty() && end.isEmpty() && input.errorCount() == before) {
      input.reject(place, "must have from, to or before");
    }
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(new VersionRange(from, to, end));
  }

  private Optional<String> bound(String place, JsonNode node, String member) {
    return fields
        .optionalText(place, node, member, Version.MAX_LENGTH)
        .filter(text -> !text.isEmpty())
        .filter(
            text -> {
              boolean version = ReleaseId.isVersion(text);
              if (!version) {
                input.reject(place + "." + member, "may hold letters, digits and . _ + ~ - only");
              }
              return version;
            });
  }

  /** A list that is not empty, when it is there. */
  private <T> Set<T> some(
      String place, JsonNode node, int maxLength, BiFunction<String, String, Optional<T>> parser) {
    Set<T> values = new LinkedHashSet<>();
    if (node.isArray() && node.isEmpty()) {
      // "Only these: none" would be read as "all".
      input.reject(place, "must not be empty; leave it out instead");
    }
    fields.each(
        place,
        node,
        (field, text) ->
            parser.apply(field, fields.textOf(field, text, maxLength)).ifPresent(values::add));
    return values;
  }
}
