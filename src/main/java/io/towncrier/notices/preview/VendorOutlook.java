package io.towncrier.notices.preview;

import io.towncrier.delivery.vendors.MessageClass;
import io.towncrier.delivery.vendors.VendorEffect;
import io.towncrier.delivery.vendors.VendorRules;
import io.towncrier.notices.Notice;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.notices.schedule.Slot;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.platform.ForgottenCase;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What vendors of phones may do with a notice. Which vendor's phone a device is, we do not know, so
 * it is said of each vendor, and counted for all of them.
 *
 * @param pushed how many of those that are pushed to may get it by a vendor's channel
 * @param messageClass what the notice is to vendors
 * @param from when the first of them is sent, as far as it is known now; users' quiet hours aside
 * @param until when the last is
 * @param othersThatDay other notices of the class that were started, or are to be, on the same day
 * @param effects of each vendor that does something with it
 */
@Schema(name = "VendorOutlook")
public record VendorOutlook(
    long pushed,
    String messageClass,
    Instant from,
    Instant until,
    long othersThatDay,
    List<VendorEffect> effects) {
  public VendorOutlook {
    effects = List.copyOf(effects);
  }

  static VendorOutlook of(Notice.Content content, long pushed, Window window, long others) {
    return new VendorOutlook(
        pushed,
        MessageClass.of(content.kind().category()).code(),
        window.from(),
        window.until(),
        others,
        VendorRules.ahead(content.kind().category(), window.from(), window.until(), content.ttl()));
  }

  /** What vendors count together with a notice of this kind. */
  static List<NoticeKind> sameClass(NoticeKind kind) {
    MessageClass own = MessageClass.of(kind.category());
    return Arrays.stream(NoticeKind.values())
        .filter(other -> MessageClass.of(other.category()) == own)
        .toList();
  }

  /** When a notice is sent to phones in China. */
  record Window(Instant from, Instant until) {
    /**
     * Of a notice that is started now, or at its moment.
     *
     * @param jitter over which devices of one place are distributed at least
     * @param sending how long it takes from its start on, as far as it is known
     */
    static Window of(Schedule schedule, Instant now, Duration jitter, Duration sending) {
      Schedule.When when = schedule.when();
      if (when instanceof Schedule.When.AtOnce) {
        return new Window(now, now.plus(sending));
      } else if (when instanceof Schedule.When.At at) {
        Instant from = at.moment().isAfter(now) ? at.moment() : now;
        return new Window(from, from.plus(sending));
      } else if (when instanceof Schedule.When.AtLocalTime local) {
        Instant from = there(local, now.atZone(VendorRules.ZONE)).toInstant();
        return new Window(from, from.plus(schedule.over(jitter)));
      }
      throw new ForgottenCase(when);
    }

    private static ZonedDateTime there(Schedule.When.AtLocalTime local, ZonedDateTime now) {
      ZonedDateTime hour =
          local.date().orElse(now.toLocalDate()).atTime(local.time()).atZone(VendorRules.ZONE);
      return local.date().isEmpty() && hour.isBefore(now) ? hour.plusDays(1) : hour;
    }

    /** The day there on which it begins. */
    Slot day() {
      ZonedDateTime midnight =
          from.atZone(VendorRules.ZONE).toLocalDate().atStartOfDay(VendorRules.ZONE);
      return new Slot(midnight.toInstant(), Duration.ofDays(1));
    }
  }
}
