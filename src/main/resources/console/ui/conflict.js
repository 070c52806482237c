// Two people on one draft: what each has is shown side by side, and no text is lost.
import { html } from './dom.js';
import { t } from './texts.js';

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const text = (value) => (value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** The members in which two documents differ, each with both values. */
export function differences(theirs, mine, members) {
  const found = [];
  const walk = (path, a, b) => {
    if (same(a, b)) {
      return;
    }
    const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
    if (isObject(a) && isObject(b)) {
      [...new Set([...Object.keys(a), ...Object.keys(b)])].forEach((key) => walk([...path, key], a[key], b[key]));
    } else {
      found.push({ path: path.join('.'), theirs: text(a), mine: text(b) });
    }
  };
  members.forEach((member) => walk([member], theirs[member], mine[member]));
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
              (each) => html`<tr key=${each.path}><td><code>${each.path}</code></td><td class="written">${each.theirs}</td><td class="written">${each.mine}</td></tr>`,
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
