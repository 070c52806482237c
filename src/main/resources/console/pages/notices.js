import { admin } from '../ui/api.js';
import { html } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { titleOf } from '../ui/notices.js';
import { Change, Empty, Page, Pages, State, Table, When } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { nameOf, t, word } from '../ui/texts.js';

const EVERY_SECONDS = 60;
const STATES = ['', 'draft', 'approved', 'scheduled', 'running', 'paused', 'done', 'cancelled'];

export default function Notices({ query }) {
  const state = STATES.includes(query.state) ? query.state : '';
  const { first, items, next, total, grow } = useList(admin('notices'), { state }, { topics: ['notices'], every: EVERY_SECONDS });
  const columns = [
    {
      title: t('notice.title'),
      cell: (n) => html`<a href=${to(['notices', n.id])}><bdi>${titleOf(n)}</bdi></a><br /><span class="soft small">${word('kind', n.kind)}</span>`,
    },
    { title: t('release.state'), cell: (n) => html`<${State} code=${n.state} />` },
    { title: t('notice.languages'), cell: (n) => Object.keys(n.texts ?? {}).map((tag) => nameOf('language', tag)).join(', ') },
    { title: t('author'), cell: (n) => n.author },
    { title: t('notice.begun'), cell: (n) => html`<${When} at=${n.startedAt ?? n.startsAt ?? n.createdAt} near=${false} />` },
  ];
  return html`
    <${Page}
      title=${t('notices.title')}
      lead=${t('notices.lead')}
      data=${first}
      actions=${html`<${Change}><a class="button main" href=${to(['notices', 'new'])}>${t('notices.new')}</a><//>`}
    >
      <nav class="tabs" aria-label=${t('notices.byState')}>
        ${STATES.map((each) => html`<a key=${each} href=${to(['notices'], { state: each })} aria-current=${each === state ? 'true' : undefined}>${each ? word('state', each) : t('all')}</a>`)}
      </nav>
      ${first.data &&
      html`<${Table}
          caption=${t('notices.title')}
          columns=${columns}
          rows=${items.map((n) => ({ ...n, key: n.id }))}
          empty=${html`<${Empty} title=${t('notices.none')}><p><a href=${to(['notices', 'new'])}>${t('notices.new')}</a></p><//>`}
        />
        <${Pages} shown=${items.length} total=${total} next=${next} onMore=${grow} />`}
    <//>
  `;
}
