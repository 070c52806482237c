// The way to a page or to a thing by typing: it leads somewhere, and does nothing else.
import { PAGES } from '../pages/index.js';
import { html, useEffect, useRef, useState } from './dom.js';
import { go } from './router.js';
import { mayChange } from './store.js';
import { t } from './texts.js';

const MOST = 9;
const BY_PREFIX = { dev_: 'devices', ntc_: 'notices', prq_: 'privacy-requests' };

/** What an id leads to. A release is named by its product and its version. */
export function placeOfId(text) {
  const place = BY_PREFIX[text.slice(0, 4)];
  if (place && text.length > 4) {
    return [place, text];
  }
  return /^[^\s:]+:\S+$/.test(text) ? ['releases', text] : null;
}

/** Pages whose name has the text, those first that begin with it; before them the thing that is named by its id. */
export function found(text, pages) {
  const wanted = text.trim().toLowerCase();
  const named = pages.filter((page) => page.name.toLowerCase().includes(wanted));
  const begins = (page) => (page.name.toLowerCase().startsWith(wanted) ? 0 : 1);
  const thing = placeOfId(text.trim());
  return [...(thing ? [{ name: text.trim(), path: thing }] : []), ...named.sort((a, b) => begins(a) - begins(b))].slice(0, MOST);
}

export default function Palette({ close }) {
  const place = useRef(null);
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => place.current.showModal(), []);
  const pages = PAGES.filter((page) => !page.changes || mayChange()).map((page) => ({ name: t(`${page.id}.title`), path: page.path }));
  const all = found(text, pages);
  const current = Math.min(at, Math.max(0, all.length - 1));
  const open = (of) => {
    place.current.close();
    go(of.path);
  };
  const pressed = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && all.length > 0) {
      event.preventDefault();
      setAt((current + step + all.length) % all.length);
    }
  };
  const submit = (event) => {
    event.preventDefault();
    if (all[current]) {
      open(all[current]);
    }
  };
  return html`
    <dialog ref=${place} class="palette" aria-labelledby="palette-title" onClose=${close}>
      <form onSubmit=${submit}>
        <h2 id="palette-title">${t('palette.title')}</h2>
        <label for="palette-text" class="soft small">${t('palette.hint')}</label>
        <input
          id="palette-text"
          type="text"
          role="combobox"
          autocomplete="off"
          spellcheck=${false}
          maxlength="200"
          aria-expanded="true"
          aria-controls="palette-found"
          aria-activedescendant=${all.length > 0 ? `palette-${current}` : undefined}
          value=${text}
          onKeyDown=${pressed}
          onInput=${(event) => {
            setText(event.target.value);
            setAt(0);
          }}
        />
        <ul id="palette-found" role="listbox" aria-label=${t('palette.title')}>
          ${all.map(
            (of, i) => html`
              <li key=${of.path.join('/')} id=${`palette-${i}`} role="option" aria-selected=${i === current} onClick=${() => open(of)}>
                <bdi>${of.name}</bdi>
              </li>
            `,
          )}
        </ul>
        ${all.length === 0 && html`<p class="soft" role="status">${t('palette.none')}</p>`}
      </form>
    </dialog>
  `;
}
