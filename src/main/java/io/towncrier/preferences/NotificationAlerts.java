package io.towncrier.preferences;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one owner, a device or an account, allows.
 *
 * @param push any push at all
 * @param off categories that are not pushed; a category that is new later is on
 * @param inAppOff categories that are not shown in-app, unless they are essential
 * @param quietHours in which pushes wait
 * @param receipts whether it is recorded what became of pushes on the phone
 * @param version goes up by one with every change
 */
public record NotificationAlerts(
    boolean push,
    Set<Category> off,
    Set<Category> inAppOff,
    Optional<QuietHours> quietHours,
    boolean receipts,
    int version) {
  /** Everything is on. */
  public static final NotificationAlerts INITIAL =
      new NotificationAlerts(true, Set.of(), Optional.empty(), 0);

  public NotificationAlerts {
    off = Set.copyOf(off);
    inAppOff = Set.copyOf(inAppOff);
  }

  /** Alerts of an owner who lets it be recorded what became of pushes. */
  public NotificationAlerts(
      boolean push,
      Set<Category> off,
      Set<Category> inAppOff,
      Optional<QuietHours> quietHours,
      int version) {
    this(push, off, inAppOff, quietHours, true, version);
  }

  /** The same, of one who finds everything in-app. */
  public NotificationAlerts(
      boolean push, Set<Category> off, Optional<QuietHours> quietHours, int version) {
    this(push, off, Set.of(), quietHours, version);
  }

  boolean allows(Category category) {
    return push && !off.contains(category);
  }

  /** The categories whose pushes a change to these alerts forbids. */
  Set<Category> forbiddenBy(NotificationAlerts next) {
    Set<Category> forbidden = EnumSet.noneOf(Category.class);
    for (Category category : Category.values()) {
      if (allows(category) && !next.allows(category)) {
        forbidden.add(category);
      }
    }
    return forbidden;
  }

  /** Whether these forbid something that others allow, and allow nothing that those forbid. */
  boolean onlyForbids(NotificationAlerts others) {
    boolean forbids = !others.forbiddenBy(this).isEmpty() || (others.receipts && !receipts);
    boolean allows = !forbiddenBy(others).isEmpty() || (receipts && !others.receipts);
    return forbids && !allows;
  }

  /** Whether nothing is forbidden, not even at an hour. */
  public boolean allowEverything() {
    return push && off.isEmpty() && inAppOff.isEmpty() && quietHours.isEmpty() && receipts;
  }

  /**
   * The same, and what other alerts forbid besides; quiet hours of its own stay. The version is
   * that of a change, if it is one.
   */
  public NotificationAlerts andOptOutsOf(NotificationAlerts other) {
    NotificationAlerts both =
        new NotificationAlerts(
            push && other.push,
            union(off, other.off),
            union(inAppOff, other.inAppOff),
            quietHours.or(other::quietHours),
            receipts && other.receipts,
            version);
    return both.equals(this) ? this : both.withVersion(version + 1);
  }

  private static Set<Category> union(Set<Category> some, Set<Category> others) {
    Set<Category> union = new TreeSet<>(some);
    union.addAll(others);
    return union;
  }

  /** The same, with pushes of every category switched off. */
  public NotificationAlerts withoutPush() {
    return new NotificationAlerts(false, off, inAppOff, quietHours, receipts, version);
  }

  NotificationAlerts withVersion(int next) {
    return new NotificationAlerts(push, off, inAppOff, quietHours, receipts, next);
  }
}
