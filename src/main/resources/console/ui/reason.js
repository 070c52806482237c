// Why somebody looks at the data of one person: asked for once in a visit, and written down with each look.
import { html, useEffect, useRef, useState } from './dom.js';
import { Act, Input } from './parts.js';
import { useStore, visitReason } from './store.js';
import { t } from './texts.js';

/** Asks for the reason; done is called once there is one. */
export function ReasonForm({ done }) {
  const place = useRef(null);
  const [text, setText] = useState('');
  useEffect(() => place.current.querySelector('input').focus(), []);
  const submit = (event) => {
    event.preventDefault();
    if (text.trim()) {
      visitReason.set(text.trim());
      done?.();
    }
  };
  return html`
    <form ref=${place} class="card reason" onSubmit=${submit}>
      <${Input} label=${t('reason.label')} hint=${t('reason.hint')} value=${text} onInput=${setText} maxlength="300" />
      <${Act} looks submit kind="main" label=${t('reason.do')} why=${text.trim() ? '' : t('dialog.reasonFirst')} />
    </form>
  `;
}

/** The reason of this visit, and the way to another. */
export function Reason() {
  const reason = useStore(visitReason);
  return (
    reason &&
    html`<p class="soft small">
      ${t('reason.given', { reason })} <button type="button" class="quiet small" onClick=${() => visitReason.set('')}>${t('reason.change')}</button>
    </p>`
  );
}
