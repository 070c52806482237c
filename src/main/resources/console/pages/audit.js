import { admin, download, get, query as asQuery } from '../ui/api.js';
import { useAnswer } from '../ui/data.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { Act, Badge, Choice, Empty, Input, List, Page, Trouble } from '../ui/parts.js';
import { refine, to } from '../ui/router.js';
import { clock, codesOf, counted, number, t, word, zoneName } from '../ui/texts.js';
import { Time, beginOfDay, byDay } from './days.js';
import { LastVerification } from './last-verification.js';

const FILTERS = ['subject', 'action', 'actor', 'from', 'to', 'sort'];
/** Looks at one person's data stand in a log of their own. */
const READS = /^(account\.devices-listed|device\.(read|searched|[a-z-]+-read|[a-z-]+-explained))$/;
const EXPORTED_AT_ONCE = 500;

/** Days are those of the zone that is shown; the last one is wholly in it. */
const asked = ({ from, to: until, ...rest }) => ({
  ...rest,
  from: from && beginOfDay(from),
  to: until && beginOfDay(until, 1),
});

export default function Audit({ query }) {
  const given = Object.fromEntries(FILTERS.map((name) => [name, query[name] ?? '']));
  const list = useList(admin('audit'), asked(given), { topics: ['audit'] });
  const columns = [
    { title: t('audit.number'), number: true, cell: (e) => number(e.number) },
    { title: t('audit.at'), cell: (e) => html`<${Time} at=${e.at} />` },
    { title: t('audit.actor'), look: 'name', cell: (e) => html`<bdi>${e.actor}</bdi>` },
    { title: t('audit.action'), look: 'name', cell: (e) => word('action', e.action) },
    { title: t('audit.subject'), look: 'name', cell: (e) => html`<a href=${to(['audit'], { subject: e.subject })}><bdi>${e.subject}</bdi></a>` },
    { title: t('audit.detail'), look: 'wide', cell: (e) => html`<bdi class="written">${e.detail}</bdi>` },
  ];
  return html`
    <${Page} title=${t('audit.title')} lead=${t('audit.lead')} data=${list.first} actions=${html`<${Verify} />`}>
      <${LastVerification} />
      <${Filters} given=${given} />
      <${Export} />
      <${List} of=${list} caption=${t('audit.title')} columns=${columns} groupedBy=${byDay}
        empty=${html`<${Empty} title=${t('audit.none')} />`} />
    <//>
  `;
}

/** Actions in the order of their words. */
const actions = () =>
  codesOf('action')
    .filter((code) => !READS.test(code))
    .map((code) => [code, word('action', code)])
    .sort(([, a], [, b]) => a.localeCompare(b, document.documentElement.lang));

function Filters({ given }) {
  const [fields, setFields] = useState(given);
  useEffect(() => setFields(given), [JSON.stringify(given)]);
  const field = (name) => ({ value: fields[name], onInput: (value) => setFields({ ...fields, [name]: value }) });
  const zone = t('audit.zoneHint', { zone: zoneName() });
  return html`
    <form
      class="filters"
      onSubmit=${(event) => {
        event.preventDefault();
        refine({ ...fields, subject: fields.subject.trim(), actor: fields.actor.trim() });
      }}
    >
      <${Input} wide label=${t('audit.subject')} hint=${t('audit.subjectHint')} type="search" maxlength="200" ...${field('subject')} />
      <${Choice} label=${t('audit.action')} options=${[['', t('all')], ...actions()]} ...${field('action')} />
      <${Input} label=${t('audit.actor')} hint=${t('audit.actorHint')} maxlength="200" ...${field('actor')} />
      <${Input} label=${t('audit.from')} hint=${zone} type="date" max="9999-12-30" ...${field('from')} />
      <${Input} label=${t('audit.to')} hint=${zone} type="date" min=${fields.from || undefined} max="9999-12-30" ...${field('to')} />
      <${Choice} label=${t('audit.order')} options=${[['', t('audit.newest')], ['number', t('audit.oldest')]]} ...${field('sort')} />
      <${Act} looks submit label=${t('filter')} />
      ${Object.values(given).some(Boolean) && html`<span class="act"><a class="button" href=${to(['audit'])}>${t('audit.all')}</a></span>`}
    </form>
  `;
}

/** The log for other programs, so few entries at once that a page can hold them: a link would save an error as a file. */
function Export() {
  const [text, setText] = useState('1');
  const { problem, busy, ask } = useAnswer();
  const from = /^[1-9]\d{0,14}$/.test(text.trim()) ? Number(text) : null;
  const path = admin('audit', 'export') + asQuery({ after: from > 1 ? from - 1 : '', limit: EXPORTED_AT_ONCE });
  return html`
    <details class="export">
      <summary>${t('audit.export')}</summary>
      <p class="soft">${t('audit.exportWhy', { count: number(EXPORTED_AT_ONCE) })}</p>
      <div class="filters">
        <${Input} label=${t('audit.exportFrom')} inputmode="numeric" maxlength="15" value=${text} onInput=${setText} error=${from === null ? t('audit.exportFirst') : ''} />
        ${from !== null &&
        html`<${Act} looks busy=${busy} label=${t('audit.exportDo', { number: number(from) })} onClick=${() => ask(() => download(path, `audit-${from}.ndjson`))} />`}
      </div>
      ${problem && html`<${Trouble} problem=${problem} />`}
    </details>
  `;
}

function found({ intact, entries, brokenAt, foreignHead, at }) {
  if (intact) {
    return counted('audit.intactSentence', entries, { time: clock(at) });
  }
  return foreignHead ? t('audit.foreignSentence', { number: number(foreignHead) }) : t('audit.brokenSentence', { number: number(brokenAt) });
}

function Verify() {
  const { answer, problem, busy, ask } = useAnswer();
  const run = () => ask(async () => ({ ...(await get(admin('audit', 'verification'))), at: new Date() }));
  return html`
    <${Act} looks label=${busy ? t('audit.verifying') : t('audit.verify')} busy=${busy} onClick=${run} />
    <div role="status">
      ${answer &&
      html`<p>
        <${Badge} tone=${answer.intact ? 'good' : 'bad'} text=${t(answer.intact ? 'audit.intact' : 'audit.broken')} />
        <span class="soft small">
          ${found(answer)}
        </span>
        ${answer.head && html`<br /><code class="small">${answer.head}</code>`}
      </p>`}
      ${problem && html`<${Trouble} problem=${problem} />`}
    </div>
  `;
}
