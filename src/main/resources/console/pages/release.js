import { haltRelease, pauseRelease, promoteRelease, publishRelease, resumeRelease, withdrawRelease } from '../ui/actions.js';
import { admin, get, query } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html, useState } from '../ui/dom.js';
import { Bars, Ladder, sum } from '../ui/figures.js';
import { ownWork } from '../ui/notices.js';
import { Act, Badge, Change, Facts, Page, Section, State, Table, Trouble, When } from '../ui/parts.js';
import { PhasesEditor } from '../ui/phases.js';
import { seconds, standing } from '../ui/rollout.js';
import { to } from '../ui/router.js';
import { session, useStore } from '../ui/store.js';
import { bytes, clock, counted, duration, moment, nameOf, number, percent, t, word } from '../ui/texts.js';
import { Adoption } from './adoption.js';
import { History } from './history.js';
import { Findings } from './lint.js';
import { Rate } from './outcome-figures.js';
import { SEVERITIES } from './releases.js';

const EVERY_SECONDS = 30;
const MOVES = ['releases', 'rollouts'];
const MOST_VERSIONS = 12;

export default function Release({ parts: [id] }) {
  const release = useData((options) => get(admin('releases', id), options), [id], { topics: MOVES, every: EVERY_SECONDS });
  const [product] = id.split(':');
  const versions = useData((o) => get(admin('fleet') + query({ by: 'version', product, limit: 500 }), o), [product], { every: 30 });
  const lint = useData((o) => get(admin('lint') + query({ product }), o), [product], { topics: MOVES });
  const audit = useData((o) => get(admin('audit') + query({ subject: id, limit: 20 }), o), [id], { topics: MOVES });
  const of = release.data;
  const changed = () => [release, audit].forEach((each) => each.reload());
  return html`
    <${Page} title=${id}
      lead=${of && html`<${State} code=${of.state} /> <${Badge} tone=${SEVERITIES[of.severity]} text=${word('severity', of.severity)} />`}
      data=${release}
      actions=${of && html`<a class="button" href=${to(['releases', id, 'compare'])}>${t('compare.open')}</a><${Actions} release=${of} changed=${changed} />`}>
      ${of &&
      html`
        <${RolloutPart} release=${of} changed=${changed} />
        ${of.state === 'published' && html`<${HowItGoes} id=${id} />`}
        ${versions.data && html`<${Installed} counts=${versions.data} version=${of.version} product=${product} />`}
        ${of.state !== 'draft' && html`<${Adoption} product=${product} version=${of.version} publishedAt=${of.publishedAt} />`}
        <${Section} id="what" title=${t('release.what')}>
          <${What} release=${of} />
        <//>
        ${lint.data &&
        html`<${Section} id="lint" title=${t('lint.title')}><${Findings} report=${lint.data} at=${lint.at} /><//>`}
        ${audit.data && html`<${Section} id="audit" title=${t('release.history')}><${History} entries=${audit.data.items} /><//>`}
      `}
    <//>
  `;
}

function Actions({ release, changed }) {
  const { who } = useStore(session);
  const { state, waits } = standing(release);
  const widenWhy = ownWork(who, [release.author], who.approvals.releases);
  if (release.state === 'draft') {
    return html`
      <${Change}><a class="button" href=${to(['releases', release.id, 'edit'])}>${t('edit')}</a><//>
      <${Act} kind="main" label=${t('release.publish')} why=${widenWhy} onClick=${() => publishRelease(release, changed)} />
    `;
  }
  if (release.state === 'withdrawn') {
    return html`<${Act} label=${t('release.publishAgain')} why=${widenWhy} onClick=${() => publishRelease(release, changed)} />`;
  }
  return html`
    ${waits && html`<${Act} label=${t('release.promote')} why=${widenWhy} onClick=${() => promoteRelease(release, changed)} />`}
    ${state === 'running'
      ? html`<${Act} label=${t('pause')} onClick=${() => pauseRelease(release, changed)} />`
      : html`<${Act} label=${t('resume')} why=${widenWhy} onClick=${() => resumeRelease(release, changed)} />`}
    ${state !== 'halted' && html`<${Act} kind="danger" label=${t('haltDo')} onClick=${() => haltRelease(release, changed)} />`}
    <${Act} label=${t('release.withdraw')} onClick=${() => withdrawRelease(release, changed)} />
  `;
}

/** What is the case, in one sentence. */
export function sentence(release, now = Date.now()) {
  const { state, phase, phases, share, next, waits } = standing(release, now);
  if (release.state !== 'published') {
    return t(`release.is.${release.state}`);
  }
  if (state === 'halted') {
    return t('release.is.halted', { at: moment(release.rollout.heldSince) });
  }
  if (phase < 0) {
    return phases[0].begins ? t('release.is.notBegun', { at: moment(phases[0].begins) }) : t('release.notBegun');
  }
  const values = { share: percent(share), phase: number(phase + 1), of: number(phases.length) };
  if (state === 'paused') {
    return t('release.is.paused', { ...values, at: moment(release.rollout.heldSince) });
  }
  if (waits) {
    return t(`release.is.waiting.${release.rollout.promotion}`, { ...values, next: percent(next.share) });
  }
  return next?.begins
    ? t('release.is.moving', { ...values, next: percent(next.share), at: moment(next.begins) })
    : t('release.is.resting', values);
}

