import { haltRelease, resumeRelease } from '../ui/actions.js';
import { admin, get } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { ownWork } from '../ui/notices.js';
import { Act, Page, Pages, Section, State } from '../ui/parts.js';
import { standing } from '../ui/rollout.js';
import { to } from '../ui/router.js';
import { session, useStore } from '../ui/store.js';
import { t, word } from '../ui/texts.js';
import { History } from './history.js';
import { Failures, Phases, Rate, Uncounted } from './outcome-figures.js';
import { Policy } from './policy.js';

const EVERY_SECONDS = 30;
const MOVES = ['releases', 'rollouts'];

export default function Outcome({ parts: [id] }) {
  const release = useData((options) => get(admin('releases', id), options), [id], { topics: MOVES });
  const progress = useData((options) => get(admin('releases', id, 'progress'), options), [id], { topics: MOVES, every: EVERY_SECONDS });
  const of = progress.data;
  return html`
    <${Page}
      title=${t('outcome.title', { id })}
      lead=${of && html`<${Lead} of=${of} release=${release.data} />`}
      data=${progress}
      actions=${html`<a class="button" href=${to(['releases', id])}>${t('outcome.toRelease')}</a>
        ${release.data?.state === 'published' && html`<${Actions} release=${release.data} changed=${() => [release, progress].forEach((each) => each.reload())} />`}`}
    >
      ${of && html`<${Body} of=${of} />`}
      <${Policy} path=${admin('releases', id, 'outcome-policy')} above=${admin('products', id.split(':')[0], 'outcome-policy')} product=${id.split(':')[0]} />
      <${Timeline} id=${id} />
    <//>
  `;
}

function Actions({ release, changed }) {
  const { who } = useStore(session);
  return standing(release).state === 'halted'
    ? html`<${Act} label=${t('resume')} why=${ownWork(who, [release.author], who.approvals.releases)} onClick=${() => resumeRelease(release, changed)} />`
    : html`<${Act} kind="danger" label=${t('haltDo')} onClick=${() => haltRelease(release, changed)} />`;
}

/** What the figures mean in the state that the rollout is in. */
function meaning(of) {
  const fails = of.verdict === 'halt';
  if (of.state === 'halted') {
    return t(fails ? 'outcome.is.haltedFailed' : 'outcome.is.halted');
  }
  if (of.state === 'paused') {
    return t(fails ? 'outcome.is.pausedHalts' : 'outcome.is.paused');
  }
  if (fails) {
    return t('outcome.is.halts');
  }
  if (of.phase === undefined) {
    return t('outcome.is.notBegun');
  }
  return of.phase === of.phases.length - 1 ? t('outcome.is.last') : word('verdict', of.verdict);
}

/** A release that is not out has a state of its own, and its rollout means nothing. */
const Lead = ({ of, release }) =>
  release && release.state !== 'published' ? html`<${State} code=${release.state} />` : html`<${State} code=${of.state} /> ${meaning(of)}`;

const Body = ({ of }) => html`
  ${of.alerts.map((code) => html`<div class="card trouble" key=${code}><p><strong>${word('alert', code)}</strong></p></div>`)}
  <${Section} id="progress" title=${t('outcome.progress')}>
    <div class="card"><${Phases} phases=${of.phases} /></div>
  <//>
  <${Section} id="failures" title=${t('outcome.failures')}>
    <div class="card"><${Failures} phases=${of.phases} /></div>
  <//>
  <${Section} id="rate" title=${t('outcome.rate')}>
    <div class="card"><${Rate} of=${of} /></div>
  <//>
  <${Section} id="uncounted" title=${t('outcome.uncountedTitle')}>
    <${Uncounted} phases=${of.phases} notOffered=${of.notOffered} />
  <//>
`;

function Timeline({ id }) {
  const { first, items, next, total, grow } = useList(admin('releases', id, 'timeline'), {}, { topics: MOVES, limit: 20 });
  return (
    first.data &&
    html`<${Section} id="timeline" title=${t('outcome.timeline')}>
      <${History} entries=${items} />
      <${Pages} shown=${items.length} total=${total} next=${next} onMore=${grow} />
    <//>`
  );
}
