import { admin, get, post, put } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { DraftFrame, useDraft } from '../ui/drafting.js';
import { approve, start } from '../ui/notice-life.js';
import { ownWork, titleOf } from '../ui/notices.js';
import { Act, Page, Section } from '../ui/parts.js';
import { Phones } from '../ui/phone.js';
import { go, to } from '../ui/router.js';
import { session, useStore } from '../ui/store.js';
import { t } from '../ui/texts.js';
import { Audience } from './notice-audience.js';
import { NoticeForm } from './notice-form.js';
import { useProducts } from './search.js';

const MEMBERS = ['kind', 'defaultLanguage', 'texts', 'policyChange', 'asksConsent', 'audience', 'schedule', 'ttlSeconds'];
const OF_A_REVISION = ['policyChange', 'asksConsent'];
const FRESH = { kind: 'announcement', defaultLanguage: 'en', texts: { en: { title: '', body: '' } }, audience: {}, schedule: {} };

/** What is sent: what may be written, without what is empty. */
export const sendable = (draft) => {
  const filled = (of) => Object.fromEntries(Object.entries(of ?? {}).filter(([, v]) => v !== '' && v !== 0 && !(Array.isArray(v) && v.length === 0)));
  const isOf = (name) => draft[name] !== undefined && (draft.kind === 'policy-revision' || !OF_A_REVISION.includes(name));
  const body = Object.fromEntries(MEMBERS.filter(isOf).map((name) => [name, draft[name]]));
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
  const send = (draft, revision) => (isNew ? post(admin('notices'), sendable(draft)) : put(admin('notices', id), { ...sendable(draft), revision }));
  const of = useDraft({ kind: 'notices', id, saved, send });
  const { base, draft, change, isChanged } = of;
  const toNotice = () => go(['notices', id]);
  const unsaved = isChanged ? t('draft.saveFirst') : '';
  const empty = Object.values(draft.texts).some((text) => !text.title || !text.body) ? t('editor.textFirst') : '';
  const actions = html`
    <${Act} label=${t('notice.approve')} why=${unsaved || ownWork(who, base.writers ?? [], who.approvals.notices)} onClick=${() => approve(base, toNotice)} />
    <${Act} kind=${isChanged ? '' : 'main'} label=${t('notice.start')} why=${unsaved || (who.approvals.notices ? t('approval.needed') : '')} onClick=${() => start(base, toNotice)} />
    <${Act} label=${t('draft.discard')} onClick=${() => of.discard(t('editor.discardTitle'), titleOf(base))} />
    <a href=${to(['notices', id])}>${t('editor.toNotice')}</a>
  `;
  return html`
    <${DraftFrame} of=${of} members=${MEMBERS} why=${empty} actions=${actions}>
      <${NoticeForm} key=${of.taken} draft=${draft} onInput=${change} products=${products} />
      <${Section} id="looks" title=${t('editor.looks')}><${Phones} texts=${draft.texts} /><//>
    <//>
    ${!isNew && html`<${Audience} key=${of.saves} id=${id} unsaved=${isChanged} />`}
  `;
}