function RolloutPart({ release, changed }) {
  const [editing, setEditing] = useState(false);
  const { who } = useStore(session);
  const { phases, phase, state } = standing(release);
  const why = ownWork(who, [release.author], who.approvals.releases);
  const isOut = release.state === 'published';
  const shown = phases.map((each, i) => ({ ...each, beginsText: isOut ? begun(each) : plannedBegin(release, i) }));
  return html`
    <${Section} id="rollout" title=${t('release.rollout')}>
      <div class="card">
        <${Ladder} caption=${sentence(release)} phases=${shown} current=${isOut ? phase : -1} held=${state !== 'running'} now=${isOut && phase >= 0 ? nowIn(phases, phase) : null} />
        ${isOut &&
        !editing &&
        html`<${Act} label=${t('phase.change')} why=${why} onClick=${() => setEditing(true)} />`}
        ${editing &&
        html`<${PhasesEditor}
          release=${release}
          close=${() => setEditing(false)}
          changed=${() => {
            setEditing(false);
            changed();
          }}
        />`}
      </div>
    <//>
  `;
}

/** Whether it is safe to go on: the failure rate of its devices. */
function HowItGoes({ id }) {
  const { data, problem, reload } = useData((options) => get(admin('releases', id, 'progress'), options), [id], { topics: MOVES, every: EVERY_SECONDS });
  return html`
    <${Section} id="goes" title=${t('release.howItGoes')}>
      ${problem && !data && html`<${Trouble} problem=${problem} retry=${reload} />`}
      ${data &&
      html`<div class="card">
        <${Rate} of=${data} />
        <p><a href=${to(['outcomes', id])}>${t('release.toOutcomes')}</a></p>
      </div>`}
    <//>
  `;
}

/** When a phase began or will; no moment is known of one that somebody promotes. */
const begun = ({ begins, running }) => (begins ? moment(begins) : running ? '-' : t('phase.whenPromoted'));

/** When a phase of a draft would begin, as far as it is known before the publication. */
function plannedBegin(release, i) {
  const phases = release.rollout?.phases ?? [];
  if (phases[i]?.start) {
    return moment(phases[i].start);
  }
  return i === 0 ? t('phase.withPublication') : t('phase.after', { time: duration(seconds(phases[i - 1].soak)), number: number(i) });
}

/** Where on the axis of equal steps the present is. */
function nowIn(phases, phase, now = Date.now()) {
  const from = phases[phase].begins;
  const until = phases[phase + 1]?.begins;
  return until ? phase + Math.min(1, (now - from) / (until - from)) : phase + 0.5;
}

function Installed({ counts, version, product }) {
  const items = counts.items
    .map((group) => ({ name: group.group.version ?? t('unknown'), value: group.devices }))
    .sort((a, b) => b.value - a.value);
  const shown = items.slice(0, MOST_VERSIONS);
  const rest = sum(items.slice(MOST_VERSIONS).map((item) => item.value));
  const here = items.find((item) => item.name === version)?.value ?? 0;
  return html`
    <${Section} id="installed" title=${t('release.installed')}>
      <div class="card">
        <${Bars}
          caption=${counted('release.installedSentence', here, { total: number(counts.devices), share: percent(counts.devices ? here / counts.devices : 0), version })}
          unit=${t('release.version')}
          items=${[
            ...shown.map((item) => ({ ...item, tone: item.name === version ? 'good' : '', href: to(['devices'], { product, version: item.name }) })),
            ...(rest ? [{ name: t('others'), value: rest }] : []),
          ]}
        />
        <p class="soft small">${t('countedAsOf', { time: clock(new Date(counts.asOf)) })}</p>
      </div>
    <//>
  `;
}

function What({ release }) {
  const countries = (codes) => codes.map((code) => nameOf('region', code)).join(', ');
  return html`
    <div class="card"><${Facts}
      items=${[
        [t('release.publishedAt'), html`<${When} at=${release.publishedAt} />`],
        [t('channel'), release.channel ?? 'stable'],
        release.author && [t('author'), release.author],
        release.releasedBy && [t('release.releasedBy'), release.releasedBy],
        release.countries?.allow && [t('release.onlyIn'), countries(release.countries.allow)],
        release.countries?.deny && [t('release.notIn'), countries(release.countries.deny)],
        release.rules && [t('release.rules'), release.rules.map((rule) => rule.name).join(', ')],
        [t('release.revision'), number(release.revision)],
      ]}
    /></div>
    ${Object.entries(release.notes).map(
      ([tag, text]) => html`
        <article class="card" lang=${tag} dir="auto" key=${tag}>
          <h3>${text.title} <span class="soft small">${nameOf('language', tag)}</span></h3>
          <p class="written">${text.body}</p>
        </article>
      `,
    )}
    ${release.artifacts?.length > 0 &&
    html`<${Table}
      caption=${t('release.artifacts')}
      columns=${[
        { title: t('name'), cell: (a) => a.name },
        { title: t('size'), number: true, cell: (a) => bytes(a.size) },
        { title: 'SHA-256', cell: (a) => html`<code class="small">${a.sha256}</code>` },
      ]}
      rows=${release.artifacts}
    />`}
    <details><summary>JSON</summary><pre>${JSON.stringify(release, null, 2)}</pre></details>
  `;
}
