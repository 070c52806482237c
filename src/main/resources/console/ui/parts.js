// The parts that pages are made of, each once.
import { useAnswer } from './data.js';
import { html, useEffect, useId } from './dom.js';
import { still } from './live.js';
import { inWords } from './paths.js';
import { preferences } from './preferences.js';
import { mayChange, useStore } from './store.js';
import { clock, counted, fromNow, hasWord, moment, number, t, word } from './texts.js';
import { announce } from './toasts.js';

export { Area, Choice, Field, Input, Moment, Refused, Tick } from './fields.js';

/** A page; quiet where what is shown is being edited, and so is of no moment. */
export function Page({ title, lead, actions, children, data, quiet = false }) {
  useEffect(() => {
    document.title = `${title} - Towncrier`;
  }, [title]);
  return html`
    <div class="page">
      <div class="page-head">
        <div>
          <h1 tabindex="-1"><bdi>${title}</bdi></h1>
          ${lead && html`<p class="soft">${lead}</p>`}
        </div>
        <div class="actions">${actions}</div>
      </div>
      ${data && !(quiet && data.at) && html`<${Freshness} ...${data} />`} ${children}
    </div>
  `;
}

/** As of when the page is; grey where it is no longer asked for with success. New rows of a list wait here. */
export function Freshness({ at, stale, problem, reload, data, waiting = 0, showWaiting }) {
  const stands = useStore(still);
  const news = waiting > 0 ? t('list.waiting', { count: number(waiting) }) : '';
  useEffect(() => {
    return news ? announce(news) : undefined;
  }, [news]);
  if (problem && data === null) {
    return html`<${Trouble} problem=${problem} retry=${reload} />`;
  }
  if (!at) {
    return html`<p class="soft" role="status">${t('loading')}</p>`;
  }
  return html`
    <p class=${stale ? 'soft small stale' : 'soft small'}>
      ${t(stale ? 'staleAsOf' : stands ? 'stillAsOf' : 'asOf', { time: clock(at) })}
      <button type="button" class="quiet small" onClick=${reload}>${t('reload')}</button>
      ${news && html`<button type="button" class="quiet small" onClick=${showWaiting}>${news}</button>`}
    </p>
  `;
}

/** A problem in words; what the API says of it stands below. */
export function Trouble({ problem, retry }) {
  const known = hasWord('problem', problem.code);
  return html`
    <div class="card trouble" role="alert">
      <p>
        <strong>${known ? word('problem', problem.code) : problem.title}</strong>
        ${problem.retryAfter && html` ${counted('retryAfter', problem.retryAfter)}`}
      </p>
      ${problem.detail && html`<p class="soft">${problem.detail}</p>`}
      ${problem.errors?.length > 0 &&
      html`<ul>
        ${problem.errors.map((error) => html`<li><bdi title=${error.field}>${inWords(error.field)}</bdi>: ${error.message}</li>`)}
      </ul>`}
      ${problem.code === 'step-up-required' && html`<a class="button" href="/console/sign-in?acr=1" target="_blank" rel="noopener">${t('signIn.stronger')}</a>`}
      ${retry && html`<button type="button" onClick=${retry}>${t('tryAgain')}</button>`}
    </div>
  `;
}

/** A part of a page under its heading; what could not be loaded for it is said there. */
export const Section = ({ id, title, kind, data, children, ...more }) => html`
  <section class=${kind} aria-labelledby=${id} ...${more}>
    <h2 id=${id}>${title}</h2>
    ${data?.problem && !data.data && html`<${Trouble} problem=${data.problem} retry=${data.reload} />`} ${children}
  </section>
`;

/** What changes something is not there for a viewer. */
export const Change = ({ children }) => (mayChange() ? children : null);

/** What a page of changes says to a viewer. */
export const LooksOnly = () => html`<${Empty} title=${t('viewer.title')}><p class="soft">${t('viewer.why')}</p><//>`;

