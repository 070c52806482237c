// How far a release is, in a line of a list: who is offered it, and who has it.
import { html } from '../ui/dom.js';
import { Share } from '../ui/figures.js';
import { halted } from '../ui/halts.js';
import { Badge, State } from '../ui/parts.js';
import { useStore } from '../ui/store.js';
import { number, percent, t, word } from '../ui/texts.js';

/** The share of the devices that are offered it, from 0 to 1. */
export const offered = (release) => (release.rollout?.percentage ?? 0) / 100;

/** Whether everybody is offered it, and nothing of it is to come. */
const isThrough = (of) => of.state === 'running' && of.percentage === 100 && !of.nextPhaseAt;

/** Whether the switch that stops all updates holds this release too. */
const isStopped = (parts, { severity }) => parts.some((part) => part.what === 'rollouts' && !(part.exceptSecurity && severity === 'security'));

/** What goes on with a rollout: one that is through runs no more. */
export function Standing({ release }) {
  const parts = useStore(halted);
  const of = release.rollout;
  if (!of) {
    return html`<span class="soft">-</span>`;
  }
  if (of.state !== 'halted' && isStopped(parts, release)) {
    return html`<${Badge} tone="bad" text=${word('alarm', 'rollouts-halted')} />`;
  }
  if (isThrough(of)) {
    return html`<${Badge} tone="good" text=${t('outcomes.toAll')} />`;
  }
  if (of.state === 'running' && of.phase === 0) {
    return html`<${Badge} text=${t('release.notBegun')} />`;
  }
  return html`<${State} code=${of.state} /> <span class="soft small">${howFar(of)}</span>`;
}

function howFar({ state, phase, phaseCount, percentage }) {
  if (phase === 0) {
    return t('release.notBegun');
  }
  const share = state === 'halted' ? t('releases.offeredToNobody') : percent(percentage / 100);
  return phaseCount > 1 ? `${share} · ${t('release.phaseOf', { phase, of: phaseCount })}` : share;
}

/** The same, above its picture. */
export function Rollout({ release }) {
  const share = offered(release);
  const tone = release.rollout?.state === 'running' ? 'good' : 'warn';
  return html`
    <${Standing} release=${release} />
    ${release.rollout && html`<${Bar} share=${share} tone=${tone} />`}
  `;
}

export function Has({ release: of }) {
  const share = of.installedPercentage / 100;
  return html`
    <span class="small">${percent(share)} <span class="soft">(${number(of.installed)})</span></span>
    <${Bar} share=${share} tone="good" />
  `;
}

const Bar = ({ share, tone }) => html`
  <${Share} label=${percent(share)} parts=${[{ name: 'in', value: share, tone }, { name: 'out', value: 1 - share, tone: 'none' }]} />
`;
