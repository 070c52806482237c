import { admin, get, post, put, remove } from '../ui/api.js';
import { Conflict } from '../ui/conflict.js';
import { useData } from '../ui/data.js';
import { askToEnd } from '../ui/dialogs.js';
import { html, useState } from '../ui/dom.js';
import { useKept } from '../ui/kept.js';
import { approve, start } from '../ui/notice-life.js';
import { ownWork, titleOf } from '../ui/notices.js';
import { Act, Page, Refused, Trouble } from '../ui/parts.js';
import { Phones } from '../ui/phone.js';
import { go, to } from '../ui/router.js';
import { session, useStore } from '../ui/store.js';
import { t } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
import { Audience } from './notice-audience.js';
import { NoticeForm } from './notice-form.js';
import { useProducts } from './search.js';

const MEMBERS = ['kind', 'defaultLanguage', 'texts', 'policyChange', 'audience', 'schedule', 'ttlSeconds'];
const FRESH = { kind: 'announcement', defaultLanguage: 'en', texts: { en: { title: '', body: '' } }, audience: {}, schedule: {} };

/** What is sent: what may be written, without what is empty. */
export const sendable = (draft) => {
  const filled = (of) => Object.fromEntries(Object.entries(of ?? {}).filter(([, v]) => v !== '' && v !== 0 && !(Array.isArray(v) && v.length === 0)));
  const body = Object.fromEntries(MEMBERS.filter((name) => draft[name] !== undefined).map((name) => [name, draft[name]]));
  return { ...body, audience: filled(draft.audience), schedule: filled(draft.schedule) };
};

export default function NoticeEditor({ parts: [id], query: given }) {
  const isNew = id === 'new';
  const load = async (options) => {
    if (!isNew || given.from) {
      const notice = await get(admin('notices', isNew ? given.from : id), options);
      return isNew ? { ...FRESH, ...sendable(notice) } : notice;
    }
    return FRESH;
  };
  const data = useData(load, [id]);
  const products = useProducts();
  return html`
    <${Page} title=${isNew ? t('notices.new') : t('editor.title')} lead=${t('editor.lead')} data=${data} quiet=${true}>
      ${data.data && products.data && html`<${Editor} id=${id} isNew=${isNew} saved=${data.data} products=${products.data} />`}
    <//>
  `;
}

function Editor({ id, isNew, saved, products }) {
  const { who } = useStore(session);
  const [base, setBase] = useState(saved);
  const { value: draft, change, letGo, isChanged, wasKept } = useKept(`notice ${id}`, saved);
  const [problem, setProblem] = useState(null);
  const [theirs, setTheirs] = useState(null);
  const [saves, setSaves] = useState(0);

  const save = async (event, revision = base.revision) => {
    event?.preventDefault();
    setProblem(null);
    try {
      const body = sendable(draft);
      const now = isNew ? await post(admin('notices'), body) : await put(admin('notices', id), { ...body, revision });
      letGo(now, draft, `notice ${now.id}`);
      setBase(now);
      setTheirs(null);
      setSaves(saves + 1);
      say(t('saved'));
      if (isNew) {
        go(['notices', now.id, 'edit']);
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
      title: t('editor.discardTitle'),
      text: t('draft.discardText'),
      name: titleOf(base),
      label: t('draft.discardDo'),
      act: async () => {
        await remove(admin('notices', id), { revision: base.revision });
        letGo(saved);
        go(['notices']);
      },
    });
  const toNotice = () => go(['notices', id]);
  const unsaved = isChanged ? t('draft.saveFirst') : '';
  const empty = Object.values(draft.texts).some((text) => !text.title || !text.body) ? t('editor.textFirst') : '';
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
      <${NoticeForm} draft=${draft} onInput=${change} products=${products} />
      <section aria-labelledby="looks"><h2 id="looks">${t('editor.looks')}</h2><${Phones} texts=${draft.texts} /></section>
      ${problem && html`<${Trouble} problem=${problem} />`}
      <div class="actions sticky">
        <${Act} submit kind=${isChanged || isNew ? 'main' : ''} label=${t('save')} why=${empty} />
        ${!isNew &&
        html`
          <${Act} label=${t('notice.approve')} why=${unsaved || ownWork(who, base.writers ?? [], who.approvals.notices)} onClick=${() => approve(base, toNotice)} />
          <${Act} kind=${isChanged ? '' : 'main'} label=${t('notice.start')} why=${unsaved || (who.approvals.notices ? t('approval.needed') : '')} onClick=${() => start(base, toNotice)} />
          <${Act} label=${t('draft.discard')} onClick=${discard} />
          <a href=${to(['notices', id])}>${t('editor.toNotice')}</a>
        `}
      </div>
    </form><//>
    ${!isNew && html`<${Audience} key=${saves} id=${id} unsaved=${isChanged} />`}
  `;
}