/** A button that is not allowed stays, with the reason beside it. A viewer has those alone that look. */
export function Act({ label, onClick, kind = '', why = '', busy = false, submit = false, looks = false }) {
  const id = useId();
  if (!looks && !mayChange()) {
    return null;
  }
  return html`
    <span class="act">
      <button
        type=${submit ? 'submit' : 'button'}
        class=${kind}
        disabled=${busy}
        aria-disabled=${why ? 'true' : undefined}
        aria-describedby=${why ? id : undefined}
        onClick=${(event) => {
          if (why) {
            event.preventDefault();
          } else {
            onClick?.(event);
          }
        }}
      >
        ${label}
      </button>
      ${why && html`<span id=${id} class="why">${why}</span>`}
    </span>
  `;
}

const STATE_TONES = {
  published: 'good',
  running: 'good',
  done: 'plain',
  approved: 'good',
  draft: 'plain',
  scheduled: 'plain',
  paused: 'warn',
  halted: 'bad',
  withdrawn: 'bad',
  cancelled: 'bad',
};

export const State = ({ code, kind = 'state' }) =>
  html`<span class="badge ${STATE_TONES[code] ?? 'plain'}">${word(kind, code)}</span>`;

export const Badge = ({ tone = 'plain', text }) => html`<span class="badge ${tone}">${text}</span>`;

/** A moment with its zone, and how long that is from now. */
export function When({ at, near = true }) {
  useStore(preferences);
  return at
    ? html`<time datetime=${at} title=${new Date(at).toISOString()}>
        ${moment(at)}${near && html` <span class="soft">(${fromNow(at)})</span>`}
      </time>`
    : html`<span class="soft">-</span>`;
}

export const Empty = ({ title, children }) => html`
  <div class="card empty">
    <p><strong>${title}</strong></p>
    ${children}
  </div>
`;

const classOf = (column) => (column.number ? 'number' : column.look);

/** A column's look is a class of the style sheet. Groups, in place of rows, have rows and a name. */
export function Table({ caption, columns, rows = [], groups = rows.length ? [{ rows }] : [], empty }) {
  if (groups.length === 0) {
    return empty ?? html`<p class="soft">${t('nothingHere')}</p>`;
  }
  return html`
    <div class="table-place" role="region" aria-label=${caption} tabindex="0">
      <table>
        <caption class="hidden-text">
          ${caption}
        </caption>
        <thead>
          <tr>
            ${columns.map((c) => html`<th scope="col" class=${classOf(c)}>${c.title}</th>`)}
          </tr>
        </thead>
        ${groups.map(
          (group, at) => html`
            <tbody key=${at}>
              ${group.name && html`<tr class="group"><th scope="rowgroup" colspan=${columns.length}>${group.name}</th></tr>`}
              ${group.rows.map(
                (row, i) =>
                  html`<tr key=${row.key ?? row.id ?? row.number ?? row.device ?? i}>
                    ${columns.map((c) => html`<td class=${classOf(c)}>${c.cell(row)}</td>`)}
                  </tr>`,
              )}
            </tbody>
          `,
        )}
      </table>
    </div>
  `;
}

export const Facts = ({ items }) => html`
  <dl class="facts">
    ${items
      .filter(Boolean)
      .map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
  </dl>
`;

/** A list that goes on: what comes next is asked for by its button, so that no row jumps. */
export function Pages({ shown, total, next, onMore }) {
  const { busy, problem, ask } = useAnswer();
  return html`
    ${problem && html`<${Trouble} problem=${problem} />`}
    <p class="soft pages">
      ${t('shownOf', { shown: number(shown), total: typeof total === 'string' ? total : number(total ?? shown) })}
      ${next && html`<button type="button" disabled=${busy} onClick=${() => ask(onMore)}>${t('showMore')}</button>`}
    </p>
  `;
}

/** What a list has, and the way to what follows; the rest is as for a table. */
export const List = ({ of: { first, items, next, total, grow }, groupedBy, ...table }) =>
  first.data &&
  html`
    <${Table} ...${table} ...${groupedBy ? { groups: groupedBy(items) } : { rows: items }} />
    <${Pages} shown=${items.length} total=${total} next=${next} onMore=${grow} />
  `;
