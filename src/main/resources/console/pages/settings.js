// The settings in force, by what they are about: the first part of their names behind towncrier.
import { html, useState } from '../ui/dom.js';
import { Input, Section, Table } from '../ui/parts.js';
import { seconds } from '../ui/rollout.js';
import { duration, number, t } from '../ui/texts.js';

/** Names of numbers that count nothing: nobody reads 8,080 as a port. */
const NO_QUANTITY = /(^|[.-])(accounts?|audience|codes?|ids?|keys?|numbers?|ports?|projects?|versions?|years?)$/;
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A length of time or a large number as people read it; null where the value says it itself. */
export function readable(value, name = '') {
  const [, count, unit] = /^(\d+)([smhd])$/i.exec(value) ?? [];
  if (count) {
    return duration(count * UNITS[unit.toLowerCase()]);
  }
  if (/^P(?=\d|T\d)/.test(value)) {
    return duration(seconds(value));
  }
  return /^[1-9]\d{3,}$/.test(value) && !NO_QUANTITY.test(name) ? number(value) : null;
}

/** Group to its settings, each a name and a value; what is about nothing else is about the service. */
export function grouped(settings, wanted = '') {
  const groups = new Map();
  for (const [name, value] of Object.entries(settings)) {
    const [, first, ...more] = name.split('.');
    if (`${name} ${value}`.toLowerCase().includes(wanted.trim().toLowerCase())) {
      const group = more.length > 0 ? first : '';
      groups.set(group, [...(groups.get(group) ?? []), [name, value]]);
    }
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

export function Settings({ settings }) {
  const [wanted, setWanted] = useState('');
  const groups = grouped(settings, wanted);
  return html`
    <${Section} id="settings" title=${t('health.settings')}>
      <div class="filters">
        <${Input} label=${t('list.search')} hint=${t('health.searchHint')} type="search" value=${wanted} onInput=${setWanted} maxlength="100" />
      </div>
      ${groups.length === 0 && html`<p class="soft" role="status">${t('nothingHere')}</p>`}
      ${groups.map(
        ([group, entries]) => html`<details key=${group} open=${wanted.trim() !== ''}>
          <summary>${group || t('health.ofService')} <span class="soft small">${number(entries.length)}</span></summary>
          <${Table}
            caption=${group || t('health.ofService')}
            columns=${[
              { title: t('name'), cell: ([name]) => html`<code class="small">${name}</code>` },
              { title: t('health.value'), cell: ([name, value]) => html`<${Value} of=${value} name=${name} />` },
            ]}
            rows=${entries}
          />
        </details>`,
      )}
    <//>
  `;
}

function Value({ of, name }) {
  const said = readable(of, name);
  return html`<span class="written">${of}</span>${said && said !== of && html` <span class="soft">(${said})</span>`}`;
}
