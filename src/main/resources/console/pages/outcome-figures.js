// How far devices have come with a release: counters of the service, added up and shown.
import { html } from '../ui/dom.js';
import { BAR, Bars, Figure, Legend, Share, sum } from '../ui/figures.js';
import { Table } from '../ui/parts.js';
import { number, percent, t } from '../ui/texts.js';

/** Failures that can halt a rollout. */
const HALTING = ['installFailed', 'rolledBack', 'lost'];
/** What ended badly, as the service counts it. */
const FAILURES = [...HALTING, 'downloadFailed', 'silent', 'unconfirmed'];
const BY_OWNER = ['rejected', 'postponed'];
const ENDS = ['confirmed', ...FAILURES, ...BY_OWNER];

const sumOf = (counters, names) => sum(names.map((name) => counters[name]));

/** Counters of several places as one. */
const added = (all) =>
  all.reduce((total, counters) => Object.fromEntries(Object.keys(counters).map((name) => [name, (total[name] ?? 0) + counters[name]])), {});

/** Parts that make up all that were offered the release, each once. */
function parts(counters) {
  const failed = sumOf(counters, FAILURES);
  const declined = sumOf(counters, BY_OWNER);
  const underWay = Math.max(0, counters.offered - sumOf(counters, ENDS) - counters.soaking);
  return [
    { name: 'confirmed', value: counters.confirmed, tone: 'good' },
    { name: 'soaking', value: counters.soaking, tone: 'warn' },
    { name: 'underWay', value: underWay, tone: 'plain' },
    { name: 'failed', value: failed, tone: 'bad' },
    { name: 'declined', value: declined, tone: 'none' },
  ];
}

/** A bar a phase: of those who were offered it, how many came how far. */
export function Phases({ phases }) {
  const rows = phases.map((phase) => ({ phase, parts: parts(added([phase.counted, phase.uncounted])), offered: phase.counted.offered + phase.uncounted.offered }));
  const offered = sum(rows.map((row) => row.offered));
  const confirmed = sum(rows.map((row) => row.parts[0].value));
  const failed = sum(rows.map((row) => row.parts[3].value));
  const uncounted = sum(rows.map((row) => row.phase.uncounted.offered));
  const caption = offered
    ? t('outcome.phasesSentence', { confirmed: number(confirmed), failed: number(failed), offered: number(offered) }) +
      (uncounted ? ` ${t('outcome.phasesUncounted', { count: number(uncounted) })}` : '')
    : t('outcome.offeredToNobody');
  return html`
    <${Figure}
      caption=${caption}
      columns=${[t('phase.number'), t('outcome.addressed'), t('outcome.offered'), ...rows[0].parts.map((part) => t(`outcome.${part.name}`))]}
      rows=${rows.map((row) => [number(row.phase.phase + 1), number(row.phase.addressed), number(row.offered), ...row.parts.map((part) => number(part.value))])}
    >
      <ol class="outcome-phases" aria-hidden="true">
        ${rows.map(
          (row) => html`
            <li key=${row.phase.phase}>
              <strong>${t('phase.legend', { number: row.phase.phase + 1 })}</strong>${' '}
              <span class="soft small">${percent(row.phase.percentage / 100)} · ${t('outcome.offeredOf', { offered: number(row.offered), addressed: number(row.phase.addressed) })}</span>
              <${Share} label="" parts=${row.parts} />
            </li>
          `,
        )}
      </ol>
      <${Legend} parts=${rows[0].parts.map((part) => ({ name: t(`outcome.${part.name}`), tone: `fill ${part.tone}` }))} />
    <//>
  `;
}

/** What failed of the devices that count, beside the failures of all that were offered it. */
function failuresSentence(items, all) {
  const total = sum(items.map((item) => item.value));
  if (total === 0) {
    return all ? t('outcome.failuresOthers', { all: number(all) }) : t('outcome.noFailures');
  }
  const [worst] = [...items].sort((a, b) => b.value - a.value);
  const values = { total: number(total), all: number(all), worst: worst.name, count: number(worst.value) };
  return total === all ? t('outcome.failuresAllCount', values) : t('outcome.failuresSentence', values);
}

/** What failed of the devices that count, by kind; what can halt the rollout in red. */
export function Failures({ phases }) {
  const counters = added(phases.map((phase) => phase.counted));
  const all = sumOf(counters, FAILURES) + sumOf(added(phases.map((phase) => phase.uncounted)), FAILURES);
  const items = FAILURES.map((name) => ({ name: t(`outcome.${name}`), value: counters[name], tone: HALTING.includes(name) ? 'bad' : 'warn' }));
  const shown = items.filter((item) => item.value > 0).sort((a, b) => b.value - a.value);
  return html`
    <${Bars} caption=${failuresSentence(items, all)} unit=${t('outcome.kind')} items=${shown} />
    ${shown.length > 0 &&
    html`<${Legend}
      parts=${[
        { name: t('outcome.canHalt'), tone: 'fill bad' },
        { name: t('outcome.cannotHalt'), tone: 'fill warn' },
      ]}
    />`}
  `;
}

