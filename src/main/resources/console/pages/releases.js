import { admin } from '../ui/api.js';
import { html } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { Badge, Change, Choice, Empty, List, Page, State, When } from '../ui/parts.js';
import { refine, to } from '../ui/router.js';
import { t, word } from '../ui/texts.js';
import { Has, Rollout } from './release-line.js';
import { ByProduct, Filter, Search } from './search.js';

const EVERY_SECONDS = 60;
export const SEVERITIES = { security: 'bad', critical: 'bad', recommended: 'plain', optional: 'plain' };

// What stands in the address, and by what the service sorts. A draft without a moment is older than all.
const ORDERS = { newest: '-publishedAt', oldest: 'publishedAt', id: 'id' };

export default function Releases({ query }) {
  const { q, product, state, severity, channel } = query;
  const order = query.sort in ORDERS ? query.sort : 'newest';
  const list = useList(
    admin('release-summaries'),
    { q, product, state, severity, channel, sort: ORDERS[order] },
    { topics: ['releases', 'rollouts'], every: EVERY_SECONDS },
  );
  const columns = [
    { title: t('release.version'), look: 'name', cell: (r) => html`<${Name} of=${r} />` },
    { title: t('release.state'), cell: (r) => html`<${State} code=${r.state} />` },
    { title: t('release.severity'), cell: (r) => html`<${Badge} tone=${SEVERITIES[r.severity]} text=${word('severity', r.severity)} />` },
    { title: t('release.rollout'), cell: (r) => html`<${Rollout} release=${r} />` },
    { title: t('outcomes.has'), cell: (r) => html`<${Has} release=${r} />` },
    { title: t('release.publishedAt'), cell: (r) => html`<${When} at=${r.publishedAt} near=${false} />` },
  ];
  const choice = (name, label, options) => html`<${Filter} name=${name} label=${label} query=${query} options=${options} />`;
  return html`
    <${Page} title=${t('releases.title')} lead=${t('releases.lead')} data=${list.first}
      actions=${html`<${Change}><a class="button" href=${to(['import'])}>${t('import.title')}</a> <a class="button main" href=${to(['releases', 'new'])}>${t('releases.new')}</a><//>`}>
      <${Search} q=${q} hint=${t('releases.searchHint')}>
        <${ByProduct} query=${query} />
        ${choice('state', t('release.state'), ['draft', 'published', 'withdrawn'].map((code) => [code, word('state', code)]))}
        ${choice('severity', t('release.severity'), Object.keys(SEVERITIES).map((code) => [code, word('severity', code)]))}
        ${channel && choice('channel', t('channel'), [])}
        <${Choice} label=${t('releases.sort')} value=${order} options=${Object.keys(ORDERS).map((each) => [each, t(`releases.sort.${each}`)])} onInput=${(sort) => refine({ sort })} />
      <//>
      <${List} of=${list} caption=${t('releases.title')} columns=${columns}
        empty=${html`<${Empty} title=${t('releases.none')}><${Change}><p><a href=${to(['releases', 'new'])}>${t('releases.new')}</a></p><//><//>`} />
    <//>
  `;
}

/** A channel is named where it is not the one for everybody. */
const Name = ({ of }) => html`
  <a href=${to(['releases', of.id])}>${of.version}</a>${of.channel !== 'stable' && html` <${Badge} text=${of.channel} />`}<br />
  <span class="soft small">${of.productName}${of.title && html` · <bdi>${of.title}</bdi>`}</span>
`;
