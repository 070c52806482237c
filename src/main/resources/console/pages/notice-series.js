// When the pushes of a notice came to an end: counts that are kept by the minute, drawn as columns.
import { admin, get, query } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { Figure, OverTime, heightIn, sum } from '../ui/figures.js';
import { Section } from '../ui/parts.js';
import { seconds } from '../ui/rollout.js';
import { duration, moment, number, t } from '../ui/texts.js';

const EVERY_SECONDS = 30;
const MINUTE = 60_000;
const MOST_STEPS = 120;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080];
/** Of a push one of these comes true; that it was read comes on top. */
const ENDS = [
  ['accepted', 'good'],
  ['suppressed', 'plain'],
  ['failed', 'bad'],
];
const NAMES = [...ENDS.map(([name]) => name), 'read'];

/** From the start to the end, or to now while it goes on, in whole steps: as few as a picture can show. */
export function span({ startedAt, finishedAt, expiresAt }, now = Date.now()) {
  const begin = Date.parse(startedAt);
  const last = finishedAt ? Date.parse(finishedAt) : Math.min(now, expiresAt ? Date.parse(expiresAt) : now);
  const end = Math.max(begin, last);
  const fits = (minutes) => (end - begin) / (minutes * MINUTE) <= MOST_STEPS - 2;
  const minutes = STEPS.find(fits) ?? STEPS[STEPS.length - 1];
  const step = minutes * MINUTE;
  const iso = (steps) => new Date(steps * step).toISOString();
  return { from: iso(Math.floor(begin / step)), to: iso(Math.floor(end / step) + 1), step: `PT${minutes}M` };
}

/** Every step from the first to the last: the service leaves out those without anything. */
export function filled({ from, to, step, steps }) {
  const length = seconds(step) * 1000;
  const first = Math.floor(Date.parse(from) / length) * length;
  const known = new Map(steps.map((each) => [Date.parse(each.at), each]));
  return Array.from({ length: Math.ceil((Date.parse(to) - first) / length) }, (_, i) => {
    const at = first + i * length;
    return known.get(at) ?? { at: new Date(at).toISOString(), accepted: 0, suppressed: 0, failed: 0, read: 0 };
  });
}

const total = (points, name) => sum(points.map((point) => point[name]));

/** What the picture shows first of all. */
export function finding(points, step) {
  const most = points.reduce((best, point) => (point.accepted > best.accepted ? point : best));
  return most.accepted > 0
    ? t('series.sentence', { at: moment(most.at), count: number(most.accepted), time: duration(seconds(step)) })
    : t('series.noneAccepted', { suppressed: number(total(points, 'suppressed')), failed: number(total(points, 'failed')) });
}

/** A path for each end, one upon the other, and a line of what was read. A step may take back what one before it counted. */
export function columns(points) {
  const of = (point, name) => Math.max(0, point[name]);
  const tops = points.map((point) => Math.max(of(point, 'read'), sum(ENDS.map(([name]) => of(point, name)))));
  const most = Math.max(1, ...tops);
  const x = (i) => ((100 * i) / points.length).toFixed(2);
  const y = heightIn(most);
  const below = points.map(() => 0);
  const paths = ENDS.map(([name]) =>
    points
      .map((point, i) => {
        const lower = below[i];
        below[i] += of(point, name);
        return below[i] > lower ? `M${x(i)},${y(lower)}V${y(below[i])}H${x(i + 1)}V${y(lower)}Z` : '';
      })
      .join(''),
  );
  const line = points.some((point) => point.read > 0) ? points.map((point, i) => `${x(i + 0.5)},${y(of(point, 'read'))}`).join(' ') : '';
  return { most, paths, line };
}

const Columns = ({ points, from, to }) => {
  const { most, paths, line } = columns(points);
  return html`
    <${OverTime}
      most=${number(most)}
      from=${moment(from)}
      to=${moment(to)}
      parts=${[...ENDS.map(([name, tone]) => ({ name: t(`series.${name}`), tone: `fill ${tone}` })), { name: t('series.read'), tone: 'fill' }]}
    >
      ${paths.map((path, i) => html`<path key=${i} class="fill ${ENDS[i][1]}" d=${path} />`)}
      ${line && html`<polyline class="read-line" points=${line} />`}
    <//>
  `;
};

/** The section of the page of a notice. */
export function Series({ notice }) {
  const load = (options) => get(admin('notices', notice.id, 'progress', 'series') + query(span(notice)), options);
  const every = notice.finishedAt ? 0 : EVERY_SECONDS;
  const data = useData(load, [notice.id, notice.startedAt, notice.finishedAt], { topics: ['notices'], every });
  const of = data.data;
  return html`
    <${Section} id="series" data=${data} title=${t('series.title')}>
      ${of && (of.steps.length === 0 ? html`<p class="card soft">${t('series.none')}</p>` : html`<${Picture} of=${of} />`)}
    <//>
  `;
}

function Picture({ of }) {
  const points = filled(of);
  const titles = NAMES.map((name) => t(`series.${name}`));
  return html`
    <div class="card">
      <${Figure}
        caption=${finding(points, of.step)}
        columns=${[t('series.from'), ...titles]}
        rows=${[...of.steps].reverse().map((step) => [moment(step.at), ...NAMES.map((name) => number(step[name]))])}
      >
        <${Columns} points=${points} from=${of.from} to=${of.to} />
      <//>
      <p class="soft small">${t('series.counted', { time: duration(seconds(of.step)) })}</p>
    </div>
  `;
}
