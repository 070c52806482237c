import { admin, post } from '../ui/api.js';
import { useAnswer } from '../ui/data.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { Act, Change, Empty, Input, List, Page, Table, Trouble } from '../ui/parts.js';
import { Reason, ReasonForm } from '../ui/reason.js';
import { go, refine, to } from '../ui/router.js';
import { mayChange, useStore, visitReason } from '../ui/store.js';
import { day, nameOf, t, word } from '../ui/texts.js';
import { ByProduct } from './search.js';

export default function Devices({ query }) {
  const { product, version, country } = query;
  const list = useList(admin('devices'), { product, version, country });
  const [fields, setFields] = useState({ version: version ?? '', country: country ?? '' });
  useEffect(() => setFields({ version: version ?? '', country: country ?? '' }), [version, country]);
  return html`
    <${Page} title=${t('devices.title')} lead=${t('devices.lead')} data=${list.first}>
      <${Change}><${Find} /><//>
      <form
        class="filters"
        onSubmit=${(event) => {
          event.preventDefault();
          refine({ version: fields.version.trim(), country: fields.country.trim().toUpperCase() });
        }}
      >
        <${ByProduct} query=${query} />
        <${Input} label=${t('release.version')} value=${fields.version} onInput=${(v) => setFields({ ...fields, version: v })} maxlength="80" />
        <${Input} label=${t('fact.country')} value=${fields.country} onInput=${(v) => setFields({ ...fields, country: v })} maxlength="2" placeholder="DE" />
        <${Act} looks submit label=${t('filter')} />
      </form>
      <${List} of=${list} caption=${t('devices.title')} columns=${columns()} empty=${html`<${Empty} title=${t('devices.none')}><p class="soft">${t('devices.noneWhy')}</p><//>`} />
    <//>
  `;
}

const columns = () =>
  [
    { title: t('device'), cell: (d) => html`<a href=${to(['devices', d.id])}><code>${d.id}</code></a>` },
    { title: t('product'), look: 'name', cell: (d) => html`${d.product}<br /><span class="soft small">${word('deviceKind', d.kind)}</span>` },
    { title: t('release.version'), look: 'name', cell: (d) => d.version },
    { title: t('fact.country'), cell: (d) => (d.country ? nameOf('region', d.country) : '-') },
    { title: t('devices.seen'), cell: (d) => day(d.lastSeen) },
    mayChange() && { title: t('explain.title'), cell: (d) => html`<a href=${to(['explain'], { device: d.id })}>${t('devices.why')}</a>` },
  ].filter(Boolean);

/** By its id, or by what a customer reads out, which stands in no address and no log. */
function Find() {
  const [text, setText] = useState('');
  const { answer: found, problem, ask, forget } = useAnswer();
  const [asked, setAsked] = useState(false);
  const reason = useStore(visitReason);
  const find = (event) => {
    event?.preventDefault();
    if (text.trim().startsWith('dev_')) {
      go(['devices', text.trim()]);
      return;
    }
    setAsked(true);
    if (visitReason.get()) {
      ask(async () => (await post(admin('devices', 'find'), { identifier: text.trim() }, { personal: true })).devices);
    }
  };
  const name = (next) => {
    setText(next);
    forget();
  };
  return html`
    <form class="card" onSubmit=${find} role="search">
      <${Input} label=${t('devices.find')} hint=${t('devices.findHint')} type="search" value=${text} onInput=${name} maxlength="200" />
      <${Act} submit kind="main" label=${t('devices.findDo')} why=${text.trim() ? '' : t('devices.findFirst')} />
      <div role="status">
        ${problem && html`<${Trouble} problem=${problem} />`}
        ${found && html`<${Table} caption=${t('devices.title')} columns=${columns()} rows=${found} empty=${html`<p class="soft">${t('devices.notFound')}</p>`} />`}
      </div>
    </form>
    ${asked && !reason ? html`<${ReasonForm} done=${find} />` : asked && html`<${Reason} />`}
  `;
}
