// The switch that stops everything of the cell. It is in the frame: it must not be looked for.
import { admin, get, post } from './api.js';
import { widen } from './dialogs.js';
import { html, useEffect, useRef, useState } from './dom.js';
import { Change, Input, Tick, Trouble, When } from './parts.js';
import { createStore, useStore } from './store.js';
import { useAnswer, useData } from './data.js';
import { fleetSize } from './fleet.js';
import { t, word } from './texts.js';
import { say } from './toasts.js';

export const halted = createStore([]);

const names = (parts) => parts.map((part) => word('part', part)).join(', ');

export function HaltBanner() {
  const state = useData((options) => get(admin('halt'), options), [], { topics: ['halts'] });
  useEffect(() => {
    if (state.data) {
      halted.set(state.data.halted);
    }
  }, [state.data]);
  const parts = useStore(halted);
  return parts.length > 0
    ? html`
        <div class="halt-banner" role="alert">
          <div>
            ${parts.map(
              (part) => html`
                <p key=${part.what}>
                  <strong>${t('halt.stopped', { what: word('part', part.what) })}</strong> <${When} at=${part.since} />
                  ${part.exceptSecurity && html` · ${t('halt.securityGoesOn')}`}
                </p>
              `,
            )}
          </div>
          <${Change}><button type="button" onClick=${() => resume(parts)}>${t('halt.resume')}</button><//>
        </div>
      `
    : null;
}

const resume = (parts) =>
  widen(async () => {
    const { devices, asOf } = await fleetSize();
    const what = parts.length > 1 ? 'all' : parts[0].what;
    return {
      title: t('halt.resumeTitle', { what: names(parts.map((part) => part.what)) }),
      sentence: t('halt.resumeSentence'),
      count: devices,
      total: devices,
      asOf,
      reason: true,
      label: t('halt.resumeDo'),
      act: async ({ reason }) => {
        const answer = await post(admin('resume'), { what, reason });
        halted.set(answer.halted);
        say(t('halt.resumed', { what: names(answer.resumed) }));
      },
    };
  });

export function StopSwitch() {
  const place = useRef(null);
  const [reason, setReason] = useState('');
  const [exceptSecurity, setExceptSecurity] = useState(false);
  const { problem, busy, ask } = useAnswer();
  const stop = (what) =>
    ask(async () => {
      const answer = await post(admin('halt'), { what, exceptSecurity, reason: reason.trim() || t('halt.noReason') });
      halted.set(answer.halted);
      place.current.open = false;
      setReason('');
      say(t('halt.done', { what: names(answer.halted.map((part) => part.what)) }));
    });
  return html`
    <details class="stop" ref=${place} onKeyDown=${(e) => e.key === 'Escape' && (place.current.open = false)}>
      <summary>${t('halt.open')}</summary>
      <div class="card panel">
        <p>${t('halt.lead')}</p>
        <${Input} label=${t('halt.reason')} value=${reason} onInput=${setReason} maxlength="500" />
        <${Tick} label=${t('halt.exceptSecurity')} checked=${exceptSecurity} onInput=${setExceptSecurity} />
        ${problem && html`<${Trouble} problem=${problem} />`}
        <div class="stop-buttons">
          ${['all', 'pushes', 'rollouts'].map(
            (what) =>
              html`<button key=${what} type="button" class=${what === 'all' ? 'danger' : ''} disabled=${busy} onClick=${() => stop(what)}>
                ${t(`halt.${what}`)}
              </button>`,
          )}
        </div>
      </div>
    </details>
  `;
}
