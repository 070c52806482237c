import { admin, post } from '../ui/api.js';
import { useAnswer, useData } from '../ui/data.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { Bars } from '../ui/figures.js';
import { all } from '../ui/lists.js';
import { Act, Choice, Moment, Page, Section, Table, Tick, Trouble } from '../ui/parts.js';
import { refine, to } from '../ui/router.js';
import { counted, nameOf, number, percent, t, word } from '../ui/texts.js';
import { Findings } from './lint.js';

export default function Simulate({ query }) {
  const releases = useData((options) => all(admin('releases'), {}, options), []);
  const [what, setWhat] = useState(query.what ?? 'draft');
  const [release, setRelease] = useState(query.release ?? '');
  const [at, setAt] = useState('');
  const [finished, setFinished] = useState(true);
  const { answer, problem, busy, ask, forget } = useAnswer();
  const of = (releases.data ?? []).filter((each) => each.state === (what === 'draft' ? 'draft' : 'published'));
  const run = (event) => {
    event?.preventDefault();
    refine({ what, release });
    const change = what === 'now' ? {} : { [what]: release };
    return ask(() => post(admin('simulate'), { ...change, finished, ...(at ? { at } : {}) }));
  };
  // What was answered was asked otherwise.
  const changes = (set) => (value) => {
    set(value);
    forget();
  };
  useEffect(() => {
    if (query.release) {
      run();
    }
  }, []);
  return html`
    <${Page} title=${t('simulate.title')} lead=${t('simulate.lead')}>
      <form class="card" onSubmit=${run}>
        <div class="fields">
          <${Choice}
            label=${t('simulate.what')}
            value=${what}
            options=${['draft', 'withdraw', 'now'].map((each) => [each, t(`simulate.what.${each}`)])}
            onInput=${changes((value) => {
              setWhat(value);
              setRelease('');
            })}
          />
          ${what !== 'now' && html`<${Choice} label=${t('simulate.release')} value=${release} options=${[['', t('choose')], ...of.map((each) => [each.id, each.id])]} onInput=${changes(setRelease)} />`}
          <${Moment} label=${t('explain.at')} hint=${t('explain.atHint')} value=${at} onInput=${changes(setAt)} />
          <${Tick} label=${t('simulate.finished')} checked=${finished} onInput=${changes(setFinished)} />
        </div>
        <${Act} submit kind="main" label=${t('simulate.do')} busy=${busy} why=${what === 'now' || release ? '' : t('simulate.releaseFirst')} />
      </form>
      ${problem && html`<${Trouble} problem=${problem} />`} ${answer && html`<${Simulated} of=${answer} />`}
    <//>
  `;
}

const groups = (of, name) => [
  ...Object.entries(of.largest)
    .filter(([, counts]) => counts.changed > 0)
    .map(([key, counts]) => ({ name: name(key), value: counts.changed }))
    .sort((a, b) => b.value - a.value),
  ...(of.others.changed > 0 ? [{ name: t('others'), value: of.others.changed }] : []),
];

export function Simulated({ of }) {
  const { devices, changed, before, after } = of.devices;
  const answers = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return html`
    <${Section} id="simulated" aria-live="polite" title=${t('simulate.answer')}>
      <p class="card sentence">
        ${changed === 0 ? counted('simulate.nothing', devices) : t('simulate.sentence', { changed: number(changed), devices: number(devices), share: percent(devices ? changed / devices : 0) })}
      </p>
      <${Table}
        caption=${t('simulate.answer')}
        columns=${[
          { title: t('simulate.decision'), cell: (key) => said(key) },
          { title: t('simulate.before'), number: true, cell: (key) => number(before[key] ?? 0) },
          { title: t('simulate.after'), number: true, cell: (key) => number(after[key] ?? 0) },
          { title: t('simulate.difference'), number: true, cell: (key) => signed((after[key] ?? 0) - (before[key] ?? 0)) },
        ]}
        rows=${answers}
      />
      ${changed > 0 &&
      html`
        <div class="columns">
          <div class="card"><${Bars} caption=${t('simulate.byCountry')} unit=${t('fact.country')} items=${groups(of.byCountry, (code) => (code.length === 2 ? nameOf('region', code) : code || t('unknown')))} /></div>
          <div class="card"><${Bars} caption=${t('simulate.byVersion')} unit=${t('release.version')} items=${groups(of.byVersion, (version) => version)} /></div>
        </div>
        ${of.examples.length > 0 &&
        html`<h3>${t('simulate.examples')}</h3>
          <${Table}
            caption=${t('simulate.examples')}
            columns=${[
              { title: t('device'), cell: (e) => html`<a href=${to(['explain'], { device: e.deviceId })}><code>${e.deviceId}</code></a>` },
              { title: t('simulate.before'), cell: (e) => told(e.before) },
              { title: t('simulate.after'), cell: (e) => told(e.after) },
            ]}
            rows=${of.examples}
          />`}
      `}
      <h3>${t('lint.title')}</h3>
      <${Findings} report=${of.lint} withProduct=${true} />
    <//>
  `;
}

const signed = (difference) => (difference > 0 ? `+${number(difference)}` : number(difference));

/** "offer 1.3.0", "held-back outside-rollout": a code, and what stands behind it. */
function said(key) {
  const [decision, ...rest] = key.split(/[ :]/);
  const more = rest.join(' ');
  return `${word('decision', decision)}${more ? ` (${word('refusal', more)})` : ''}`;
}

const told = (answer) =>
  `${word('decision', answer.decision)}${answer.version ? ` ${answer.version}` : ''}${answer.reason ? ` (${word('refusal', answer.reason)})` : ''}`;
