// What a person chose of the look. Nothing else is ever kept in the browser.
import { createStore } from './store.js';

const KEY = 'towncrier-console-look';
const DEFAULTS = { theme: 'system', language: '', zone: 'mine', keys: true };

function stored() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? '{}') };
  } catch {
    return { ...DEFAULTS };
  }
}

export const preferences = createStore(stored());

export function prefer(change) {
  preferences.set((before) => ({ ...before, ...change }));
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.get()));
  } catch {
    // A browser that keeps nothing still shows what was chosen, until it is closed.
  }
}

/** Light, dark, or as the system has it; the style sheets read the attribute. */
export function applyTheme() {
  document.documentElement.dataset.theme = preferences.get().theme;
}
