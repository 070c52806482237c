import { admin, post } from '../ui/api.js';
import { useAnswer } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { useKept } from '../ui/kept.js';
import { useList } from '../ui/lists.js';
import { Act, Badge, Change, Choice, Empty, Input, List, Moment, Page, Trouble, When } from '../ui/parts.js';
import { go, to } from '../ui/router.js';
import { t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
import { Filter, Tabs } from './search.js';

const STATES = ['open', 'answered', 'refused', 'all'];
const KINDS = ['access', 'correction', 'deletion', 'cancellation', 'withdrawal', 'opt-out'];
const GROUNDS = ['unlawful-processing', 'no-consent', 'breach-of-agreement', 'account-cancelled', 'service-ended', 'minor'];
const TONES = { 'on-time': 'good', remind: 'warn', alarm: 'bad', overdue: 'bad' };
const EVERY_SECONDS = 60;

/** How near its day an open request is, or how it ended. */
export const Urgency = ({ of }) =>
  of.urgency
    ? html`<${Badge} tone=${TONES[of.urgency]} text=${word('urgency', of.urgency)} />`
    : html`<${Badge} tone=${of.state === 'answered' ? 'good' : 'plain'} text=${word('requestState', of.state)} />`;

export default function Requests({ query }) {
  const state = query.state === 'all' ? '' : (query.state ?? 'open');
  const list = useList(admin('privacy-requests'), { state, kind: query.kind }, { topics: ['privacy-request'], every: EVERY_SECONDS });
  const columns = [
    { title: t('request.reference'), cell: (r) => html`<a href=${to(['privacy-requests', r.id])}><bdi>${r.reference}</bdi></a>` },
    { title: t('request.kind'), cell: (r) => word('requestKind', r.kind) },
    { title: t('request.urgency'), cell: (r) => html`<${Urgency} of=${r} />` },
    { title: t('request.due'), cell: (r) => html`<${When} at=${r.dueAt} near=${r.state === 'open'} />` },
    { title: t('request.openedBy'), cell: (r) => r.openedBy },
  ];
  return html`
    <${Page} title=${t('requests.title')} lead=${t('requests.lead')} data=${list.first}>
      <${Change}><${NewRequest} /><//>
      <${Tabs} path="privacy-requests" label=${t('requests.byState')} query=${query} of=${STATES} current=${query.state ?? 'open'} name=${(each) => (each === 'all' ? t('all') : word('requestState', each))} />
      <div class="filters">
        <${Filter} name="kind" label=${t('request.kind')} query=${query} options=${KINDS.map((kind) => [kind, word('requestKind', kind)])} />
      </div>
      <${List} of=${list} caption=${t('requests.title')} columns=${columns}
        empty=${html`<${Empty} title=${t(state === 'open' ? 'requests.noneOpen' : 'requests.none')}><p class="soft">${t('requests.noneWhy')}</p><//>`} />
    <//>
  `;
}

const EMPTY = { kind: 'access', reference: '', ground: GROUNDS[0], verifiedAt: '' };

/** Opens a request that came by letter: a ticket, never the name of a person. */
function NewRequest() {
  const { value: fields, change, letGo, wasKept } = useKept('privacy-request', EMPTY);
  const { problem, busy, ask } = useAnswer();
  const field = (name) => ({ value: fields[name], onInput: (value) => change({ ...fields, [name]: value }) });
  const why = !fields.reference.trim() ? t('request.referenceFirst') : !fields.verifiedAt ? t('request.verifiedFirst') : '';
  const send = async () => {
    const { ground, ...rest } = fields;
    const body = { ...rest, reference: fields.reference.trim(), ...(fields.kind === 'deletion' ? { ground } : {}) };
    const opened = await post(admin('privacy-requests'), body);
    letGo(EMPTY);
    say(t('request.opened'));
    go(['privacy-requests', opened.id]);
  };
  const open = (event) => {
    event.preventDefault();
    if (!why && !busy) {
      ask(send);
    }
  };
  return html`
    <details class="card" open=${wasKept}>
      <summary>${t('request.new')}</summary>
      <form onSubmit=${open}>
        <div class="fields">
          <${Choice} label=${t('request.kind')} options=${KINDS.map((kind) => [kind, word('requestKind', kind)])} ...${field('kind')} />
          <${Input} label=${t('request.reference')} hint=${t('request.referenceHint')} maxlength="64" ...${field('reference')} />
          ${fields.kind === 'deletion' && html`<${Choice} label=${t('request.ground')} options=${GROUNDS.map((ground) => [ground, word('ground', ground)])} ...${field('ground')} />`}
          <${Moment} label=${t('request.verifiedAt')} hint=${t('request.verifiedHint')} ...${field('verifiedAt')} />
        </div>
        ${problem && html`<${Trouble} problem=${problem} />`}
        <${Act} submit kind="main" label=${t('request.open')} busy=${busy} why=${why} />
      </form>
    </details>
  `;
}
