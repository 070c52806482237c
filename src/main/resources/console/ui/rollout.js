// The clock of a rollout, as the service computes it: it stands still while the rollout is held, and leads to the next
// phase only where nobody has to promote it.

const UNITS = { D: 86_400, H: 3_600, M: 60, S: 1 };

/** Seconds of an ISO 8601 length of time such as P1DT2H30M. */
export function seconds(text) {
  const [, days = '', time = ''] = /^P([^T]*)(?:T(.*))?$/.exec(text ?? '') ?? [];
  const part = (of) =>
    [...of.matchAll(/([\d.]+)([DHMS])/g)].reduce((sum, [, count, unit]) => sum + Number(count) * UNITS[unit], 0);
  return part(days) + part(time);
}

const millis = (iso) => new Date(iso).getTime();

/** Whether its phases begin by themselves; else health or a person promotes it. */
export const isByClock = (release) => (release.rollout?.promotion ?? 'clock') === 'clock';

/** Each phase with its share and the moment at which it begins, while nothing is changed; null: not known. */
function phasesOf(release, now) {
  const rollout = release.rollout ?? {};
  const steps = rollout.phases?.length ? rollout.phases : [{ percentage: 100 }];
  const since = rollout.heldSince ? Math.min(millis(rollout.heldSince), now) : null;
  const heldFor = seconds(rollout.heldFor) * 1000 + (since === null ? 0 : now - since);
  let begin = release.publishedAt ? millis(release.publishedAt) : null;
  const phases = steps.map((step, i) => {
    if (begin !== null && i > 0) {
      begin += seconds(steps[i - 1].soak) * 1000;
    }
    if (step.start && (begin === null || millis(step.start) > begin)) {
      begin = millis(step.start);
    }
    const begins = begin === null ? null : begin + (begin > now - heldFor ? heldFor : 0);
    return { share: step.percentage / 100, begins, running: begin !== null && begin <= now - heldFor };
  });
  return isByClock(release) ? phases : promoted(phases, rollout);
}

/** Where somebody promotes it, the phase in force stands in it; of those behind it no moment is known. */
function promoted(phases, rollout) {
  const inForce = Math.min(rollout.phase ?? 0, phases.length - 1);
  const since = rollout.phaseSince ? millis(rollout.phaseSince) + seconds(rollout.heldFor) * 1000 : null;
  return phases.map((phase, i) => ({
    ...phase,
    begins: i === 0 ? phase.begins : i === inForce ? since : null,
    running: phases[0].running && i <= inForce,
  }));
}

/** What is in force now: the phase from 0 (-1 before the first), its share, and what comes next. */
export function standing(release, now = Date.now()) {
  const state = release.rollout?.state ?? 'running';
  const phases = phasesOf(release, now);
  const phase = phases.filter((each) => each.running).length - 1;
  const offered = release.state === 'published' && state !== 'halted' && phase >= 0;
  const next = state === 'running' ? (phases[phase + 1] ?? null) : null;
  return {
    state,
    phases,
    phase,
    share: offered ? phases[phase].share : 0,
    // What it would be if nothing held it.
    shareIfResumed: phase >= 0 ? phases[phase].share : 0,
    next: release.state === 'published' ? next : null,
    // Whether the next phase begins by nothing but a promotion.
    waits: state === 'running' && phase >= 0 && next !== null && !isByClock(release),
  };
}
