// Pictures in SVG: each has a caption that says its finding, and a table behind it.
import { html } from './dom.js';
import { number, percent, t } from './texts.js';

export const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

export const Figure = ({ caption, children, columns, rows }) => html`
  <figure>
    <figcaption>${caption}</figcaption>
    ${children}
    <details>
      <summary>${t('figure.asTable')}</summary>
      <table>
        <thead>
          <tr>
            ${columns.map((title) => html`<th scope="col">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </details>
  </figure>
`;

/** What the colours mean; tone is a class of the style sheet. The table behind a picture says the same. */
export const Legend = ({ parts, children }) => html`
  <ul class="legend" aria-hidden="true">
    ${parts.map((part) => html`<li key=${part.name}><svg class="dot" viewBox="0 0 10 10" focusable="false"><rect class=${part.tone} width="10" height="10" /></svg><bdi>${part.name}</bdi></li>`)}
    ${children}
  </ul>
`;

const HEIGHT = 44;

/** Where a number stands in a picture over time, of which the highest is the top. */
export const heightIn = (most) => (count) => (HEIGHT - (HEIGHT * count) / most).toFixed(2);

/** A picture over time, with the number at its top, its first and its last moment, and what its colours mean. */
export const OverTime = ({ most, from, to, parts, legend, children }) => html`
  <div aria-hidden="true">
    <p class="soft small axis"><span>${most}</span></p>
    <svg class="areas" viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none" focusable="false">${children}</svg>
    <p class="soft small axis"><span>${from}</span><span>${to}</span></p>
    <${Legend} parts=${parts}>${legend}<//>
  </div>
`;

export const BAR = 14;

const linked = (item, text, more = {}) => (item.href ? html`<a href=${item.href} ...${more}>${text}</a>` : text);

/** "9 of 12" where it is a part of something. */
const counted = (item) => (item.of === undefined ? number(item.value) : t('figure.partOf', { count: number(item.value), of: number(item.of) }));

/**
 * Horizontal bars, the longest first as given; tone is a class of the style sheet. Of what an item is
 * a part (of) stands behind it; href leads to what is counted. Columns of numbers are called counts.
 */
export function Bars({ caption, unit, items, counts = [t('figure.count')] }) {
  const most = Math.max(1, ...items.map((item) => Math.max(item.value, item.of ?? 0)));
  const isPart = items.some((item) => item.of !== undefined);
  const rows = items.map((item) => [item.name, linked(item, number(item.value)), ...(isPart ? [number(item.of)] : [])]);
  const width = (value) => (100 * value) / most;
  return html`
    <${Figure} caption=${caption} columns=${[unit, ...counts]} rows=${rows}>
      <ul class="bars ${isPart ? 'parts' : ''}" aria-hidden="true">
        ${items.map(
          (item) => html`
            <li key=${item.href ?? item.name}>
              <span class="bar-name">${linked(item, html`<bdi>${item.name}</bdi>`, { tabindex: -1 })}</span>
              <svg class="bar" viewBox="0 0 100 ${BAR}" preserveAspectRatio="none" focusable="false">
                <rect class="track" x="0" y="0" width="100" height=${BAR} />
                ${isPart && html`<rect class="fill plain" x="0" y="0" width=${width(item.of)} height=${BAR} />`}
                <rect class="fill ${item.tone ?? ''}" x="0" y="0" width=${width(item.value)} height=${BAR} />
              </svg>
              <span class="bar-value">${linked(item, counted(item), { tabindex: -1 })}</span>
            </li>
          `,
        )}
      </ul>
    <//>
  `;
}

/** One bar of parts that make a whole. */
export function Share({ parts, label }) {
  const whole = Math.max(1, sum(parts.map((part) => part.value)));
  let from = 0;
  return html`
    <svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label=${label} focusable="false">
      <rect class="track" x="0" y="0" width="100" height="8" />
      ${parts.map((part) => {
        const x = from;
        const width = (100 * part.value) / whole;
        from += width;
        return html`<rect key=${part.name} class="fill ${part.tone ?? ''}" x=${x} y="0" width=${width} height="8" />`;
      })}
    </svg>
  `;
}

/** The phases of a rollout as steps on one axis of time: the share grows to the right. */
export function Ladder({ phases, current, now, held, caption }) {
  const count = phases.length;
  const step = 100 / count;
  return html`
    <${Figure}
      caption=${caption}
      columns=${[t('phase.number'), t('phase.share'), t('phase.begins')]}
      rows=${phases.map((phase, i) => [number(i + 1), percent(phase.share), phase.beginsText])}
    >
      <svg class="ladder ${held ? 'held' : ''}" viewBox="0 0 100 44" preserveAspectRatio="none" role="img" aria-label=${caption} focusable="false">
        ${phases.map((phase, i) => {
          const height = Math.max(2, 40 * phase.share);
          const tone = i < current ? 'past' : i === current ? 'now' : 'later';
          return html`<rect key=${i} class="step ${tone}" x=${i * step} y=${42 - height} width=${step - 1} height=${height} />`;
        })}
        ${now !== null && html`<line class="now-line" x1=${now * step} x2=${now * step} y1="0" y2="44" />`}
      </svg>
      <ol class="ladder-names" aria-hidden="true">
        ${phases.map(
          (phase, i) => html`
            <li key=${i} class=${i === current ? 'now' : ''}>
              <strong>${percent(phase.share)}</strong>
              <span class="soft small">${phase.beginsText}</span>
            </li>
          `,
        )}
      </ol>
    <//>
  `;
}
