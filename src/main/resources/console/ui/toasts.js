import { html } from './dom.js';
import { createStore, useStore } from './store.js';
import { t } from './texts.js';

const STAYS_MILLIS = 8_000;
const toasts = createStore([]);
let last = 0;

const close = (id) => toasts.set((shown) => shown.filter((toast) => toast.id !== id));

/** Says what was done, in the corner; what went wrong stays until it is closed. */
export function say(text, { bad = false, link = null } = {}) {
  const id = ++last;
  toasts.set((shown) => [...shown.slice(-3), { id, text, bad, link }]);
  if (!bad) {
    setTimeout(() => close(id), STAYS_MILLIS);
  }
}

export function Toasts() {
  const shown = useStore(toasts);
  return html`
    <div class="toasts" role="status" aria-live="polite">
      ${shown.map(
        (toast) => html`
          <div key=${toast.id} class=${toast.bad ? 'toast bad' : 'toast'}>
            <p>${toast.text} ${toast.link && html`<a href=${toast.link.href}>${toast.link.text}</a>`}</p>
            <button type="button" class="quiet" onClick=${() => close(toast.id)}>${t('close')}</button>
          </div>
        `,
      )}
    </div>
  `;
}
