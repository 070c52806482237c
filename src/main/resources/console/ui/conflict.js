// Two people on one draft: what each has is shown side by side, and no text is lost.
import { html } from './dom.js';
import { inWords } from './paths.js';
import { t } from './texts.js';

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const isObject = (value) => value !== null && typeof value === 'object';
const text = (value) =>
  value === undefined ? '' : Array.isArray(value) && !value.some(isObject) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value, null, 2);

/** Where one has nothing, what the other has is shown part by part as well. */
const instead = (value, other) => (value === undefined && isObject(other) ? (Array.isArray(other) ? [] : {}) : value);

/** The members in which two documents differ, each with both values; of lists of objects those at one place are compared. */
export function differences(theirs, mine, members) {
  const found = [];
  const walk = (path, given, other) => {
    const [a, b] = [instead(given, other), instead(other, given)];
    const both = [a, b];
    if (same(a, b)) {
      return;
    }
    if (both.every(isObject) && both.every((each) => Array.isArray(each) === Array.isArray(a)) && (!Array.isArray(a) || [...a, ...b].every(isObject))) {
      const at = (key) => (Array.isArray(a) ? `${path}[${key}]` : `${path}.${key}`);
      new Set(both.flatMap(Object.keys)).forEach((key) => walk(at(key), a[key], b[key]));
    } else {
      found.push({ path, theirs: text(a), mine: text(b) });
    }
  };
  members.forEach((member) => walk(member, theirs[member], mine[member]));
  return found;
}

export function Conflict({ theirs, mine, members, takeTheirs, keepMine }) {
  return html`
    <div class="card trouble" role="alert">
      <p><strong>${t('conflict.title')}</strong></p>
      <p class="soft">${t('conflict.text')}</p>
      <div class="table-place">
        <table>
          <thead>
            <tr><th scope="col">${t('conflict.where')}</th><th scope="col">${t('conflict.theirs')}</th><th scope="col">${t('conflict.mine')}</th></tr>
          </thead>
          <tbody>
            ${differences(theirs, mine, members).map(
              (each) => html`<tr key=${each.path}><td><bdi title=${each.path}>${inWords(each.path)}</bdi></td><td class="written">${each.theirs}</td><td class="written">${each.mine}</td></tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div class="dialog-actions">
        <button type="button" onClick=${takeTheirs}>${t('conflict.takeTheirs')}</button>
        <button type="button" class="main" onClick=${keepMine}>${t('conflict.keepMine')}</button>
      </div>
    </div>
  `;
}
