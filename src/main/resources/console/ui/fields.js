// What forms are made of: each field with its label, a hint, and what is wrong with it.
import { createContext, html, useContext, useEffect, useId, useRef } from './dom.js';
import { instantOf, localOf, t, zoneName } from './texts.js';

const Wrong = createContext([]);

/** Of a form that was refused: what is wrong stands at the fields that it is about, and the first of them is shown. */
export function Refused({ problem, children }) {
  const place = useRef(null);
  useEffect(() => {
    if (problem) {
      (place.current.querySelector('[aria-invalid=true]') ?? place.current.querySelector('[role=alert]'))?.scrollIntoView({ block: 'center' });
      place.current.querySelector('[aria-invalid=true]')?.focus({ preventScroll: true });
    }
  }, [problem]);
  return html`<div ref=${place}><${Wrong.Provider} value=${problem?.errors ?? []}>${children}<//></div>`;
}

const isAbout = (path) => ({ field = '' }) => field === path || field.startsWith(`${path}[`) || field.startsWith(`${path}.`);

/** Something to fill in, with its label, a hint and what is wrong with it; its path is its name in the API. */
export function Field({ label, hint, error: own, wide = false, path, children }) {
  const id = useId();
  const refused = useContext(Wrong).filter(isAbout(path));
  const error = own || (path && refused.map(({ message }) => message).join('; '));
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return html`
    <div class="field ${wide ? 'wide' : ''}">
      <label for=${id}>${label}</label>
      ${children({ id, 'aria-describedby': described || undefined, 'aria-invalid': error ? 'true' : undefined })}
      ${hint && html`<p id="${id}-hint" class="soft small">${hint}</p>`}
      ${error && html`<p id="${id}-error" class="error">${error}</p>`}
    </div>
  `;
}

export const Input = ({ label, hint, error, wide, path, value, onInput, type = 'text', ...more }) => html`
  <${Field} label=${label} hint=${hint} error=${error} wide=${wide} path=${path}>
    ${(wiring) =>
      html`<input
        type=${type}
        value=${value}
        onInput=${(e) => onInput(e.target.value)}
        autocomplete="off"
        spellcheck=${false}
        ...${wiring}
        ...${more}
      />`}
  <//>
`;

/** A moment, typed as the zone that is shown has it; its value is an instant, or empty while it is half typed. */
export function Moment({ hint, value, onInput, ...more }) {
  const local = localOf(value);
  const zone = t('zone.hint', { zone: zoneName(local ? new Date(value) : undefined) });
  return html`
    <${Input} type="datetime-local" hint=${[hint, zone].filter(Boolean).join(' · ')} value=${local} onInput=${(text) => onInput(instantOf(text) ?? '')} ...${more} />
  `;
}

export const Area = ({ label, hint, error, path, value, onInput, rows = 4, ...more }) => html`
  <${Field} label=${label} hint=${hint} error=${error} path=${path}>
    ${(wiring) =>
      html`<textarea rows=${rows} value=${value} onInput=${(e) => onInput(e.target.value)} ...${wiring} ...${more} />`}
  <//>
`;

/** A value that is in force and no option is one nevertheless: it is seen, and can be taken away. */
export const Choice = ({ label, hint, value, options, onInput, ...more }) => html`
  <${Field} label=${label} hint=${hint}>
    ${(wiring) =>
      html`<select value=${value} onInput=${(e) => onInput(e.target.value)} ...${wiring} ...${more}>
        ${(!value || options.some(([key]) => key === value) ? options : [...options, [value, value]]).map(([key, text]) => html`<option value=${key} selected=${key === value}>${text}</option>`)}
      </select>`}
  <//>
`;

export const Tick = ({ label, checked, onInput }) => html`
  <label class="tick">
    <input type="checkbox" checked=${checked} onInput=${(e) => onInput(e.target.checked)} /> ${label}
  </label>
`;