/** The rate in words: judged by how many, and what would halt it. */
function rateSentence({ judged, failures, minimum, percent: share, threshold }, isTooFew) {
  const values = { judged: number(judged), failures: number(failures) };
  return isTooFew
    ? t('outcome.rateTooFew', { ...values, minimum: number(minimum) })
    : t('outcome.rateSentence', { ...values, rate: percent(share / 100), threshold: percent(threshold / 100) });
}

/** The share that failed, and what it is at least, with the line beyond which the rollout halts; grey where too few are judged. */
export function Rate({ of }) {
  const { judged, failures, minimum, percent: share, lowerBound, threshold } = of.rate;
  // Those that soak count as seen when a halt is judged, so it may come before so many are judged.
  const isTooFew = judged < minimum && of.verdict !== 'halt';
  const counted = added(of.phases.map((phase) => phase.counted));
  const notJudged = Math.max(0, sumOf(counted, ['confirmed', ...HALTING]) - judged);
  const most = Math.min(100, Math.max(2 * threshold, 1.1 * share));
  const bars = [
    { name: t('outcome.share'), value: share },
    { name: t('outcome.lowerBound'), value: lowerBound },
  ];
  const tone = (value, over) => (isTooFew ? 'plain' : value > threshold ? over : 'good');
  const line = (100 * threshold) / most;
  return html`
    <${Figure}
      caption=${rateSentence(of.rate, isTooFew)}
      columns=${[t('outcome.figure'), t('outcome.value')]}
      rows=${[
        [t('outcome.judged'), number(judged)],
        [t('outcome.failuresThatCount'), number(failures)],
        ...bars.map((bar) => [bar.name, percent(bar.value / 100)]),
        [t('outcome.threshold'), percent(threshold / 100)],
        [t('outcome.minimum'), number(minimum)],
      ]}
    >
      <ul class="bars rate" aria-hidden="true">
        ${bars.map(
          (bar, i) => html`
            <li key=${bar.name}>
              <span class="bar-name">${bar.name}</span>
              <svg class="bar" viewBox="0 0 100 ${BAR}" preserveAspectRatio="none" focusable="false">
                <rect class="track" x="0" y="0" width="100" height=${BAR} />
                <rect class="fill ${tone(bar.value, i === 0 ? 'warn' : 'bad')}" x="0" y="0" width=${(100 * bar.value) / most} height=${BAR} />
                <line class="threshold" x1=${line} x2=${line} y1="0" y2=${BAR} />
              </svg>
              <span class="bar-value">${percent(bar.value / 100)}</span>
            </li>
          `,
        )}
      </ul>
      <${Legend} parts=${[]}>
        <li><svg class="dot" viewBox="0 0 10 10" focusable="false"><line class="threshold" x1="5" x2="5" y1="0" y2="10" /></svg>${t('outcome.haltsAbove', { threshold: percent(threshold / 100) })}</li>
      <//>
    <//>
    ${notJudged > 0 && html`<p class="soft small">${t('outcome.notJudged', { count: number(notJudged) })}</p>`}
  `;
}

/** Devices that neither halt nor promote the rollout, and how they fared. */
export function Uncounted({ phases, notOffered }) {
  const rows = [
    ...phases.map((phase) => ({ name: t('phase.legend', { number: phase.phase + 1 }), of: phase.uncounted })),
    { name: t('outcome.notOffered'), of: notOffered },
  ].filter((row) => Object.values(row.of).some((value) => value > 0));
  return html`
    <p class="soft">${t('outcome.uncountedWhy')}</p>
    <${Table}
      caption=${t('outcome.uncountedTitle')}
      columns=${[
        { title: t('phase.number'), cell: (row) => row.name },
        { title: t('outcome.offered'), number: true, cell: (row) => number(row.of.offered) },
        { title: t('outcome.confirmed'), number: true, cell: (row) => number(row.of.confirmed) },
        { title: t('outcome.failed'), number: true, cell: (row) => number(sumOf(row.of, FAILURES)) },
        { title: t('outcome.declined'), number: true, cell: (row) => number(sumOf(row.of, BY_OWNER)) },
      ]}
      rows=${rows}
      empty=${html`<p>${t('outcome.allCounted')}</p>`}
    />
  `;
}
