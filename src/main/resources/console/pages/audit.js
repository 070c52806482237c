import { admin, get } from '../ui/api.js';
import { html, useState } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { Act, Badge, Empty, Input, Page, Pages, Table, Trouble, When } from '../ui/parts.js';
import { refine, to } from '../ui/router.js';
import { clock, counted, number, t, word } from '../ui/texts.js';
import { LastVerification } from './last-verification.js';

export default function Audit({ query }) {
  const [subject, setSubject] = useState(query.subject ?? '');
  const { first, items, next, total, grow } = useList(admin('audit'), { subject: query.subject }, { topics: ['audit'] });
  const columns = [
    { title: t('audit.number'), number: true, cell: (e) => number(e.number) },
    { title: t('audit.at'), cell: (e) => html`<${When} at=${e.at} near=${false} />` },
    { title: t('audit.actor'), cell: (e) => e.actor },
    { title: t('audit.action'), cell: (e) => word('action', e.action) },
    { title: t('audit.subject'), cell: (e) => html`<a href=${to(['audit'], { subject: e.subject })}>${e.subject}</a>` },
    { title: t('audit.detail'), cell: (e) => html`<span class="written">${e.detail}</span>` },
  ];
  return html`
    <${Page} title=${t('audit.title')} lead=${t('audit.lead')} data=${first} actions=${html`<${Verify} />`}>
      <${LastVerification} />
      <form
        class="filters"
        onSubmit=${(event) => {
          event.preventDefault();
          refine({ subject: subject.trim() });
        }}
      >
        <${Input} label=${t('audit.subject')} hint=${t('audit.subjectHint')} wide type="search" value=${subject} onInput=${setSubject} maxlength="200" />
        <${Act} looks submit label=${t('filter')} />
      </form>
      ${first.data &&
      html`<${Table} caption=${t('audit.title')} columns=${columns} rows=${items} empty=${html`<${Empty} title=${t('audit.none')} />`} />
        <${Pages} shown=${items.length} total=${total} next=${next} onMore=${grow} />`}
    <//>
  `;
}

function found({ intact, entries, brokenAt, foreignHead }, at) {
  if (intact) {
    return counted('audit.intactSentence', entries, { time: clock(at) });
  }
  return foreignHead ? t('audit.foreignSentence', { number: number(foreignHead) }) : t('audit.brokenSentence', { number: number(brokenAt) });
}

function Verify() {
  const [state, setState] = useState({ busy: false });
  const run = async () => {
    setState({ busy: true });
    try {
      setState({ verified: await get(admin('audit', 'verification')), at: new Date() });
    } catch (problem) {
      setState({ problem });
    }
  };
  const { verified, problem, busy, at } = state;
  return html`
    <${Act} looks label=${busy ? t('audit.verifying') : t('audit.verify')} busy=${busy} onClick=${run} />
    <div role="status">
      ${verified &&
      html`<p>
        <${Badge} tone=${verified.intact ? 'good' : 'bad'} text=${t(verified.intact ? 'audit.intact' : 'audit.broken')} />
        <span class="soft small">
          ${found(verified, at)}
        </span>
        ${verified.head && html`<br /><code class="small">${verified.head}</code>`}
      </p>`}
      ${problem && html`<${Trouble} problem=${problem} />`}
    </div>
  `;
}
