// Keys that lead somewhere. None of them does anything dangerous, and all can be switched off.
import { html, useEffect } from './dom.js';
import { PAGES } from '../pages/index.js';
import { Tick } from './parts.js';
import { prefer, preferences } from './preferences.js';
import { go } from './router.js';
import { mayChange, useStore } from './store.js';
import { t } from './texts.js';

const SECOND_KEY_MILLIS = 1500;

const types = (element) => element.closest('input, textarea, select, [contenteditable]') !== null;

export function useKeys({ help, search }) {
  useEffect(() => {
    let leader = 0;
    const pressed = (event) => {
      // With Ctrl it is no key that somebody types by mistake: it works in a field too, and cannot be switched off.
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        if (!document.querySelector('dialog[open]')) {
          search();
        }
        return;
      }
      if (!preferences.get().keys || event.ctrlKey || event.metaKey || event.altKey || types(event.target)) {
        return;
      }
      if (document.querySelector('dialog[open]')) {
        return;
      }
      if (Date.now() - leader < SECOND_KEY_MILLIS) {
        leader = 0;
        const page = PAGES.find((each) => each.key === event.key && (!each.changes || mayChange()));
        if (page) {
          event.preventDefault();
          go(page.path);
        }
      } else if (event.key === 'g') {
        leader = Date.now();
      } else if (event.key === '?') {
        event.preventDefault();
        help();
      } else if (event.key === '/') {
        const field = document.querySelector('main input[type=search]');
        if (field) {
          event.preventDefault();
          field.focus();
        }
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
}

export function Help({ place }) {
  const { keys } = useStore(preferences);
  return html`
    <dialog ref=${place} aria-labelledby="keys-title">
      <h2 id="keys-title">${t('keys.title')}</h2>
      <p class="soft">${t('keys.lead')}</p>
      <dl class="facts keys">
        ${PAGES.filter((page) => page.key && (!page.changes || mayChange())).map(
          (page) => html`<div key=${page.id}><dt><kbd>g</kbd> <kbd>${page.key}</kbd></dt><dd>${t(`${page.id}.title`)}</dd></div>`,
        )}
        <div><dt><kbd>Ctrl</kbd> <kbd>k</kbd></dt><dd>${t('keys.palette')}</dd></div>
        <div><dt><kbd>/</kbd></dt><dd>${t('keys.search')}</dd></div>
        <div><dt><kbd>?</kbd></dt><dd>${t('keys.help')}</dd></div>
        <div><dt><kbd>Esc</kbd></dt><dd>${t('keys.close')}</dd></div>
      </dl>
      <${Tick} label=${t('keys.on')} checked=${keys} onInput=${(on) => prefer({ keys: on })} />
      <div class="dialog-actions"><button type="button" onClick=${() => place.current.close()}>${t('close')}</button></div>
    </dialog>
  `;
}
