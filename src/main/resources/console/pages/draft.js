import { publishRelease } from '../ui/actions.js';
import { admin, get, post, put, query, remove } from '../ui/api.js';
import { Conflict } from '../ui/conflict.js';
import { useAnswer, useData } from '../ui/data.js';
import { askToEnd } from '../ui/dialogs.js';
import { html, useState } from '../ui/dom.js';
import { useKept } from '../ui/kept.js';
import { ownWork } from '../ui/notices.js';
import { Act, Area, Page, Refused, Trouble } from '../ui/parts.js';
import { go, to } from '../ui/router.js';
import { session, useStore } from '../ui/store.js';
import { t } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
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
  const [base, setBase] = useState(saved);
  const { value: draft, change, letGo, isChanged, wasKept } = useKept(`release ${id}`, saved);
  const [problem, setProblem] = useState(null);
  const [theirs, setTheirs] = useState(null);
  const [asJson, setAsJson] = useState(false);
  const [saves, setSaves] = useState(0);

  const save = async (event, revision = base.revision) => {
    event?.preventDefault();
    setProblem(null);
    try {
      const body = sendable(draft);
      const now = isNew
        ? await post(admin('releases'), { ...body, product: draft.product })
        : await put(admin('releases', id), { ...body, revision });
      letGo(now, draft, `release ${now.id}`);
      setBase(now);
      setTheirs(null);
      setSaves(saves + 1);
      say(t('saved'));
      if (isNew) {
        go(['releases', now.id, 'edit']);
      }
    } catch (failure) {
      if (failure.code === 'stale-revision' && failure.current) {
        setTheirs(failure.current);
      } else {
        setProblem(failure);
      }
    }
  };
  const discard = () =>
    askToEnd({
      title: t('draft.discardTitle', { id }),
      text: t('draft.discardText'),
      name: base.version,
      label: t('draft.discardDo'),
      act: async () => {
        await remove(admin('releases', id), { revision: base.revision });
        letGo(saved);
        say(t('draft.discarded'));
        go(['releases']);
      },
    });
  const incomplete = draft.product && draft.version ? '' : t('draft.nameFirst');
  const unsaved = isChanged ? t('draft.saveFirst') : '';
  return html`
    ${wasKept && html`<p class="card calm">${t('draft.kept')}</p>`}
    ${theirs &&
    html`<${Conflict}
      theirs=${theirs}
      mine=${draft}
      members=${MEMBERS}
      takeTheirs=${() => {
        letGo(theirs);
        setBase(theirs);
        setTheirs(null);
      }}
      keepMine=${() => save(null, theirs.revision)}
    />`}
    <${Refused} problem=${problem}><form onSubmit=${save}>
      <div class="tabs" role="group" aria-label=${t('draft.view')}>
        <button type="button" aria-pressed=${!asJson} onClick=${() => setAsJson(false)}>${t('draft.form')}</button>
        <button type="button" aria-pressed=${asJson} onClick=${() => setAsJson(true)}>JSON</button>
      </div>
      ${asJson ? html`<${AsJson} draft=${draft} onInput=${change} />` : html`<${DraftForm} draft=${draft} onInput=${change} products=${products} isNew=${isNew} />`}
      ${problem && html`<${Trouble} problem=${problem} />`}
      <div class="actions sticky">
        <${Act} submit kind=${isChanged || isNew ? 'main' : ''} label=${t('save')} why=${incomplete} />
        ${!isNew &&
        html`
          <${Act}
            kind=${isChanged ? '' : 'main'}
            label=${t('release.publish')}
            why=${unsaved || ownWork(who, [base.author], who.approvals.releases)}
            onClick=${() => publishRelease(base, () => go(['releases', id]))}
          />
          <${Act} label=${t('draft.discard')} onClick=${discard} />
          <a href=${to(['releases', id])}>${t('draft.toRelease')}</a>
        `}
      </div>
    </form><//>
    ${!isNew && html`<${Checks} key=${saves} id=${id} unsaved=${isChanged} />`}
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
    <section aria-labelledby="checks">
      <h2 id="checks">${t('draft.checks')}</h2>
      ${unsaved && html`<p class="soft">${t('draft.checksSaved')}</p>`}
      ${lint.problem && html`<${Trouble} problem=${lint.problem} retry=${lint.reload} />`}
      ${lint.data && html`<${Findings} report=${lint.data} at=${lint.at} />`}
      <p><${Act} label=${t('draft.simulate')} onClick=${run} busy=${busy} /></p>
      ${problem && html`<${Trouble} problem=${problem} />`} ${simulated && html`<${Simulated} of=${simulated} />`}
    </section>
  `;
}
