package io.towncrier.notices.planning;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.notices.NoticesConfig;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.audience.Selection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds whom a notice addresses among the next devices, or whether it addresses this one. */
@ApplicationScoped
class ReadPage {
  private final Candidates candidates;
  private final MatchAudience match;
  private final NoticesConfig config;

  ReadPage(Candidates candidates, MatchAudience match, NoticesConfig config) {
    this.candidates = candidates;
    this.match = match;
    this.config = config;
  }

  /**
   * The next page of an audience.
   *
   * @param after begins behind this device; empty text for the first page
   */
  Uni<Slice> next(Audience audience, String after, Instant startedAt) {
    return match
        .now(audience)
        .chain(
            fits ->
                range(audience, after, startedAt)
                    .chain(
                        range ->
                            withPhones(audience, fitting(range.found(), fits), fits, startedAt)
                                .map(all -> new Slice(all, range.next(), range.last()))));
  }

  /** One device, as it is addressed now; empty when it is not. */
  Uni<Optional<Addressed>> one(Audience audience, String device, Instant startedAt) {
    return match
        .now(audience)
        .chain(
            fits ->
                among(audience, List.of(device), fits, startedAt)
                    .chain(
                        itself ->
                            itself.isEmpty()
                                ? throughRouter(audience, device, fits, startedAt)
                                : Uni.createFrom().item(Optional.of(itself.get(0).itself()))));
  }

  private Uni<Candidates.Range> range(Audience audience, String after, Instant startedAt) {
    Selection selection = Selection.withoutTexts(audience, startedAt);
    if (!audience.devices().isEmpty()) {
      return listed(selection, audience.devices(), after, startedAt);
    }
    return audience.accounts().isEmpty()
        ? candidates.range(selection, after, config.page(), startedAt)
        : candidates
            .linkedTo(audience.accounts())
            .chain(devices -> listed(selection, devices, after, startedAt));
  }

  /** Where the devices are known, the rest of the fleet is not looked at. */
  private Uni<Candidates.Range> listed(
      Selection selection, List<String> devices, String after, Instant startedAt) {
    List<String> left =
        devices.stream().filter(id -> id.compareTo(after) > 0).sorted().distinct().toList();
    List<String> page = left.subList(0, Math.min(config.page(), left.size()));
    return page.isEmpty()
        ? Uni.createFrom().item(new Candidates.Range(List.of(), after, true))
        : candidates
            .among(selection, page, startedAt)
            .map(
                found ->
                    new Candidates.Range(
                        found, page.get(page.size() - 1), page.size() == left.size()));
  }

  /** With the phones of those that are routers; each device once, for itself where it can be. */
  private Uni<List<Addressed>> withPhones(
      Audience audience, List<Candidate> found, Predicate<Candidate> fits, Instant startedAt) {
    Map<String, Addressed> all = new LinkedHashMap<>();
    found.forEach(one -> all.put(one.device(), one.itself()));
    List<String> routers =
        found.stream()
            .filter(one -> one.kind() == Device.Kind.ROUTER)
            .map(Candidate::device)
            .toList();
    if (routers.isEmpty()) {
      return Uni.createFrom().item(List.copyOf(all.values()));
    }
    return candidates
        .phonesOf(routers)
        .map(
            phones ->
                phones.stream()
                    .filter(phone -> !phone.registeredAt().isAfter(startedAt))
                    .filter(phone -> !all.containsKey(phone.id()))
                    .toList())
        .chain(
            phones ->
                themselves(audience, phones, fits, startedAt)
                    .invoke(known -> addPhones(all, phones, known)))
        .map(done -> List.copyOf(all.values()));
  }

  /** Phones whose own page may still be to come, and which are then addressed for themselves. */
  private Uni<Set<String>> themselves(
      Audience audience, List<Phone> phones, Predicate<Candidate> fits, Instant startedAt) {
    boolean routersOnly = audience.kind().filter(Device.Kind.ROUTER::equals).isPresent();
    return routersOnly || phones.isEmpty()
        ? Uni.createFrom().item(Set.of())
        : among(audience, phones.stream().map(Phone::id).toList(), fits, startedAt)
            .map(own -> own.stream().map(Candidate::device).collect(Collectors.toSet()));
  }

  private static void addPhones(
      Map<String, Addressed> all, List<Phone> phones, Collection<String> themselves) {
    for (Phone phone : phones) {
      Addressed one =
          themselves.contains(phone.id())
              ? new Addressed(phone.id(), Optional.empty(), phone.place(), phone.registeredAt())
              : phone.addressed();
      all.putIfAbsent(one.device(), one);
    }
  }

  private Uni<Optional<Addressed>> throughRouter(
      Audience audience, String phone, Predicate<Candidate> fits, Instant startedAt) {
    return candidates
        .routersOf(phone)
        .chain(
            routers ->
                routers.isEmpty()
                    ? Uni.createFrom().item(List.<Candidate>of())
                    : among(audience, routers, fits, startedAt))
        .chain(
            addressed ->
                addressed.isEmpty()
                    ? Uni.createFrom().item(List.<Phone>of())
                    : candidates.phonesOf(addressed.stream().map(Candidate::device).toList()))
        .map(
            phones ->
                phones.stream()
                    .filter(one -> one.id().equals(phone))
                    .filter(one -> !one.registeredAt().isAfter(startedAt))
                    .map(Phone::addressed)
                    .findFirst());
  }

  private Uni<List<Candidate>> among(
      Audience audience, List<String> devices, Predicate<Candidate> fits, Instant startedAt) {
    return candidates
        .among(Selection.withoutTexts(audience, startedAt), devices, startedAt)
        .map(found -> fitting(found, fits));
  }

  private static List<Candidate> fitting(List<Candidate> found, Predicate<Candidate> fits) {
    return found.stream().filter(fits).toList();
  }

  /**
   * Whom a page brings.
   *
   * @param next the last device that was looked at
   * @param last whether there is none behind it
   */
  record Slice(List<Addressed> addressed, String next, boolean last) {}
}
