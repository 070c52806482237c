package io.towncrier.delivery.sending;

import io.towncrier.delivery.sending.Interleavings.Step;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The opt-out fence (docs/adr/0004) as a model: one delivery, two workers that claim and send it,
 * one of whom may be killed at any moment, and one change that forbids what they would send. A step
 * is a statement that takes or waits for a row lock, a commit, a look at a clock, or a write.
 */
final class FenceModel implements Interleavings.Model<FenceModel.State> {
  private static final int NOBODY = 0;
  private static final int CHANGER = 3;

  private final Kind kind;
  private final Set<Fault> faults;
  private final int rounds;

  /**
   * One protocol.
   *
   * @param rounds how often each worker may claim the delivery
   */
  FenceModel(Kind kind, Set<Fault> faults, int rounds) {
    this.kind = kind;
    this.faults = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
    this.rounds = rounds;
  }

  @Override
  public State initial() {
    Worker idle = new Worker(At.IDLE, rounds, false, LeaseIs.NONE);
    return new State(
        new Row(false, false, 0),
        new Delivery(Status.PENDING, 0, NOBODY),
        idle,
        idle,
        new Change(Turn.READY, 0));
  }

  @Override
  public boolean isComplete(State state) {
    return state.change.at == Turn.ACKNOWLEDGED
        && state.first.isAtRest()
        && state.second.isAtRest();
  }

  @Override
  public List<Step<State>> steps(State state) {
    List<Step<State>> steps = new ArrayList<>();
    for (int id = 1; id <= 2; id++) {
      work(steps, state, id);
      timePasses(steps, state, id);
    }
    die(steps, state);
    change(steps, state);
    return steps;
  }

  private void work(List<Step<State>> steps, State s, int id) {
    Worker w = s.worker(id);
    switch (w.at) {
      case IDLE -> lockDue(steps, s, id);
      case LOCKED -> read(steps, s, id);
      case READ -> steps.add(Step.to(commitClaim(s, id)));
      case CLAIMED ->
          steps.add(Step.to(s.with(id, w.at(seesTimeLeft(w) ? At.CHECKED : At.REFUSED))));
      case CHECKED -> {
        if (faults.contains(Fault.LOOKS_AGAIN_INSTEAD)) {
          boolean forbidden = s.row.changed && kind.forbids;
          steps.add(Step.to(s.with(id, w.at(forbidden ? At.REFUSED : At.LOOKED_AGAIN))));
        } else {
          write(steps, s, id);
        }
      }
      case LOOKED_AGAIN -> write(steps, s, id);
      case REFUSED -> record(steps, s, id, Status.PENDING);
      case SENT -> {
        record(steps, s, id, Status.SETTLED);
        // The provider asks to try again: that is a new claim, of whichever worker.
        record(steps, s, id, Status.PENDING);
      }
      case DEAD -> {}
    }
  }

  /** {@code FOR UPDATE SKIP LOCKED}: what is due and nobody else's. */
  private static void lockDue(List<Step<State>> steps, State s, int id) {
    boolean due =
        s.delivery.status == Status.PENDING
            || (s.delivery.status == Status.SENDING && !s.isLive(s.delivery.claim));
    if (s.worker(id).rounds > 0 && due && s.delivery.lockedBy == NOBODY) {
      steps.add(Step.to(s.with(s.delivery.lockedBy(id)).with(id, s.worker(id).at(At.LOCKED))));
    }
  }

  /** Shipped: {@code FOR SHARE}, which waits for a change that is not committed yet. */
  private void read(List<Step<State>> steps, State s, int id) {
    boolean locks = !faults.contains(Fault.READS_WITHOUT_LOCK);
    if (locks && s.row.changing) {
      return;
    }
    State read = s.with(id, s.worker(id).reads(!s.row.changed));
    steps.add(Step.to(locks ? read.with(s.row.sharedWith(id)) : read));
  }

  private State commitClaim(State s, int id) {
    Worker w = s.worker(id);
    boolean send = w.sawOld || !kind.forbids;
    Delivery decided =
        send
            ? new Delivery(Status.SENDING, claimOf(id, w), NOBODY)
            : new Delivery(Status.SETTLED, 0, NOBODY);
    return s.with(s.row.leftBy(id))
        .with(decided)
        .with(id, send ? w.at(At.CLAIMED).under(LeaseIs.LIVE) : w.rests());
  }

