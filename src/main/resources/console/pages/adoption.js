// How the versions of a product took turns, from counts that a job keeps: a picture costs no look at any device.
import { admin, get, query } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { Figure, OverTime, heightIn, sum } from '../ui/figures.js';
import { Section } from '../ui/parts.js';
import { counted, day, moment, number, percent, t } from '../ui/texts.js';

const MOST_AREAS = 5;
const DAY = 86_400_000;
const RECENT_DAYS = 14;
const EVERY_SECONDS = 300;

/** Near a publication every few hours, from the day before it; else the last ninety days. */
function span(publishedAt, now = Date.now()) {
  const published = publishedAt ? Date.parse(publishedAt) : NaN;
  return now - published > 0 && now - published < RECENT_DAYS * DAY
    ? { from: new Date(Math.floor((published - DAY) / DAY) * DAY).toISOString(), step: 'PT6H' }
    : {};
}

/** The largest versions one by one and the rest together, each with its number at every moment; a release's own always. */
export function series({ values, points }, version) {
  // Where it is not among the values, nobody had it: it is asked for by name.
  const first = version ? [version] : [];
  const named = [...first, ...values.filter((value) => value !== version)].slice(0, MOST_AREAS);
  const of = (point, name) => point.devices[name] ?? 0;
  const all = named.map((name) => ({ name, counts: points.map((point) => of(point, name)) }));
  const rest = points.map((point) => sum(Object.keys(point.devices).map((name) => (named.includes(name) ? 0 : of(point, name)))));
  return rest.some((count) => count > 0) ? [...all, { name: '', counts: rest }] : all;
}

/** How many devices were counted at each moment. */
const totalsOf = (points, parts) => points.map((_, i) => sum(parts.map((part) => part.counts[i])));

const shownName = (name) => (name === '' ? t('others') : name === 'unknown' ? t('unknown') : name);

/** The release's own version, else the one that most devices have: how many had it last, and at first. */
function finding(points, parts, version) {
  const last = points.length - 1;
  const totals = totalsOf(points, parts);
  const own = parts.find((part) => part.name === version) ?? [...parts].sort((a, b) => b.counts[last] - a.counts[last])[0];
  const values = {
    version: shownName(own.name),
    count: number(own.counts[last]),
    total: number(totals[last]),
    share: percent(totals[last] ? own.counts[last] / totals[last] : 0),
    before: percent(totals[0] ? own.counts[0] / totals[0] : 0),
    from: day(points[0].at),
    at: moment(points[last].at),
  };
  return t(points.length > 1 ? 'adoption.sentence' : 'adoption.once', values);
}

/** Each area as a path between its lower and its upper edge. */
function areas(points, parts) {
  const times = points.map((point) => Date.parse(point.at));
  const [begin, end] = [times[0], times[times.length - 1]];
  const most = Math.max(1, ...totalsOf(points, parts));
  const x = (i) => ((100 * (times[i] - begin)) / Math.max(1, end - begin)).toFixed(2);
  const y = heightIn(most);
  const below = points.map(() => 0);
  const drawn = parts.map((part) => {
    const lower = points.map((_, i) => `${x(i)},${y(below[i])}`).reverse();
    part.counts.forEach((count, i) => (below[i] += count));
    const upper = points.map((_, i) => `${x(i)},${y(below[i])}`);
    return `M${upper.join('L')}L${lower.join('L')}Z`;
  });
  return { drawn, most, begin, end };
}

function Areas({ points, parts, publishedAt }) {
  const { drawn, most, begin, end } = areas(points, parts);
  const published = publishedAt ? Date.parse(publishedAt) : NaN;
  const mark = published >= begin && published <= end ? (100 * (published - begin)) / Math.max(1, end - begin) : null;
  return html`
    <${OverTime}
      most=${counted('adoption.devices', most)}
      from=${day(new Date(begin).toISOString())}
      to=${day(new Date(end).toISOString())}
      parts=${parts.map((part, i) => ({ name: shownName(part.name), tone: `area a${i}` }))}
      legend=${mark !== null && html`<li class="soft">┊ ${t('adoption.published', { at: moment(publishedAt) })}</li>`}
    >
      ${drawn.map((path, i) => html`<path key=${i} class="area a${i}" d=${path} />`)}
      ${mark !== null && html`<line class="now-line" x1=${mark} x2=${mark} y1="0" y2="100%" />`}
    <//>
  `;
}

/** The section of a page: of a product, or of a release whose version goes first. */
export function Adoption({ product, version, publishedAt }) {
  const data = useData((options) => get(admin('products', product, 'adoption') + query({ ...span(publishedAt), version }), options), [product, version, publishedAt], { every: EVERY_SECONDS });
  const of = data.data;
  return html`
    <${Section} id="adoption" data=${data} title=${t('adoption.title')}>
      ${of && (of.points.length === 0 ? html`<p class="card soft">${t('adoption.none')}</p>` : html`<${Picture} of=${of} version=${version} publishedAt=${publishedAt} />`)}
    <//>
  `;
}

function Picture({ of, version, publishedAt }) {
  const parts = series(of, version);
  const isDaily = of.step === 'PT24H';
  return html`
    <div class="card">
      <${Figure}
        caption=${finding(of.points, parts, version)}
        columns=${[t('adoption.at'), ...parts.map((part) => shownName(part.name))]}
        rows=${of.points.map((point, i) => [isDaily ? day(point.at) : moment(point.at), ...parts.map((part) => number(part.counts[i]))]).reverse()}
      >
        ${of.points.length > 1 ? html`<${Areas} points=${of.points} parts=${parts} publishedAt=${publishedAt} />` : html`<p class="soft">${t('adoption.tooFew')}</p>`}
      <//>
      <p class="soft small">${t('adoption.counted')}</p>
    </div>
  `;
}
