// Texts in several languages, filled in beside each other.
import { html, useState } from './dom.js';
import { Area, Input } from './parts.js';
import { nameOf, number, t } from './texts.js';

const SUGGESTED = ['en', 'de', 'es', 'fr', 'zh-Hans'];

/** Whether there is a language that is called so: a browser has no name for any other. */
function isLanguage(tag) {
  try {
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag) !== undefined;
  } catch {
    return false;
  }
}

/** In a field of its own within a form, Enter means the button beside it. */
const onEnter = (act) => (event) => {
  if (event.key === 'Enter') {
    event.preventDefault();
    act();
  }
};

/** What a push may hold, in bytes; what is longer is refused by the provider. */
export const MOST_BYTES = 4096;

export const bytesOf = (text) => new TextEncoder().encode(`${text.title ?? ''}${text.body ?? ''}`).length;

export function Gauge({ text }) {
  const used = bytesOf(text);
  return html`
    <p class="gauge small ${used > MOST_BYTES ? 'error' : 'soft'}">
      <meter min="0" max=${MOST_BYTES} high=${MOST_BYTES * 0.9} value=${used} aria-label=${t('written.bytes')}></meter>
      ${t('written.bytesOf', { used: number(used), most: number(MOST_BYTES) })}
    </p>
  `;
}

/**
 * One card for each language. More is what stands below title and body, by language and text;
 * withGauge shows how much of a push it takes.
 */
export function Written({ texts, onInput, more, withGauge = false, first = '', path = '' }) {
  const [language, setLanguage] = useState('');
  const [unknown, setUnknown] = useState('');
  const change = (tag, part) => onInput({ ...texts, [tag]: { ...texts[tag], ...part } });
  const add = () => {
    const tag = language.trim();
    if (tag && !isLanguage(tag)) {
      setUnknown(t('written.unknown', { tag }));
      return;
    }
    const [known] = tag ? Intl.getCanonicalLocales(tag) : [''];
    if (known && !(known in texts)) {
      onInput({ ...texts, [known]: { title: '', body: '' } });
    }
    setLanguage('');
    setUnknown('');
  };
  return html`
    ${[...Object.entries(texts)].sort(([a], [b]) => (b === first) - (a === first)).map(
      ([tag, text]) => html`
        <fieldset class="card text" key=${tag}>
          <legend>${nameOf('language', tag)} <code class="soft">${tag}</code></legend>
          <${Input} label=${t('written.title')} path=${`${path}.${tag}.title`} value=${text.title} onInput=${(title) => change(tag, { title })} maxlength="200" lang=${tag} dir="auto" />
          <${Area} label=${t('written.body')} path=${`${path}.${tag}.body`} value=${text.body} onInput=${(body) => change(tag, { body })} maxlength="4096" lang=${tag} dir="auto" />
          ${withGauge && html`<${Gauge} text=${text} />`} ${more?.(tag, text, (part) => change(tag, part))}
          ${Object.keys(texts).length > 1 &&
          html`<button type="button" onClick=${() => onInput(Object.fromEntries(Object.entries(texts).filter(([other]) => other !== tag)))}>
            ${t('written.remove', { language: nameOf('language', tag) })}
          </button>`}
        </fieldset>
      `,
    )}
    <div class="filters">
      <${Input} label=${t('written.add')} hint=${t('written.addHint')} value=${language} error=${unknown} onInput=${setLanguage} onKeyDown=${onEnter(add)} list="languages" maxlength="35" />
      <datalist id="languages">${SUGGESTED.map((tag) => html`<option key=${tag} value=${tag}>${nameOf('language', tag)}</option>`)}</datalist>
      <button type="button" onClick=${add}>${t('written.addDo')}</button>
    </div>
  `;
}

/** "DE, FR" as a list of codes. */
const codes = (text) =>
  text
    .split(/[\s,;]+/)
    .map((code) => code.trim())
    .filter(Boolean);

/** Codes, typed as a text; what is half typed stays. */
export function Codes({ value = [], onInput, upper = false, ...more }) {
  const [text, setText] = useState(value.join(', '));
  const typed = (next) => {
    setText(next);
    onInput(codes(upper ? next.toUpperCase() : next));
  };
  return html`<${Input} value=${text} onInput=${typed} ...${more} />`;
}
