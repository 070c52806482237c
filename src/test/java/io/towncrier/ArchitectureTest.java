package io.towncrier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may import whom, and what no code of ours does. The table is that of docs/adr/0008. */
@Tag("zoneless")
class ArchitectureTest {
  private static final String ROOT = "io.towncrier.";
  private static final String EVERYTHING = "*";

  /** Feature to what it may import besides the JDK, JSpecify and platform. */
  private static final Map<String, Set<String>> TABLE =
      Map.ofEntries(
          Map.entry("platform", Set.of()),
          Map.entry("audit", Set.of()),
          Map.entry("privacy", Set.of("audit", "installation")),
          Map.entry("installation", Set.of("audit")),
          Map.entry("reports", Set.of("audit")),
          Map.entry("downloads", Set.of("privacy")),
          Map.entry("releases", Set.of("audit", "artifacts", "events")),
          Map.entry("updates", Set.of("releases", "audit")),
          Map.entry("devices", Set.of("privacy", "updates", "releases", "installation")),
          Map.entry(
              "fleet", Set.of("devices", "privacy", "updates", "releases", "reports", "audit")),
          Map.entry("preferences", Set.of("devices", "privacy")),
          Map.entry(
              "delivery", Set.of("devices", "preferences", "privacy", "audit", "installation")),
          Map.entry(
              "notices",
              Set.of(
                  "audit",
                  "releases",
                  "updates",
                  "devices",
                  "fleet",
                  "preferences",
                  "delivery",
                  "privacy",
                  "reports",
                  "downloads",
                  "events",
                  "consents")),
          Map.entry("halts", Set.of("releases", "updates", "delivery")),
          Map.entry("privacyrequests", Set.of("audit", "privacy")),
          Map.entry(
              "outcomes",
              Set.of("audit", "privacy", "releases", "updates", "devices", "fleet", "downloads")),
          Map.entry(
              "overview",
              Set.of("audit", "releases", "updates", "fleet", "delivery", "notices", "halts")),
          Map.entry(
              "ddi", Set.of("audit", "privacy", "releases", "updates", "devices", "outcomes")),
          Map.entry("artifacts", Set.of("audit")),
          Map.entry("events", Set.of("audit")),
          Map.entry("consents", Set.of("devices", "preferences", "privacy")),
          Map.entry(
              "jobs",
              Set.of(
                  "installation",
                  "updates",
                  "devices",
                  "fleet",
                  "preferences",
                  "delivery",
                  "notices",
                  "reports",
                  "privacyrequests",
                  "audit",
                  "privacy",
                  "outcomes",
                  "artifacts",
                  "events",
                  "releases")),
          Map.entry(
              "console",
              Set.of(
                  "audit",
                  "privacy",
                  "releases",
                  "updates",
                  "devices",
                  "fleet",
                  "preferences",
                  "delivery",
                  "notices",
                  "reports",
                  "installation",
                  "halts",
                  "privacyrequests",
                  "outcomes",
                  "overview",
                  "ddi",
                  "artifacts",
                  "events",
                  "consents")),
          Map.entry("server", Set.of(EVERYTHING)),
          Map.entry("functions", Set.of(EVERYTHING)));

  /** Sub-packages that are no adapters, and so visible to other features. */
  private static final Set<String> NO_ADAPTERS =
      Set.of(
          "releases.version",
          "releases.targeting",
          "releases.rollout",
          "releases.editing",
          "updates.decision",
          "updates.lint",
          "updates.published",
          "delivery.credentials",
          "delivery.ladder",
          "delivery.pacing",
          "delivery.phone",
          "delivery.recall",
          "delivery.sending",
          "delivery.sharding",
          "delivery.vendors",
          "notices.canary",
          "notices.rollout",
          "notices.audience",
          "notices.schedule",
          "notices.pacing",
          "notices.planning",
          "notices.preview",
          "notices.text",
          "privacy.classification",
          "privacy.rights",
          "privacy.retention",
          "outcomes.state",
          "notices.counts",
          "privacy.keys",
          "privacy.rotation",
          "privacy.processors",
          "outcomes.health",
          "outcomes.judging",
          "ddi.actions",
          "ddi.enrolment",
          "devices.erasure",
          "notices.mine",
          "devices.residency",
          "devices.address",
          "devices.checks",
          "devices.retirement",
          "notices.explain",
          "notices.selection",
          "releases.phases",
          "releases.reach",
          "releases.support",
          "updates.preview",
          "updates.snapshots");

  private static final Set<String> BANNED_IN_ROOTS =
      Set.of(
          "jakarta.ws.rs",
          "io.vertx",
          "org.hibernate",
          "com.amazonaws",
          "software.amazon",
          "com.fasterxml",
          "com.google",
          "io.opentelemetry");

  private static final JavaClasses OURS = ImportedClasses.OURS;
  private static final JavaClasses KNOWN_BAD = ImportedClasses.KNOWN_BAD;

