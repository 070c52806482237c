// Texts in several languages, filled in beside each other.
import { html, useState } from './dom.js';
import { Area, Input } from './parts.js';
import { nameOf, number, t } from './texts.js';

const SUGGESTED = ['en', 'de', 'es', 'fr', 'zh-Hans'];

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
export function Written({ texts, onInput, more, withGauge = false }) {
  const [language, setLanguage] = useState('');
  const change = (tag, part) => onInput({ ...texts, [tag]: { ...texts[tag], ...part } });
  const add = (tag) => {
    if (tag && !(tag in texts)) {
      onInput({ ...texts, [tag]: { title: '', body: '' } });
    }
    setLanguage('');
  };
  return html`
    ${Object.entries(texts).map(
      ([tag, text]) => html`
        <fieldset class="card text" key=${tag}>
          <legend>${nameOf('language', tag)} <code class="soft">${tag}</code></legend>
          <${Input} label=${t('written.title')} value=${text.title} onInput=${(title) => change(tag, { title })} maxlength="200" lang=${tag} dir="auto" />
          <${Area} label=${t('written.body')} value=${text.body} onInput=${(body) => change(tag, { body })} maxlength="4096" lang=${tag} dir="auto" />
          ${withGauge && html`<${Gauge} text=${text} />`} ${more?.(tag, text, (part) => change(tag, part))}
          ${Object.keys(texts).length > 1 &&
          html`<button type="button" onClick=${() => onInput(Object.fromEntries(Object.entries(texts).filter(([other]) => other !== tag)))}>
            ${t('written.remove', { language: nameOf('language', tag) })}
          </button>`}
        </fieldset>
      `,
    )}
    <div class="filters">
      <${Input} label=${t('written.add')} hint=${t('written.addHint')} value=${language} onInput=${setLanguage} list="languages" maxlength="35" />
      <datalist id="languages">${SUGGESTED.map((tag) => html`<option key=${tag} value=${tag}>${nameOf('language', tag)}</option>`)}</datalist>
      <button type="button" onClick=${() => add(language.trim())}>${t('written.addDo')}</button>
    </div>
  `;
}

/** "DE, FR" as a list of codes. */
export const codes = (text) =>
  text
    .split(/[\s,;]+/)
    .map((code) => code.trim())
    .filter(Boolean);
