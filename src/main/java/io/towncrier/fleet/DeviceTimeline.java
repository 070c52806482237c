package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the service knows to have happened to one device, from all features, by time. */
public interface DeviceTimeline {
  /** A part of it; nothing of a device that is not there. */
  Uni<Page<Entry>> list(String deviceId, PageRequest<Key> request);

  /** What happened. */
  enum What {
    REGISTERED,
    /** An operator imported it. */
    IMPORTED,
    /** Its last check; of earlier ones nothing is kept. */
    SEEN,
    ADDRESS_CONFIRMED,
    LINKED,
    REVOKED,
    /** It is shut out, and deleted as soon as nothing is being sent to it. */
    REMOVED,
    /** A step of an update. */
    UPDATE,
    /** A notice to it: when the push ended, or else when it is due. */
    DELIVERY,
    /** A notice was read. */
    READ,
    /** Somebody switched notifications on or off, or moved quiet hours. */
    ALERTS_CHANGED,
    CONSENT_GIVEN,
    CONSENT_WITHDRAWN,
    /** An operator did something to it. */
    OPERATOR;

    /** As it stands in rows and in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * By what the entries are sorted; no two have the same.
   *
   * @param at of what is known by its day: the end of that day (UTC)
   * @param what its code
   * @param id tells entries of one moment apart
   */
  record Key(Instant at, String what, String id) {}

  /**
   * An entry.
   *
   * @param dayOnly whether no more than the day is known
   */
  record Entry(Key key, boolean dayOnly, Facts facts) {
    public Optional<Instant> at() {
      return dayOnly ? Optional.empty() : Optional.of(key.at());
    }

    /** In UTC, where no more is known. */
    public Optional<LocalDate> day() {
      return dayOnly
          ? Optional.of(LocalDate.ofInstant(key.at(), ZoneOffset.UTC))
          : Optional.empty();
    }
  }

  /**
   * What there is to say of it. Nothing in it names or reaches somebody.
   *
   * @param version that it is about
   * @param notice its id
   * @param noticeKind what the notice is about
   * @param account whose it is, where it is not the device's own
   * @param state of the update or delivery from then on; of an operator's act: what was done
   * @param event of an update: what led to that
   * @param reason why it failed or was not sent
   * @param by who did it: device, account, operator or retention; or the operator's subject
   * @param detail what else there is; what devices say is masked
   * @param alerts what holds from then on
   */
  record Facts(
      Optional<String> version,
      Optional<String> notice,
      Optional<String> noticeKind,
      Optional<String> account,
      Optional<String> state,
      Optional<String> event,
      Optional<String> reason,
      Optional<String> by,
      Optional<String> detail,
      Optional<Alerts> alerts) {}

  /**
   * Notification alerts as they are after a change.
   *
   * @param push whether anything is pushed
   * @param off codes of the categories that are not pushed
   * @param quietFrom local time from which on nothing is pushed
   * @param quietTo until then
   */
  record Alerts(
      boolean push, List<String> off, Optional<String> quietFrom, Optional<String> quietTo) {
    public Alerts {
      off = List.copyOf(off);
    }
  }
}
