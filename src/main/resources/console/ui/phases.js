// Phases of a rollout: filled in as shares and moments, changed behind the number of devices.
import { admin, put } from './api.js';
import { widen } from './dialogs.js';
import { html, useState } from './dom.js';
import { shareOf } from './fleet.js';
import { Act, Input, Moment } from './parts.js';
import { standing } from './rollout.js';
import { percent, t } from './texts.js';
import { say } from './toasts.js';

/** A canary, then wider each day: what most begin with. */
export const TEMPLATE = [
  { percentage: 1, soak: 'P1D' },
  { percentage: 5, soak: 'P1D' },
  { percentage: 25, soak: 'P1D' },
  { percentage: 100 },
];

const hours = (soak) => {
  const [, days = 0, h = 0] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?)?$/.exec(soak ?? '') ?? [];
  return soak ? String(Number(days) * 24 + Number(h)) : '';
};

/** As fields: texts, so that what is half typed stays. */
export const asFields = (phases) =>
  phases.map((phase) => ({ percentage: String(phase.percentage), start: phase.start ?? '', soak: hours(phase.soak), given: phase }));

/** As the API takes them; a length of time that the fields cannot show stays as it was. */
export const asPhases = (fields) =>
  fields.map(({ percentage, start, soak, given }) => ({
    percentage: Number(percentage),
    ...(start ? { start } : {}),
    ...(soak ? { soak: soak === hours(given?.soak) ? given.soak : `PT${Number(soak)}H` } : given?.soak && !hours(given.soak) ? { soak: given.soak } : {}),
  }));

const A_DAY = '24';
const USUAL = [1, 10, 50, 100];

/** One phase more: wider than the last, which from now on has a length. The last of all needs none. */
export function withOneMore(fields) {
  const last = Number(fields.at(-1)?.percentage ?? 0);
  const before = fields.map((field, i) => (i === fields.length - 1 && !field.soak && !field.given ? { ...field, soak: A_DAY } : field));
  return [...before, { percentage: String(USUAL.find((share) => share > last) ?? 100), start: '', soak: '' }];
}

export function PhaseFields({ fields, onInput }) {
  const change = (i, part) => onInput(fields.map((field, at) => (at === i ? { ...field, ...part } : field)));
  return html`
    ${fields.map(
      (field, i) => html`
        <fieldset class="phase" key=${i}>
          <legend>${t('phase.legend', { number: i + 1 })}</legend>
          <div class="fields">
            <${Input} path=${`rollout.phases[${i}].percentage`} label=${t('phase.percent')} type="number" min="0" max="100" step="0.01" value=${field.percentage} onInput=${(percentage) => change(i, { percentage })} />
            <${Input} path=${`rollout.phases[${i}].soak`} label=${t('phase.soak')} type="number" min="0" step="1" value=${field.soak} onInput=${(soak) => change(i, { soak })} />
            <${Moment} path=${`rollout.phases[${i}].start`} label=${t('phase.notBefore')} value=${field.start} onInput=${(start) => change(i, { start })} />
            <span class="act"><button type="button" onClick=${() => onInput(fields.filter((_, at) => at !== i))}>${t('phase.remove')}</button></span>
          </div>
        </fieldset>
      `,
    )}
    <div class="dialog-actions start">
      <button type="button" onClick=${() => onInput(withOneMore(fields))}>${t('phase.add')}</button>
      ${fields.length === 0 && html`<button type="button" onClick=${() => onInput(asFields(TEMPLATE))}>${t('phase.template')}</button>`}
    </div>
  `;
}

export function PhasesEditor({ release, close, changed }) {
  const [fields, setFields] = useState(asFields(release.rollout?.phases ?? []));
  const save = () =>
    widen(async () => {
      const phases = asPhases(fields);
      const before = standing(release);
      const after = standing({ ...release, rollout: { ...release.rollout, phases } });
      const { expectedAtMost, ...reach } = await shareOf(release, after.share - before.share, phases);
      return {
        ...reach,
        title: t('phase.title', { id: release.id }),
        sentence: t('phase.sentence', { before: percent(before.share), after: percent(after.share) }),
        label: t('phase.do'),
        act: async () => {
          await put(admin('releases', release.id, 'rollout'), { revision: release.revision, phases, expectedAtMost });
          say(t('phase.done', { id: release.id }));
          changed();
        },
      };
    });
  return html`
    <div class="phases">
      <${PhaseFields} fields=${fields} onInput=${setFields} />
      <div class="dialog-actions">
        <button type="button" onClick=${close}>${t('dialog.back')}</button>
        <${Act} kind="main" label=${t('phase.save')} onClick=${save} />
      </div>
    </div>
  `;
}
