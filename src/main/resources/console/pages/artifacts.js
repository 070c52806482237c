import { admin, post, remove } from '../ui/api.js';
import { useAnswer } from '../ui/data.js';
import { askToEnd } from '../ui/dialogs.js';
import { html, useState } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { Act, Badge, Change, Empty, Field, Input, List, Page, Trouble, When } from '../ui/parts.js';
import { mayChange, session, useStore } from '../ui/store.js';
import { bytes, moment, percent, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
import { Tabs } from './search.js';
import { begin, forget, refusal, stop, upload } from './upload.js';

const STATES = ['', 'ready', 'uploading', 'verifying', 'refused'];
const TONES = { ready: 'good', verifying: 'warn', refused: 'bad' };
const EVERY_SECONDS = 10;

export default function Artifacts({ query }) {
  const state = STATES.includes(query.state) ? query.state : '';
  const list = useList(admin('artifacts'), { state }, { topics: ['artifact'], every: EVERY_SECONDS });
  const link = useAnswer();
  const { first } = list;
  return html`
    <${Page} title=${t('artifacts.title')} lead=${t('artifacts.lead')} data=${first}>
      <${Change}><${Upload} changed=${first.reload} /><//>
      ${link.problem && html`<${Trouble} problem=${link.problem} />`} ${link.answer && html`<${Link} of=${link.answer} />`}
      <${Tabs} path="artifacts" label=${t('artifacts.byState')} of=${STATES} current=${state} name=${(each) => (each ? word('artifactState', each) : t('all'))} />
      <${List} of=${list} caption=${t('artifacts.title')} columns=${columns(first.reload, link.ask)}
        empty=${html`<${Empty} title=${t('artifacts.none')}><p class="soft">${t('artifacts.noneWhy')}</p><//>`} />
    <//>
  `;
}

const columns = (changed, askForLink) => [
  { title: t('name'), cell: (a) => html`<bdi class="written">${a.name}</bdi><br /><code class="soft small" title=${a.sha256}>${a.id}</code>` },
  { title: t('size'), number: true, cell: (a) => bytes(a.size) },
  { title: t('release.state'), cell: (a) => html`<${Standing} of=${a} />` },
  { title: t('artifacts.at'), cell: (a) => html`<${When} at=${a.readyAt ?? a.createdAt} near=${false} />` },
  mayChange() && { title: t('artifacts.do'), cell: (a) => html`<${Ways} of=${a} changed=${changed} askForLink=${askForLink} />` },
].filter(Boolean);

const Standing = ({ of }) => html`
  <${Badge} tone=${TONES[of.state] ?? 'plain'} text=${word('artifactState', of.state)} />
  ${of.refusedBecause && html`<br /><span class="small">${word('artifactRefused', of.refusedBecause)}</span>`}
  ${of.publishedAt && html`<br /><span class="soft small">${t('artifacts.public')}</span>`}
`;

function Ways({ of, changed, askForLink }) {
  const isKept = of.retainedUntil && new Date(of.retainedUntil) > Date.now();
  const whyKept = isKept ? t('artifacts.kept', { until: moment(of.retainedUntil) }) : of.state === 'deleting' ? t('artifacts.goes') : '';
  const share = () =>
    askForLink(async () => ({ name: of.name, ...(of.publishedAt && of.url ? { url: of.url } : await post(admin('artifacts', of.id, 'link'))) }));
  const end = () =>
    askToEnd({
      title: t('artifacts.deleteTitle', { name: of.name }),
      text: t('artifacts.deleteText'),
      name: of.name,
      label: t('artifacts.deleteDo'),
      act: async () => {
        await remove(admin('artifacts', of.id));
        say(t('artifacts.deleted', { name: of.name }));
        changed();
      },
    });
  return html`
    <span class="strip-actions">
      ${of.state === 'ready' && html`<${Act} label=${t('artifacts.link')} onClick=${share} />`}
      <${Act} label=${t('artifacts.delete')} why=${whyKept} onClick=${end} />
    </span>
  `;
}

/** A link to copy. It is enough to download the image. */
function Link({ of }) {
  const url = new URL(of.url, location.origin).href;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      say(t('artifacts.copied'));
    } catch {
      say(t('artifacts.notCopied'), { bad: true });
    }
  };
  return html`
    <div class="card" role="status">
      <${Input} label=${t('artifacts.linkTo', { name: of.name })} hint=${of.expiresAt ? t('artifacts.linkUntil', { until: moment(of.expiresAt) }) : t('artifacts.linkForEver')} value=${url} onInput=${() => {}} readonly />
      <${Act} label=${t('artifacts.copy')} onClick=${copy} />
    </div>
  `;
}

/** In a cell parts go straight to the bucket, which one document alone may talk to. */
const needsOwnDocument = (who) => who.flavour === 'functions' && location.pathname !== '/console/artifacts';

function Upload({ changed }) {
  const { who } = useStore(session);
  const now = useStore(upload);
  const [wrong, setWrong] = useState('');
  if (needsOwnDocument(who)) {
    return html`<div class="card"><p>${t('upload.elsewhere')}</p><a class="button main" href="/console/artifacts#/artifacts">${t('upload.toUpload')}</a></div>`;
  }
  const take = (file) => {
    if (file) {
      const why = refusal(file);
      setWrong(why && t(why));
      if (!why) {
        begin(file, changed);
      }
    }
  };
  if (now) {
    return html`<${Progress} of=${now} changed=${changed} />`;
  }
  return html`
    <div
      class="card"
      onDragOver=${(event) => event.preventDefault()}
      onDrop=${(event) => {
        event.preventDefault();
        take(event.dataTransfer.files[0]);
      }}
    >
      <${Field} label=${t('upload.choose')} hint=${t('upload.hint')} error=${wrong}>
        ${(wiring) => html`<input type="file" onChange=${(event) => take(event.target.files[0])} ...${wiring} />`}
      <//>
    </div>
  `;
}

function Progress({ of, changed }) {
  const { file, step, problem } = of;
  const busy = step === 'reading' || step === 'sending';
  return html`
    <div class="card">
      <p class="sentence" role="status"><bdi>${file.name}</bdi>: ${t(`upload.${step}`)} ${of.resumed && step === 'sending' ? t('upload.resumed') : ''}</p>
      ${busy &&
      html`<div class="gauge wide">
        <progress value=${of.done} max=${of.of} aria-label=${t('upload.progress')}></progress>
        <span class="soft small">${t('upload.soFar', { done: bytes(of.done), of: bytes(of.of), share: percent(of.done / of.of) })}</span>
      </div>`}
      ${problem && html`<${Trouble} problem=${problem} />`}
      <div class="dialog-actions start">
        ${busy && html`<${Act} label=${t('upload.stop')} onClick=${stop} />`}
        ${(step === 'failed' || step === 'stopped') && html`<${Act} kind="main" label=${t('upload.goOn')} onClick=${() => begin(file, changed)} />`}
        ${!busy && html`<${Act} label=${t('upload.another')} onClick=${forget} />`}
      </div>
    </div>
  `;
}
