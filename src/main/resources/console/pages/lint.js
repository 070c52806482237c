import { admin, get, query as asQuery } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { Bars } from '../ui/figures.js';
import { Badge, Page, Table } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { clock, number, t, word } from '../ui/texts.js';
import { Filter, optionsOf, useProducts } from './search.js';

const MOVES = ['products', 'releases', 'rollouts'];
const MOST_PRODUCTS = 6;
const MOST_VERSIONS = 15;

export default function Lint({ query }) {
  const { product } = query;
  const products = useProducts();
  const data = useData((options) => get(admin('lint') + asQuery({ product }), options), [product], { topics: MOVES });
  // Without a choice those are shown that have a finding; where there is none, the first.
  const found = [...new Set((data.data?.findings ?? []).map((finding) => finding.product))];
  const shown = product ? [product] : [...found, ...(products.data ?? []).slice(0, found.length ? 0 : 1).map((p) => p.id)];
  const nameOf = (id) => products.data?.find((p) => p.id === id)?.name ?? id;
  return html`
    <${Page} title=${t('lint.title')} lead=${t('lint.lead')} data=${data}>
      <div class="filters"><${Filter} name="product" label=${t('product')} query=${query} options=${optionsOf(products)} /></div>
      ${data.data && html`<${Findings} report=${data.data} at=${data.at} withProduct=${true} />`}
      ${data.data &&
      html`<div class="columns">
        ${shown.slice(0, MOST_PRODUCTS).map((id) => html`<${Versions} key=${id} product=${id} name=${nameOf(id)} findings=${data.data.findings.filter((finding) => finding.product === id)} />`)}
      </div>`}
    <//>
  `;
}

/** The newest releases of a product, with the devices that have each; where something was found it is red, or yellow. */
function Versions({ product, name, findings }) {
  const releases = useData(
    (options) => get(admin('release-summaries') + asQuery({ product, state: 'published', sort: '-publishedAt', limit: MOST_VERSIONS }), options),
    [product],
    { topics: MOVES },
  );
  const items = (releases.data?.items ?? []).map((release) => {
    const levels = findings.filter((finding) => releaseOf(finding) === release.id).map((finding) => finding.level);
    return { name: release.version, value: release.installed, tone: levels.includes('error') ? 'bad' : levels.length > 0 ? 'warn' : '', href: to(['releases', release.id]) };
  });
  const wrong = items.filter((item) => item.tone).length;
  return (
    items.length > 0 &&
    html`<div class="card">
      <${Bars} caption=${t('lint.versionsSentence', { name, wrong: number(wrong), count: number(items.length) })} unit=${t('release.version')} items=${items} />
    </div>`
  );
}

/** A place such as 1.4.0.rules[0]: the version that it begins with, as far as one can tell. */
const releaseOf = (finding) => {
  const version = /^releases?\[?([^\]]+?)\]?(?:\.|$)/.exec(finding.place)?.[1] ?? finding.place.split(' ')[0];
  return version && /^\d/.test(version) ? `${finding.product}:${version}` : null;
};

export function Findings({ report, at, withProduct = false }) {
  if (report.findings.length === 0) {
    return html`<p class="card calm">${t('lint.none', { time: clock(at ?? new Date()) })}</p>`;
  }
  const columns = [
    { title: t('lint.level'), cell: (f) => html`<${Badge} tone=${f.level === 'error' ? 'bad' : 'warn'} text=${word('level', f.level)} />` },
    withProduct && { title: t('product'), cell: (f) => html`<a href=${to(['products', f.product])}>${f.product}</a>` },
    { title: t('lint.place'), cell: (f) => (releaseOf(f) ? html`<a href=${to(['releases', releaseOf(f)])}><code>${f.place}</code></a>` : html`<code>${f.place}</code>`) },
    { title: t('lint.finding'), cell: (f) => html`<strong>${word('finding', f.code)}</strong><br /><span class="soft">${f.message}</span>` },
  ].filter(Boolean);
  return html`
    <p>${t('lint.counts', { errors: number(report.errors), warnings: number(report.warnings) })}</p>
    <${Table} caption=${t('lint.title')} columns=${columns} rows=${report.findings} />
  `;
}