  private static int claimOf(int id, Worker w) {
    return 10 * w.rounds + id;
  }

  private boolean seesTimeLeft(Worker w) {
    return w.lease == LeaseIs.LIVE || faults.contains(Fault.CLOCK_STOOD_STILL);
  }

  private static void write(List<Step<State>> steps, State s, int id) {
    Worker w = s.worker(id);
    boolean forbidden = w.sawOld && s.change.at == Turn.ACKNOWLEDGED;
    steps.add(new Step<>(s.with(id, w.at(At.SENT)), forbidden));
  }

  /** An update that waits for the row's lock, and changes nothing that is another claim's. */
  private static void record(List<Step<State>> steps, State s, int id, Status status) {
    if (s.delivery.lockedBy != NOBODY) {
      return;
    }
    Worker w = s.worker(id);
    boolean ours = s.delivery.status == Status.SENDING && s.delivery.claim == claimOf(id, w);
    State recorded = ours ? s.with(new Delivery(status, 0, NOBODY)) : s;
    steps.add(Step.to(recorded.with(id, w.rests())));
  }

  /** A lease goes from live to nearly over, where the last check refuses, to over. */
  private void timePasses(List<Step<State>> steps, State s, int id) {
    Worker w = s.worker(id);
    boolean writing = w.at == At.CHECKED || w.at == At.LOOKED_AGAIN;
    if (w.lease == LeaseIs.LIVE) {
      steps.add(Step.to(s.with(id, w.under(LeaseIs.NEARLY_OVER))));
    } else if (w.lease == LeaseIs.NEARLY_OVER
        // The assumption: nobody stands still from the check to the write for what the lease left.
        && (!writing || faults.contains(Fault.STANDS_STILL_BEFORE_THE_WRITE))) {
      steps.add(Step.to(s.with(id, w.under(LeaseIs.OVER))));
    }
  }

  /** The first worker's process is killed; the database takes back what it has not committed. */
  private static void die(List<Step<State>> steps, State s) {
    Worker w = s.first;
    if (w.isAtRest()) {
      return;
    }
    State freed = s.with(s.row.leftBy(1));
    if (s.delivery.lockedBy == 1) {
      freed = freed.with(s.delivery.lockedBy(NOBODY));
    }
    steps.add(Step.to(freed.with(1, w.at(At.DEAD))));
  }

  private void change(List<Step<State>> steps, State s) {
    Change c = s.change;
    switch (c.at) {
      case READY -> {
        if (s.row.sharers == 0) {
          steps.add(Step.to(s.with(s.row.changing(true)).with(c.at(Turn.HAS_CHANGED))));
        }
      }
      case HAS_CHANGED -> suppress(steps, s);
      case HAS_SUPPRESSED -> steps.add(Step.to(commitChange(s)));
      case COMMITTED ->
          steps.add(
              Step.to(
                  faults.contains(Fault.DOES_NOT_WAIT)
                      ? s.with(c.at(Turn.ACKNOWLEDGED))
                      : s.with(
                          new Change(
                              Turn.WAITING,
                              s.isLive(s.delivery.claim) ? s.delivery.claim : NOBODY))));
      case WAITING -> {
        if (c.awaited == NOBODY || s.delivery.claim != c.awaited || !s.isLive(c.awaited)) {
          steps.add(Step.to(s.with(new Change(Turn.ACKNOWLEDGED, NOBODY))));
        }
      }
      case ACKNOWLEDGED -> {}
    }
  }

  /** {@code SKIP LOCKED}: a claim that holds the row waits for the change and will see it. */
  private void suppress(List<Step<State>> steps, State s) {
    State done = s.with(s.change.at(Turn.HAS_SUPPRESSED));
    boolean wanted = kind.suppresses && s.delivery.status == Status.PENDING;
    if (wanted && s.delivery.lockedBy == NOBODY) {
      steps.add(Step.to(done.with(s.delivery.lockedBy(CHANGER))));
    } else if (!wanted || !faults.contains(Fault.WAITS_FOR_LOCKED_DELIVERIES)) {
      steps.add(Step.to(done));
    }
  }

