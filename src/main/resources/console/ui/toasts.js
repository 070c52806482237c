import { html } from './dom.js';
import { createStore, useStore } from './store.js';
import { t } from './texts.js';

const STAYS_MILLIS = 8_000;
const SPOKEN_EVERY_MILLIS = 10_000;
const SPOKEN_AFTER_MILLIS = 100;
const toasts = createStore([]);
const spoken = createStore('');
let last = 0;
let speaks = 0;

/** Tells a reader of screens what has come by itself: the newest, and not more often than it can be listened to. */
export function announce(text) {
  clearTimeout(speaks);
  // The same said twice is heard twice, and what is over is not said.
  spoken.set('');
  const wait = Math.max(SPOKEN_AFTER_MILLIS, announce.at + SPOKEN_EVERY_MILLIS - Date.now());
  speaks = setTimeout(() => {
    announce.at = Date.now();
    spoken.set(text);
  }, wait);
  return () => clearTimeout(speaks);
}
announce.at = 0;

const close = (id) => toasts.set((shown) => shown.filter((toast) => toast.id !== id));

/** Says what was done, in the corner; what went wrong stays until it is closed. */
export function say(text, { bad = false, link = null } = {}) {
  const id = ++last;
  // The same said again takes the place of what was said before.
  toasts.set((shown) => [...shown.filter((toast) => toast.text !== text).slice(-3), { id, text, bad, link }]);
  if (!bad) {
    setTimeout(() => close(id), STAYS_MILLIS);
  }
}

export function Toasts() {
  const shown = useStore(toasts);
  return html`
    <p class="hidden-text" role="status">${useStore(spoken)}</p>
    <div class="toasts" role="status" aria-live="polite">
      ${shown.map(
        (toast) => html`
          <div key=${toast.id} class=${toast.bad ? 'toast bad' : 'toast'}>
            <p><bdi>${toast.text}</bdi> ${toast.link && html`<a href=${toast.link.href}>${toast.link.text}</a>`}</p>
            <button type="button" class="quiet" onClick=${() => close(toast.id)}>${t('close')}</button>
          </div>
        `,
      )}
    </div>
  `;
}
