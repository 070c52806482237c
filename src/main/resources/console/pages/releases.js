import { admin } from '../ui/api.js';
import { html } from '../ui/dom.js';
import { Share } from '../ui/figures.js';
import { useList } from '../ui/lists.js';
import { Badge, Change, Choice, Empty, Page, Pages, State, Table, When } from '../ui/parts.js';
import { standing } from '../ui/rollout.js';
import { refine, to } from '../ui/router.js';
import { percent, t, word } from '../ui/texts.js';
import { useData } from '../ui/data.js';
import { all } from '../ui/lists.js';

const EVERY_SECONDS = 60;
export const SEVERITIES = { security: 'bad', critical: 'bad', recommended: 'plain', optional: 'plain' };

export default function Releases({ query }) {
  const products = useData((options) => all(admin('products'), {}, options), []);
  const { first, items, next, total, grow } = useList(
    admin('releases'),
    { product: query.product, state: query.state },
    { topics: ['releases', 'rollouts'], every: EVERY_SECONDS },
  );
  const columns = [
    { title: t('release.version'), cell: (r) => html`<a href=${to(['releases', r.id])}>${r.version}</a><br /><span class="soft small">${r.product}</span>` },
    { title: t('release.state'), cell: (r) => html`<${State} code=${r.state} />` },
    { title: t('release.severity'), cell: (r) => html`<${Badge} tone=${SEVERITIES[r.severity]} text=${word('severity', r.severity)} />` },
    { title: t('release.rollout'), cell: (r) => html`<${Rollout} release=${r} />` },
    { title: t('release.publishedAt'), cell: (r) => html`<${When} at=${r.publishedAt} near=${false} />` },
  ];
  return html`
    <${Page}
      title=${t('releases.title')}
      lead=${t('releases.lead')}
      data=${first}
      actions=${html`<${Change}><a class="button" href=${to(['import'])}>${t('import.title')}</a> <a class="button main" href=${to(['releases', 'new'])}>${t('releases.new')}</a><//>`}
    >
      <div class="filters">
        <${Choice}
          label=${t('product')}
          value=${query.product ?? ''}
          options=${[['', t('all')], ...(products.data ?? []).map((p) => [p.id, p.name])]}
          onInput=${(product) => refine({ product })}
        />
        <${Choice}
          label=${t('release.state')}
          value=${query.state ?? ''}
          options=${[['', t('all')], ...['draft', 'published', 'withdrawn'].map((s) => [s, word('state', s)])]}
          onInput=${(state) => refine({ state })}
        />
      </div>
      ${first.data &&
      html`<${Table}
          caption=${t('releases.title')}
          columns=${columns}
          rows=${items.map((r) => ({ ...r, key: r.id }))}
          empty=${html`<${Empty} title=${t('releases.none')}><p><a href=${to(['releases', 'new'])}>${t('releases.new')}</a></p><//>`}
        />
        <${Pages} shown=${items.length} total=${total} next=${next} onMore=${grow} />`}
    <//>
  `;
}

function Rollout({ release }) {
  if (release.state !== 'published') {
    return html`<span class="soft">-</span>`;
  }
  const { state, share, phase, phases } = standing(release);
  return html`
    <span class="small">
      ${state === 'running' ? percent(share) : html`<${State} code=${state} />`}
      ${phases.length > 1 && html` <span class="soft">${t('release.phaseOf', { phase: phase + 1, of: phases.length })}</span>`}
    </span>
    <${Share} label=${percent(share)} parts=${[{ name: 'in', value: share, tone: state === 'running' ? 'good' : 'bad' }, { name: 'out', value: 1 - share, tone: 'none' }]} />
  `;
}
