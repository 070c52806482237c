package io.towncrier.notices.selection;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.audience.Reach;
import io.towncrier.notices.audience.Selection;
import io.towncrier.platform.FieldError;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Counts whom an audience addresses, without a look at any device. */
@ApplicationScoped
public class CountAudience {
  private static final FleetFilter PHONES =
      FleetFilter.ALL.with(Axis.KIND, Device.Kind.PHONE.name());

  private final SelectAudience select;
  private final FleetCounts counts;
  private final Recipients recipients;

  CountAudience(SelectAudience select, FleetCounts counts, Recipients recipients) {
    this.select = select;
    this.counts = counts;
    this.recipients = recipients;
  }

  public Uni<Outcome> run(Audience audience) {
    return select
        .run(audience)
        .chain(
            outcome ->
                outcome instanceof SelectAudience.Outcome.Selected selected
                    ? reach(selected.selection()).map(Outcome.Counted::new)
                    : Uni.createFrom()
                        .item(
                            new Outcome.Refused(
                                ((SelectAudience.Outcome.Refused) outcome).errors())));
  }

  /** Whether it addresses no device at all; devices are looked at where counts do not tell. */
  public Uni<Boolean> isNobody(Selection selection) {
    return reach(selection)
        .chain(
            reach ->
                reach.atMost() == 0 || reach.exact().isPresent()
                    ? Uni.createFrom().item(reach.atMost() == 0)
                    : recipients.sample(selection).map(sample -> sample.isEmpty()));
  }

  /**
   * How many devices meet what the audience asks of their facts: a look at each looks at so many.
   */
  public Uni<Long> matching(Selection selection) {
    Audience audience = selection.audience();
    int named = audience.devices().size() + audience.accounts().size();
    return named > 0
        ? Uni.createFrom().item((long) named)
        : counts
            .groups(List.of(Axis.KIND), Reach.filter(selection))
            .map(groups -> groups.stream().mapToLong(FleetCounts.Group::devices).sum());
  }

  private Uni<Reach> reach(Selection selection) {
    return counts
        .groups(Reach.AXES, Reach.filter(selection))
        .chain(
            groups ->
                counts
                    .groups(List.of(Axis.KIND), PHONES)
                    .map(
                        phones ->
                            Reach.of(
                                selection,
                                groups,
                                phones.stream().mapToLong(FleetCounts.Group::devices).sum())));
  }

  /** What became of it. */
  public sealed interface Outcome {
    record Counted(Reach reach) implements Outcome {}

    /** The audience names something that no longer exists. */
    record Refused(List<FieldError> errors) implements Outcome {
      public Refused {
        errors = List.copyOf(errors);
      }
    }
  }
}
