// What became of the updates of one device, and the way to let it try again.
import { admin, get, post } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { askToWiden } from '../ui/dialogs.js';
import { html } from '../ui/dom.js';
import { Act, Badge, Facts, Section, Table, Trouble, When } from '../ui/parts.js';
import { number, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';

const TONES = { confirmed: 'good', failed: 'bad', 'rolled-back': 'bad', 'timed-out': 'bad', restarting: 'warn' };
/** What another attempt waits for, and an operator can end. */
const HELD = ['attempts-used-up', 'retry-later'];

export function Attempts({ id }) {
  const data = useData((options) => get(admin('devices', id, 'outcomes'), { ...options, personal: true }), [id]);
  return html`
    <${Section} id="attempts" title=${t('attempts.title')}>
      ${data.problem && html`<${Trouble} problem=${data.problem} retry=${data.reload} />`}
      ${data.data?.outcomes.length === 0 && html`<p class="soft">${t('attempts.none')}</p>`}
      ${data.data?.outcomes.map((attempt) => html`<${Attempt} key=${attempt.version} device=${id} of=${attempt} changed=${data.reload} />`)}
    <//>
  `;
}

function again(device, version, changed) {
  askToWiden({
    title: t('attempts.retryTitle', { version }),
    sentence: t('attempts.retrySentence'),
    count: 1,
    total: 0,
    reason: true,
    label: t('attempts.retryDo'),
    act: async ({ reason }) => {
      await post(admin('devices', device, 'outcomes', 'retry'), { version, reason });
      say(t('attempts.retried', { version }));
      changed();
    },
  });
}

const Attempt = ({ device, of, changed }) => html`
  <article class="card attempt">
    <div class="strip">
      <h3>${of.version} <${Badge} tone=${TONES[of.state] ?? 'plain'} text=${word('attempt', of.state)} /></h3>
      <${Act}
        label=${t('attempts.retry')}
        why=${HELD.includes(of.held) ? '' : t('attempts.notHeld')}
        onClick=${() => again(device, of.version, changed)}
      />
    </div>
    <${Facts}
      items=${[
        [t('attempts.number'), number(of.attempt)],
        [t('attempts.since'), html`<${When} at=${of.since} />`],
        [t('attempts.heard'), html`<${When} at=${of.heardAt} />`],
        [t('attempts.counted'), t(of.counted ? 'yes' : 'no')],
        of.code && [t('attempts.code'), word('failure', of.code)],
        of.held && [t('attempts.held'), html`${word('refusal', of.held)}${of.heldUntil && html`<br /><${When} at=${of.heldUntil} />`}`],
      ]}
    />
    <details>
      <summary>${t('attempts.transitions', { count: number(of.transitions.length) })}</summary>
      <${Table}
        caption=${t('attempts.transitions', { count: number(of.transitions.length) })}
        columns=${[
          { title: t('audit.at'), cell: (e) => html`<${When} at=${e.at} near=${false} />` },
          { title: t('attempts.event'), cell: (e) => word('event', e.event) },
          { title: t('release.state'), cell: (e) => html`${word('attempt', e.state)}${e.evidence && html`<br /><span class="soft small">${t('attempts.evidence')}</span>`}` },
          { title: t('audit.detail'), cell: (e) => html`<span class="written">${[e.code && word('failure', e.code), e.detail].filter(Boolean).join(': ')}</span>` },
        ]}
        rows=${[...of.transitions].reverse()}
      />
    </details>
  </article>
`;
