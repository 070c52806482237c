// What differs between two releases of a product: from their documents, so one of them may be a draft.
import { admin, get } from '../ui/api.js';
import { differences } from '../ui/conflict.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { all } from '../ui/lists.js';
import { Choice, Empty, Page, Table } from '../ui/parts.js';
import { inWords } from '../ui/paths.js';
import { seconds } from '../ui/rollout.js';
import { refine, to } from '../ui/router.js';
import { bytes, counted, duration, moment, nameOf, percent, t, word } from '../ui/texts.js';

const GROUPS = [
  ['compare.who', ['channel', 'countries', 'rules', 'floorFor', 'mandatory', 'install']],
  ['release.rollout', ['phases', 'promotion']],
  ['release.artifacts', ['artifacts', 'counter']],
  ['draft.notes', ['notes']],
  ['compare.rest', ['severity', 'publishedAt', 'advisory']],
];

/** As it was written, with what holds where nothing was; how far its rollout is says nothing of that. */
const written = ({ rollout = {}, ...release }) => ({
  ...release,
  channel: release.channel ?? 'stable',
  mandatory: release.mandatory ?? false,
  phases: rollout.phases ?? [],
  promotion: rollout.promotion ?? 'clock',
});

const countries = (codes) => codes.split(', ').map((code) => nameOf('region', code)).join(', ');
const SAID = {
  severity: (code) => word('severity', code),
  mandatory: (is) => t(is === 'true' ? 'yes' : 'no'),
  percentage: (share) => percent(share / 100),
  soak: (time) => duration(seconds(time)),
  size: (count) => bytes(Number(count)),
  start: moment,
  publishedAt: moment,
  allow: countries,
  deny: countries,
};

function said(path, text) {
  const name = /\w+$/.exec(path)?.[0];
  return text === '' ? '-' : Object.hasOwn(SAID, name ?? '') ? SAID[name](text) : text;
}

/** What differs, by what it is about. */
export const compared = (one, other) =>
  GROUPS.map(([name, members]) => ({ name: t(name), rows: differences(written(one), written(other), members) })).filter((group) => group.rows.length > 0);

export default function Compare({ parts: [id], query }) {
  const [product] = id.split(':');
  const list = useData((options) => all(admin('release-summaries'), { product, sort: '-publishedAt' }, options), [product]);
  const others = (list.data ?? []).map((release) => release.id);
  const at = others.indexOf(id);
  // Without a choice: the one before it.
  const other = query.with ?? others[at + 1] ?? others[at - 1];
  const both = useData((options) => Promise.all([other, id].filter(Boolean).map((each) => get(admin('releases', each), options))), [id, other]);
  const options = others.filter((each) => each !== id).map((each) => [each, each]);
  return html`
    <${Page} title=${t('compare.title', { id })} lead=${t('compare.lead')} data=${list.problem ? list : both}
      actions=${html`<a class="button" href=${to(['releases', id])}>${t('draft.toRelease')}</a>`}>
      ${list.data && !other && html`<${Empty} title=${t('compare.none')} />`}
      ${other && html`<div class="filters"><${Choice} label=${t('compare.with')} value=${other} options=${options} onInput=${(chosen) => refine({ with: chosen })} /></div>`}
      ${both.data?.length === 2 && html`<${Differences} of=${both.data} />`}
    <//>
  `;
}

function Differences({ of: [one, other] }) {
  const groups = compared(one, other);
  const count = groups.flatMap((group) => group.rows).length;
  const columns = [
    { title: t('conflict.where'), look: 'name', cell: (d) => html`<bdi title=${d.path}>${inWords(d.path)}</bdi>` },
    { title: one.version, look: 'name', cell: (d) => html`<bdi class="written">${said(d.path, d.theirs)}</bdi>` },
    { title: other.version, look: 'name', cell: (d) => html`<bdi class="written">${said(d.path, d.mine)}</bdi>` },
  ];
  return html`
    <p class="card sentence" role="status">${count === 0 ? t('compare.same') : counted('compare.sentence', count)}</p>
    ${count > 0 && html`<${Table} caption=${t('compare.lead')} columns=${columns} groups=${groups} />`}
  `;
}
