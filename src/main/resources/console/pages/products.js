import { admin } from '../ui/api.js';
import { html } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { Badge, Change, Empty, List, Page } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { day, nameOf, t, word } from '../ui/texts.js';

/** How long a product is supported, as a badge. */
export function Support({ until, now = Date.now() }) {
  if (!until) {
    return html`<span class="soft">${t('products.open')}</span>`;
  }
  const over = new Date(until).getTime() + 86_400_000 < now;
  return html`${day(until)} ${over && html`<${Badge} tone="bad" text=${t('products.over')} />`}`;
}

export default function Products() {
  const list = useList(admin('products'), {});
  const columns = [
    { title: t('name'), look: 'name', cell: (p) => html`<a href=${to(['products', p.id])}><bdi>${p.name}</bdi></a><br /><code class="soft small">${p.id}</code>` },
    { title: t('products.kind'), cell: (p) => word('productKind', p.kind) },
    { title: t('products.language'), cell: (p) => nameOf('language', p.defaultLanguage) },
    { title: t('products.until'), cell: (p) => html`<${Support} until=${p.supportedUntil} />` },
    { title: t('releases.title'), cell: (p) => html`<a href=${to(['releases'], { product: p.id })}>${t('show')}</a>` },
  ];
  return html`
    <${Page} title=${t('products.title')} lead=${t('products.lead')} data=${list.first}
      actions=${html`<${Change}><a class="button main" href=${to(['products', 'new'])}>${t('products.new')}</a><//>`}>
      <${List} of=${list} caption=${t('products.title')} columns=${columns} empty=${html`<${Empty} title=${t('products.none')} />`} />
    <//>
  `;
}
