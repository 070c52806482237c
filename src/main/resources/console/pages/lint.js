import { admin, get } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { Badge, Page, Table } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { clock, number, t, word } from '../ui/texts.js';

export default function Lint() {
  const data = useData((options) => get(admin('lint'), options), [], { topics: ['products', 'releases', 'rollouts'] });
  return html`
    <${Page} title=${t('lint.title')} lead=${t('lint.lead')} data=${data}>
      ${data.data && html`<${Findings} report=${data.data} at=${data.at} withProduct=${true} />`}
    <//>
  `;
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
