// The deliveries of a notice by state and reason: the rows that its numbers count.
import { admin, get } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { titleOf } from '../ui/notices.js';
import { Badge, Choice, Empty, List, Page, Trouble, When } from '../ui/parts.js';
import { refine, to } from '../ui/router.js';
import { number, t, word } from '../ui/texts.js';
import { WITH_REASONS, reasonOf } from './notice-reasons.js';
import { Filter } from './search.js';

const EVERY_SECONDS = 30;
const TONES = { accepted: 'good', dead: 'bad' };
const STATES = ['pending', 'sending', 'accepted', 'suppressed', 'dead'];

/** The reasons that a state has in this notice; the one that was chosen always. */
function reasonsIn(deliveries, state, chosen) {
  const { suppressed = {}, failed = {}, byReason = {} } = deliveries ?? {};
  const waits = (reason) => byReason[reason] > (suppressed[reason] ?? 0) + (failed[reason] ?? 0);
  const of = { suppressed: Object.keys(suppressed), dead: Object.keys(failed), pending: Object.keys(byReason).filter(waits) };
  return [...new Set([...(of[state] ?? []), chosen])].filter(Boolean).sort();
}

export default function Deliveries({ parts: [id], query }) {
  const state = STATES.includes(query.state) ? query.state : '';
  const hasReasons = WITH_REASONS.includes(state);
  const reason = hasReasons ? (query.reason ?? '') : '';
  const notice = useData((options) => get(admin('notices', id), options), [id], { topics: ['notices'] });
  const list = useList(admin('notices', id, 'deliveries'), { state, reason }, { topics: ['notices'], every: EVERY_SECONDS });
  const reasons = reasonsIn(notice.data?.deliveries, state, reason);
  return html`
    <${Page} title=${t('deliveries.title')} lead=${html`<bdi>${notice.data ? titleOf(notice.data) : id}</bdi>`} data=${list.first}
      actions=${html`<a class="button" href=${to(['notices', id])}>${t('editor.toNotice')}</a>`}>
      ${notice.problem && !notice.data && html`<${Trouble} problem=${notice.problem} retry=${notice.reload} />`}
      <form class="filters" onSubmit=${(event) => event.preventDefault()}>
        <${Choice} label=${t('release.state')} value=${state} options=${[['', t('all')], ...STATES.map((each) => [each, word('delivery', each)])]} onInput=${(chosen) => refine({ state: chosen, reason: '' })} />
        ${hasReasons &&
        html`<${Filter} name="reason" label=${t('notice.because')} query=${query} options=${reasons.map((each) => [each, reasonOf(state, each)])} />`}
      </form>
      <${List} of=${list} caption=${t('deliveries.title')} columns=${columns(id)} empty=${html`<${Empty} title=${t('deliveries.none')} />`} />
    <//>
  `;
}

/** A code that has words stands below them, for those who look it up. */
function Because({ of }) {
  const words = reasonOf(of.state, of.reason);
  return html`
    <bdi>${words}</bdi>
    ${of.reason && words !== of.reason && html`<br /><code class="soft small">${of.reason}</code>`}
    ${of.attempts > 0 && html`<br /><span class="soft small">${t('deliveries.attempts', { count: number(of.attempts) })}</span>`}
  `;
}

const columns = (notice) => [
  { title: t('device'), cell: (d) => html`<a href=${to(['devices', d.device])}><code>${d.device}</code></a>` },
  { title: t('release.state'), cell: (d) => html`<${Badge} tone=${TONES[d.state] ?? 'plain'} text=${word('delivery', d.state)} />` },
  { title: t('notice.because'), cell: (d) => html`<${Because} of=${d} />` },
  { title: t('whyNot.finished'), cell: (d) => (d.finishedAt ? html`<${When} at=${d.finishedAt} near=${false} />` : html`<span class="soft">${t('whyNot.due')}:</span> <${When} at=${d.dueAt} near=${false} />`) },
  { title: t('notice.read'), cell: (d) => html`<${When} at=${d.readAt} near=${false} />` },
  { title: t('explain.title'), cell: (d) => html`<a href=${to(['notices', notice], { device: d.device })}>${t('deliveries.why')}</a>` },
];
