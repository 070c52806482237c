// How far devices have come with a release: counters of the service, added up and shown.
import { html } from '../ui/dom.js';
import { Bars, Figure, Legend, Share } from '../ui/figures.js';
import { Table } from '../ui/parts.js';
import { counted, number, percent, t } from '../ui/texts.js';

/** What ended badly, as the service counts it. The first three can halt a rollout. */
export const FAILURES = ['installFailed', 'rolledBack', 'lost', 'downloadFailed', 'silent', 'unconfirmed'];
const BY_OWNER = ['rejected', 'postponed'];
const ENDS = ['confirmed', ...FAILURES, ...BY_OWNER];

const sum = (counters, names) => names.reduce((total, name) => total + counters[name], 0);

/** Counters of several places as one. */
export const added = (all) =>
  all.reduce((total, counters) => Object.fromEntries(Object.keys(counters).map((name) => [name, (total[name] ?? 0) + counters[name]])), {});

/** Parts that make up all that were offered the release, each once. */
export function parts(counters) {
  const failed = sum(counters, FAILURES);
  const declined = sum(counters, BY_OWNER);
  const underWay = Math.max(0, counters.offered - sum(counters, ENDS) - counters.soaking);
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
  const offered = rows.reduce((total, row) => total + row.offered, 0);
  const confirmed = rows.reduce((total, row) => total + row.parts[0].value, 0);
  const failed = rows.reduce((total, row) => total + row.parts[3].value, 0);
  const caption = offered
    ? t('outcome.phasesSentence', { confirmed: number(confirmed), failed: number(failed), offered: number(offered) })
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

/** What failed, by kind; what can halt the rollout in red. */
export function Failures({ counters }) {
  const items = FAILURES.map((name) => ({ name: t(`outcome.${name}`), value: counters[name], tone: FAILURES.indexOf(name) < 3 ? 'bad' : 'warn' }));
  const total = sum(counters, FAILURES);
  const worst = [...items].sort((a, b) => b.value - a.value)[0];
  return html`<${Bars}
    caption=${total ? counted('outcome.failuresSentence', total, { worst: worst.name, most: number(worst.value) }) : t('outcome.noFailures')}
    unit=${t('outcome.kind')}
    items=${items.filter((item) => item.value > 0).sort((a, b) => b.value - a.value)}
  />`;
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
        { title: t('outcome.failed'), number: true, cell: (row) => number(sum(row.of, FAILURES)) },
        { title: t('outcome.declined'), number: true, cell: (row) => number(sum(row.of, BY_OWNER)) },
      ]}
      rows=${rows}
      empty=${html`<p>${t('outcome.allCounted')}</p>`}
    />
  `;
}