  private static State commitChange(State s) {
    State committed = s.with(new Row(true, false, 0)).with(s.change.at(Turn.COMMITTED));
    return s.delivery.lockedBy == CHANGER
        ? committed.with(new Delivery(Status.SETTLED, 0, NOBODY))
        : committed;
  }

  /** What is changed; the protocol is one, and these are the ways in which it is used. */
  enum Kind {
    /** An opt-out, of everything or of a category; a cancelled notice; an erasure. */
    OPT_OUT(true, true),
    /** Quiet hours begin, a notice is paused: forbidden for now, and nothing is suppressed. */
    NOT_NOW(true, false),
    /** A new push address, another account: the old is not sent to, the new is. */
    NEW_ADDRESS(false, false);

    private final boolean forbids;
    private final boolean suppresses;

    Kind(boolean forbids, boolean suppresses) {
      this.forbids = forbids;
      this.suppresses = suppresses;
    }
  }

  /** How a protocol is worse than the shipped one. */
  enum Fault {
    READS_WITHOUT_LOCK,
    DOES_NOT_WAIT,
    LOOKS_AGAIN_INSTEAD,
    WAITS_FOR_LOCKED_DELIVERIES,
    CLOCK_STOOD_STILL,
    STANDS_STILL_BEFORE_THE_WRITE
  }

  private enum Status {
    PENDING,
    SENDING,
    SETTLED
  }

  private enum At {
    IDLE,
    LOCKED,
    READ,
    CLAIMED,
    CHECKED,
    LOOKED_AGAIN,
    REFUSED,
    SENT,
    DEAD
  }

  private enum LeaseIs {
    NONE,
    LIVE,
    NEARLY_OVER,
    OVER
  }

  private enum Turn {
    READY,
    HAS_CHANGED,
    HAS_SUPPRESSED,
    COMMITTED,
    WAITING,
    ACKNOWLEDGED
  }

  /** The row that is changed, and the locks on it. */
  private record Row(boolean changed, boolean changing, int sharers) {
    Row sharedWith(int id) {
      return new Row(changed, changing, sharers | id);
    }

    Row leftBy(int id) {
      return new Row(changed, changing, sharers & ~id);
    }

    Row changing(boolean now) {
      return new Row(changed, now, sharers);
    }
  }

  private record Delivery(Status status, int claim, int lockedBy) {
    Delivery lockedBy(int who) {
      return new Delivery(status, claim, who);
    }
  }

  private record Worker(At at, int rounds, boolean sawOld, LeaseIs lease) {
    Worker at(At next) {
      return new Worker(next, rounds, sawOld, lease);
    }

    Worker reads(boolean old) {
      return new Worker(At.READ, rounds, old, lease);
    }

    Worker under(LeaseIs next) {
      return new Worker(at, rounds, sawOld, next);
    }

    Worker rests() {
      return new Worker(At.IDLE, rounds - 1, false, LeaseIs.NONE);
    }

    boolean isAtRest() {
      return at == At.IDLE || at == At.DEAD;
    }
  }

  private record Change(Turn at, int awaited) {
    Change at(Turn next) {
      return new Change(next, awaited);
    }
  }

  /** Everything that can differ between two moments. */
  record State(Row row, Delivery delivery, Worker first, Worker second, Change change) {
    Worker worker(int id) {
      return id == 1 ? first : second;
    }

    State with(int id, Worker w) {
      return new State(row, delivery, id == 1 ? w : first, id == 2 ? w : second, change);
    }

    State with(Row next) {
      return new State(next, delivery, first, second, change);
    }

    State with(Delivery next) {
      return new State(row, next, first, second, change);
    }

    State with(Change next) {
      return new State(row, delivery, first, second, next);
    }

    /** Whether this claim is the delivery's, and its lease is not over by the database's clock. */
    boolean isLive(int claim) {
      return claim != NOBODY
          && delivery.status == Status.SENDING
          && delivery.claim == claim
          && worker(claim % 10).lease != LeaseIs.OVER;
    }
  }
}
