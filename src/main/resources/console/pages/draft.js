import { publishRelease } from '../ui/actions.js';
import { admin, get, post, put, query } from '../ui/api.js';
import { useAnswer, useData } from '../ui/data.js';
import { html, useState } from '../ui/dom.js';
import { DraftFrame, useDraft } from '../ui/drafting.js';
import { ownWork } from '../ui/notices.js';
import { Act, Area, Page, Section, Trouble } from '../ui/parts.js';
import { go, to } from '../ui/router.js';
import { session, useStore } from '../ui/store.js';
import { t } from '../ui/texts.js';
import { DraftForm } from './draft-form.js';
import { Findings } from './lint.js';
import { useProducts } from './search.js';
import { Simulated } from './simulate.js';

const SHOWN_ONLY = ['id', 'revision', 'state', 'author', 'releasedBy', 'product'];
export const MEMBERS = ['version', 'severity', 'channel', 'mandatory', 'publishedAt', 'countries', 'rules', 'notes', 'rollout', 'artifacts', 'advisory', 'floorFor', 'install', 'counter'];

const fresh = (product) => ({ product, version: '', severity: 'recommended', notes: { en: { title: '', body: '' } }, rollout: { phases: [] } });

/** What is sent: all that may be written, without what only the service says. */
export const sendable = (draft) => {
  const { phases, ...rollout } = draft.rollout ?? {};
  const begun = phases?.length > 0 ? { rollout: { ...rollout, phases } } : {};
  const body = Object.fromEntries(Object.entries(draft).filter(([name]) => !SHOWN_ONLY.includes(name) && name !== 'rollout'));
  return { ...body, ...begun };
};

export default function DraftPage({ parts: [id], query: given }) {
  const isNew = id === 'new';
  const products = useProducts();
  const data = useData((o) => (isNew ? Promise.resolve(fresh(given.product ?? '')) : get(admin('releases', id), o)), [id]);
  return html`
    <${Page} title=${isNew ? t('draft.new') : t('draft.title', { id })} lead=${t(useStore(session).who.approvals.releases ? 'draft.leadOfTwo' : 'draft.lead')} data=${data} quiet=${true}>
      ${data.data && products.data && html`<${Editor} id=${id} isNew=${isNew} saved=${data.data} products=${products.data} />`}
    <//>
  `;
}

function Editor({ id, isNew, saved, products }) {
  const { who } = useStore(session);
  const [asJson, setAsJson] = useState(false);
  const send = (draft, revision) =>
    isNew ? post(admin('releases'), { ...sendable(draft), product: draft.product }) : put(admin('releases', id), { ...sendable(draft), revision });
  const of = useDraft({ kind: 'releases', id, saved, send });
  const { base, draft, change, isChanged } = of;
  const unsaved = isChanged ? t('draft.saveFirst') : '';
  const actions = html`
    <${Act}
      kind=${isChanged ? '' : 'main'}
      label=${t('release.publish')}
      why=${unsaved || ownWork(who, [base.author], who.approvals.releases)}
      onClick=${() => publishRelease(base, () => go(['releases', id]))}
    />
    <${Act} label=${t('draft.discard')} onClick=${() => of.discard(t('draft.discardTitle', { id }), base.version)} />
    <a href=${to(['releases', id])}>${t('draft.toRelease')}</a>
  `;
  return html`
    <${DraftFrame} of=${of} members=${MEMBERS} why=${draft.product && draft.version ? '' : t('draft.nameFirst')} actions=${actions}>
      <div class="tabs" role="group" aria-label=${t('draft.view')}>
        <button type="button" aria-pressed=${!asJson} onClick=${() => setAsJson(false)}>${t('draft.form')}</button>
        <button type="button" aria-pressed=${asJson} onClick=${() => setAsJson(true)}>JSON</button>
      </div>
      ${asJson ? html`<${AsJson} key=${of.taken} draft=${draft} onInput=${change} />` : html`<${DraftForm} key=${of.taken} draft=${draft} onInput=${change} products=${products} isNew=${isNew} />`}
    <//>
    ${!isNew && html`<${Checks} key=${of.saves} id=${id} unsaved=${isChanged} />`}
  `;
}

function AsJson({ draft, onInput }) {
  const [text, setText] = useState(JSON.stringify(sendable(draft), null, 2));
  const [error, setError] = useState('');
  const typed = (next) => {
    setText(next);
    try {
      onInput({ ...JSON.parse(next), product: draft.product });
      setError('');
    } catch (broken) {
      setError(t('draft.noJson', { why: broken.message }));
    }
  };
  return html`<${Area} label=${t('draft.json')} hint=${t('draft.jsonHint')} rows="28" value=${text} error=${error} onInput=${typed} class="code" />`;
}

/** What the saved draft would do: the linter and the simulator, before anybody is offered it. */
function Checks({ id, unsaved }) {
  const lint = useData((o) => get(admin('lint') + query({ draft: id }), o), [id]);
  const { answer: simulated, problem, busy, ask } = useAnswer();
  const run = () => ask(() => post(admin('simulate'), { draft: id, finished: true }));
  return html`
    <${Section} id="checks" title=${t('draft.checks')}>
      ${unsaved && html`<p class="soft">${t('draft.checksSaved')}</p>`}
      ${lint.problem && html`<${Trouble} problem=${lint.problem} retry=${lint.reload} />`}
      ${lint.data && html`<${Findings} report=${lint.data} at=${lint.at} />`}
      <p><${Act} label=${t('draft.simulate')} onClick=${run} busy=${busy} /></p>
      ${problem && html`<${Trouble} problem=${problem} />`} ${simulated && html`<${Simulated} of=${simulated} />`}
    <//>
  `;
}
