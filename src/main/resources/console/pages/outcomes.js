import { admin } from '../ui/api.js';
import { html } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { Empty, List, Page, When } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { percent, t } from '../ui/texts.js';
import { Has, Standing, offered } from './release-line.js';
import { ByProduct } from './search.js';

const EVERY_SECONDS = 60;

/** Rollouts, each with the share that is offered the release and the share that has it. */
export default function Outcomes({ query }) {
  const list = useList(admin('release-summaries'), { product: query.product, state: 'published' }, { topics: ['releases', 'rollouts'], every: EVERY_SECONDS });
  const columns = [
    {
      title: t('release.version'),
      look: 'name',
      cell: (r) => html`<a href=${to(['outcomes', r.id])}>${r.version}</a><br /><bdi class="soft small">${r.productName}</bdi>`,
    },
    { title: t('release.rollout'), cell: (r) => html`<${Standing} release=${r} />` },
    { title: t('outcomes.offeredTo'), number: true, cell: (r) => percent(offered(r)) },
    { title: t('outcomes.has'), cell: (r) => html`<${Has} release=${r} />` },
    { title: t('release.publishedAt'), cell: (r) => html`<${When} at=${r.publishedAt} near=${false} />` },
  ];
  return html`
    <${Page} title=${t('outcomes.title')} lead=${t('outcomes.lead')} data=${list.first}>
      <div class="filters"><${ByProduct} query=${query} /></div>
      <${List} of=${list} caption=${t('outcomes.title')} columns=${columns}
        empty=${html`<${Empty} title=${t('outcomes.none')}><p class="soft">${t('outcomes.noneWhy')}</p><//>`} />
    <//>
  `;
}
