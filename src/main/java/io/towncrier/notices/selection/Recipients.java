package io.towncrier.notices.selection;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.TextVariables;
import io.towncrier.notices.audience.Selection;
import io.towncrier.notices.schedule.Place;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.reports.ReportKind;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The recipients of a notice, as sets: the devices of its audience, and the phones that share an
 * account with a router among them; each once.
 */
public interface Recipients {
  /** Where recipients are. */
  Uni<List<Place>> places(Selection selection);

  /** What one of them reads in place of variables; empty when there is none at all. */
  Uni<Optional<TextVariables>> sample(Selection selection);

  /**
   * The recipients in groups of the same country, language and say in pushes.
   *
   * @param unplaced places in which nobody is pushed to
   * @param unseenSince devices that were last seen on this day or before count as unseen
   */
  Uni<List<Group>> groups(Selection selection, List<Place> unplaced, LocalDate unseenSince);

  /** The same of the recipients whose ids are in a range. */
  Uni<List<Group>> groups(
      Selection selection, ReportKind.IdRange range, List<Place> unplaced, LocalDate unseenSince);

  /**
   * Devices that are alike for a preview.
   *
   * @param alerts of the device and of its account, without quiet hours, which only delay
   * @param placed whether a moment is known at which they may be pushed to
   * @param unseen whether they were not seen for long
   * @param throughVendors whether their pushes may go by the channels of phones' vendors
   */
  record Group(
      String country,
      String language,
      boolean reachable,
      List<NotificationAlerts> alerts,
      boolean placed,
      boolean unseen,
      boolean throughVendors,
      long devices) {}
}