  @Test
  void everyPackageStandsInTheTable() {
    Set<String> features = new TreeSet<>();
    OURS.forEach(c -> features.add(feature(c.getPackageName())));
    assertThat(features).isEqualTo(new TreeSet<>(TABLE.keySet()));
  }

  @Test
  void importsFollowTheTable() {
    assertThat(violations(OURS)).isEmpty();
  }

  @Test
  void aKnownBadImportIsCaught() {
    assertThat(violations(KNOWN_BAD))
        .anyMatch(v -> v.contains("updates may not import notices"))
        .anyMatch(v -> v.contains("sees the adapter releases.postgres"))
        .anyMatch(v -> v.contains("is a root and uses io.vertx"));
    assertThatThrownBy(() -> clockReads().check(KNOWN_BAD)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> fieldInjection().check(KNOWN_BAD)).isInstanceOf(AssertionError.class);
  }

  @Test
  void onlyTheTracingKnowsWhatTracesAreMadeWith() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.towncrier.platform.tracing")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(OURS);
  }

  /** It renders messages and reads credentials (docs/adr/0016); its senders need an app of its. */
  @Test
  void nothingIsSentByGooglesLibrary() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("com.google.firebase.FirebaseApp")
        .check(OURS);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.towncrier.(*)..").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void nothingIsInjectedIntoFields() {
    fieldInjection().check(OURS);
  }

  @Test
  void timeComesFromTheInjectedClock() {
    clockReads().check(OURS);
  }

  @Test
  void packagesAreNamedForWhatTheyAreAbout() {
    assertThat(OURS.stream().map(JavaClass::getPackageName))
        .noneMatch(
            name ->
                name.matches(".*\\.(impl|service|dto|util|common|model|infrastructure)(\\..*)?"));
  }

  private static com.tngtech.archunit.lang.ArchRule fieldInjection() {
    return noFields().should().beAnnotatedWith(Inject.class);
  }

  private static com.tngtech.archunit.lang.ArchRule clockReads() {
    return noClasses()
        .should()
        .callMethodWhere(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "now() without a clock", ArchitectureTest::readsTheClock));
  }

  private static boolean readsTheClock(JavaMethodCall call) {
    Class<?>[] temporal = {
      Instant.class, LocalDate.class, LocalDateTime.class, OffsetDateTime.class, ZonedDateTime.class
    };
    String owner = call.getTargetOwner().getName();
    boolean now =
        call.getName().equals("now")
            && call.getTarget().getRawParameterTypes().stream()
                .noneMatch(p -> p.isAssignableTo(Clock.class));
    boolean millis = owner.equals("java.lang.System") && call.getName().equals("currentTimeMillis");
    return millis || (now && List.of(temporal).stream().anyMatch(t -> t.getName().equals(owner)));
  }

  private static List<String> violations(JavaClasses classes) {
    List<String> violations = new ArrayList<>();
    for (JavaClass origin : classes) {
      for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass();
        String from = origin.getPackageName();
        String to = target.getPackageName();
        if (to.contains(ROOT)) {
          ownImport(violations, dependency, strip(from), strip(to));
        } else if (isRoot(strip(from))) {
          BANNED_IN_ROOTS.stream()
              .filter(to::startsWith)
              .forEach(
                  banned -> violations.add(origin.getName() + " is a root and uses " + banned));
        }
      }
    }
    return violations;
  }

  private static void ownImport(
      List<String> violations, Dependency dependency, String from, String to) {
    String feature = feature(ROOT + from);
    String other = feature(ROOT + to);
    Set<String> allowed = TABLE.getOrDefault(feature, Set.of());
    if (allowed.contains(EVERYTHING)) {
      return;
    }
    if (!feature.equals(other) && !other.equals("platform") && !allowed.contains(other)) {
      violations.add(feature + " may not import " + other + ": " + dependency.getDescription());
    }
    boolean adapter = to.contains(".") && !NO_ADAPTERS.contains(to) && !other.equals("platform");
    // A form that several adapters of one feature write and read is shared among them.
    boolean ownForm = from.startsWith(feature + ".") && to.equals(feature + ".json");
    if (adapter && !from.equals(to) && !ownForm) {
      violations.add(from + " sees the adapter " + to + ": " + dependency.getDescription());
    }
  }

  /** Domain, use cases and ports; platform is no feature and may know the frameworks. */
  private static boolean isRoot(String name) {
    return (!name.contains(".") || NO_ADAPTERS.contains(name))
        && !name.equals("server")
        && !name.equals("functions");
  }

  private static String feature(String packageName) {
    return strip(packageName).split("\\.", 2)[0];
  }

  private static String strip(String packageName) {
    int at = packageName.indexOf(ROOT);
    return at < 0 ? "" : packageName.substring(at + ROOT.length());
  }
}
