// Whether pushes are shown, as a few phones of the maker's own tell.
import { admin, get } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { Badge, Empty, Facts, Section, Table, When } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { duration, hasWord, number, t, word } from '../ui/texts.js';
import { reasonOf } from './notice-reasons.js';

const EVERY_SECONDS = 30;
const TONES = { shown: 'good', late: 'warn', missed: 'bad' };
/** The texts that a reason may stand in, before those of any delivery. */
const KINDS = ['canaryBecause', 'dropped', 'suppressed'];

/** The section of the page Health. */
export function Canary() {
  const data = useData((options) => get(admin('push', 'canary'), options), [], { every: EVERY_SECONDS });
  const of = data.data;
  return html`
    <${Section} id="canary" data=${data} title=${t('canary.title')}>
      ${of && (of.everySeconds ? html`<${Told} of=${of} />` : html`<${Unset} />`)}
    <//>
  `;
}

const Unset = () => html`
  <${Empty} title=${t('canary.unset')}>
    <p class="soft">${t('canary.unsetWhy')}</p>
    <p><code>TOWNCRIER_CANARY_DEVICES</code> <code>TOWNCRIER_CANARY_EVERY</code></p>
  <//>
`;

/** What the phones say together: a state, and a sentence. */
export function verdict({ missed, phones }) {
  const of = (state) => phones.filter((phone) => phone.state === state).length;
  if (missed.length > 0) {
    return { state: 'missed', text: t('canary.missed', { providers: missed.map((each) => word('provider', each)).join(', ') }) };
  }
  if (of('shown') > 0) {
    return { state: 'shown', text: t('canary.shown', { shown: number(of('shown')), phones: number(phones.length) }) };
  }
  return of('waiting') > 0 ? { state: 'waiting', text: t('canary.waiting') } : { state: 'skipped', text: t('canary.skipped') };
}

const State = ({ code }) => html`<${Badge} tone=${TONES[code] ?? 'plain'} text=${word('canaryState', code)} />`;

function Told({ of }) {
  const { state, text } = verdict(of);
  const [last] = of.phones.map((phone) => phone.sentAt).filter(Boolean).sort().reverse();
  return html`
    <div class="card">
      <p class="sentence"><${State} code=${state} /> ${text}</p>
      <${Facts}
        items=${[
          [t('canary.last'), html`<${When} at=${last} />`],
          [t('canary.every'), duration(of.everySeconds)],
          [t('canary.within'), duration(of.withinSeconds)],
        ]}
      />
    </div>
    <${Table}
      caption=${t('canary.title')}
      columns=${[
        { title: t('device'), cell: (phone) => html`<a href=${to(['devices', phone.device])}><code>${phone.device}</code></a>` },
        { title: t('health.provider'), cell: (phone) => word('provider', phone.provider) },
        { title: t('release.state'), cell: (phone) => html`<${Standing} of=${phone} />` },
        { title: t('canary.sent'), cell: (phone) => html`<${When} at=${phone.sentAt} near=${false} />` },
        { title: t('canary.after'), number: true, cell: (phone) => took(phone.shownAfterSeconds) },
      ]}
      rows=${of.phones}
    />
  `;
}

/** Tenths of a second are of no interest from a minute on. */
const took = (after) => (after === undefined ? '-' : after < 60 ? t('canary.seconds', { count: number(Math.round(10 * after) / 10) }) : duration(after));

function because(code) {
  const kind = KINDS.find((each) => hasWord(each, code));
  return kind ? word(kind, code) : reasonOf('pending', code);
}

const Standing = ({ of }) => html`
  <${State} code=${of.state} />
  ${of.because && html`<br /><bdi class="soft small">${because(of.because)}</bdi>`}
`;
