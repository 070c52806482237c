import { admin } from '../ui/api.js';
import { html } from '../ui/dom.js';
import { Share, sum } from '../ui/figures.js';
import { useList } from '../ui/lists.js';
import { KINDS } from '../ui/notices.js';
import { Change, Empty, List, Page, State, When } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { number, t, word } from '../ui/texts.js';
import { Filter, Search, Tabs, optionsOf, useProducts } from './search.js';

const EVERY_SECONDS = 15;
const STATES = ['', 'draft', 'approved', 'scheduled', 'running', 'paused', 'done', 'cancelled'];

// So many are counted by state, all states together.
const MOST_COUNTED = 10_000;

export default function Notices({ query }) {
  const state = STATES.includes(query.state) ? query.state : '';
  const products = useProducts();
  const list = useList(
    admin('notice-summaries'),
    { state, q: query.q, kind: query.kind, product: query.product, sort: '-createdAt' },
    { topics: ['notices'], every: EVERY_SECONDS },
  );
  const names = new Map(optionsOf(products));
  const columns = [
    { title: t('notice.title'), look: 'wide', cell: (n) => html`<${Title} of=${n} names=${names} />` },
    { title: t('release.state'), cell: (n) => html`<${State} code=${n.state} />` },
    { title: t('notice.progress'), cell: (n) => html`<${Progress} of=${n} />` },
    { title: t('author'), look: 'name', cell: (n) => html`<bdi>${n.author}</bdi>` },
    { title: t('notices.when'), cell: (n) => html`<${Begins} of=${n} />` },
  ];
  return html`
    <${Page} title=${t('notices.title')} lead=${t('notices.lead')} data=${list.first}
      actions=${html`<${Change}><a class="button main" href=${to(['notices', 'new'])}>${t('notices.new')}</a><//>`}>
      <${Tabs}
        path="notices"
        label=${t('notices.byState')}
        query=${query}
        of=${STATES}
        current=${state}
        name=${(each) => html`${each ? word('state', each) : t('all')} ${list.first.data && html`<span class="soft small">${howMany(list.first.data.byState, each)}</span>`}`}
      />
      <${Search} q=${query.q} hint=${t('notices.searchHint')}>
        <${Filter} name="kind" label=${t('notices.kind')} query=${query} options=${KINDS.map((kind) => [kind, word('kind', kind)])} />
        <${Filter} name="product" label=${t('product')} query=${query} options=${[...names]} />
      <//>
      <${List} of=${list} caption=${t('notices.title')} columns=${columns}
        empty=${html`<${Empty} title=${t('notices.none')}><${Change}><p><a href=${to(['notices', 'new'])}>${t('notices.new')}</a></p><//><//>`} />
    <//>
  `;
}

/** Of all states together where none is named. */
export function howMany(byState, state) {
  const counted = sum(Object.values(byState));
  if (state) {
    return number(byState[state] ?? 0);
  }
  return counted > MOST_COUNTED ? `${number(MOST_COUNTED)}+` : number(counted);
}

const Title = ({ of, names }) => html`
  <a href=${to(['notices', of.id])}><bdi>${of.title || of.id}</bdi></a><br />
  <span class="soft small">${[word('kind', of.kind), ...of.products.map((id) => names.get(id) ?? id)].join(' · ')}</span>
`;

/** How far the pushes are; a picture where that still moves. */
function Progress({ of: { state, deliveries: of } }) {
  if (of.planned === 0) {
    return html`<span class="soft">-</span>`;
  }
  const said = t('overview.sentOf', { sent: number(of.accepted), planned: number(of.planned), left: number(of.remaining) });
  const parts = [
    { name: 'accepted', value: of.accepted, tone: 'good' },
    { name: 'failed', value: of.failed, tone: 'bad' },
    { name: 'rest', value: Math.max(0, of.planned - of.accepted - of.failed), tone: 'none' },
  ];
  return html`<span class="small">${said}</span> ${(state === 'running' || state === 'paused') && html`<${Share} label=${said} parts=${parts} />`}`;
}

/** When it begins, or what is known before that: each moment says which one it is. */
function Begins({ of }) {
  const [which, at] = of.startedAt ? ['notice.started', of.startedAt] : of.startsAt ? ['notice.begun', of.startsAt] : ['notices.written', of.createdAt];
  return html`<span class="soft small">${t(which)}</span><br /><${When} at=${at} near=${!of.startedAt && Boolean(of.startsAt)} />`;
}
