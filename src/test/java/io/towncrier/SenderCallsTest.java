package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a send asks of ports that are kept in the database. Whoever makes it ask for more names the
 * statement in SenderRoleIT, and its columns in db/roles/sender.sql: else the role that sends is
 * refused, perhaps on a way that no push of a test takes (docs/adr/0067).
 */
@Tag("zoneless")
class SenderCallsTest {
  private static final String SENDING = "io.towncrier.delivery.sending.";
  private static final String SHARD = "io.towncrier.delivery.sharding.DeliverShard";
  // They challenge for the API, and watch for the tick.
  private static final Set<String> OTHERS =
      Set.of(SENDING + "PushChallenges", SENDING + "WatchStandstill");

  @Test
  void aSendAsksForWhatItsRoleIsTriedWithAndForNothingElse() {
    assertThat(asked())
        .containsExactlyInAnyOrder(
            "Outbox.isOpen",
            "Outbox.mostUrgentDue",
            "Outbox.lockDue",
            "Outbox.lockContents",
            "Outbox.recordClaim",
            "Outbox.recordResults",
            "Outbox.handOver",
            "Outbox.halt",
            "DeviceStore.lockTargets",
            "DeviceStore.retireAddress",
            "DeviceStore.retireIdleAddress",
            "AlertsStore.lockForShare",
            "PushAccounts.find",
            "PushAccounts.lock",
            "PushAccounts.tryLock",
            "PushAccounts.save",
            "PushHalts.lockForClaim");
  }

  private static Set<String> asked() {
    return ImportedClasses.OURS.stream()
        .filter(SenderCallsTest::sends)
        .flatMap(SenderCallsTest::calls)
        .filter(call -> isKeptInTheDatabase(call.getTargetOwner()))
        .map(call -> call.getTargetOwner().getSimpleName() + "." + call.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean sends(JavaClass type) {
    String name = type.getName().replaceAll("\\$.*", "");
    return name.equals(SHARD) || (name.startsWith(SENDING) && !OTHERS.contains(name));
  }

  private static Stream<JavaAccess<?>> calls(JavaClass type) {
    return Stream.concat(
        type.getMethodCallsFromSelf().stream(), type.getMethodReferencesFromSelf().stream());
  }

  private static boolean isKeptInTheDatabase(JavaClass port) {
    return port.isInterface()
        && !port.getPackageName().startsWith("io.towncrier.platform")
        && port.getAllSubclasses().stream()
            .anyMatch(adapter -> adapter.getPackageName().endsWith(".postgres"));
  }
}
