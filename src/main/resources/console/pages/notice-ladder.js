// How far the pushes of a notice came behind their provider, who was the first to say so, and how soon they were shown.
import { html } from '../ui/dom.js';
import { BAR, Bars, Figure, Legend, sum } from '../ui/figures.js';
import { Empty, Section } from '../ui/parts.js';
import { clock, counted, duration, number, percent, t, word } from '../ui/texts.js';

/** Who tells, in their order in a bar. */
const SOURCES = [
  ['app', 'good'],
  ['provider', 'plain'],
  ['inbox', ''],
];
/** Within which time a push is to be shown. */
const SOON = 120;
/** What the phone was right not to show, so that it is none that could be reached. */
const WANTED = ['switched-off', 'recalled', 'not-permitted'];

const devicesOf = (ladder, name) => ladder.find(({ step }) => step === name)?.devices ?? 0;

/** Only what is whole is a hundred per cent. */
const shareOf = (count, of) => percent(count < of ? Math.min(0.99, count / of) : 1);

/** Each step but dropped, which has its reasons beside it. Seen is no share of pushes: it counts devices without one, too. */
export function steps({ ladder }) {
  const accepted = devicesOf(ladder, 'accepted');
  return ladder
    .filter(({ step }) => step !== 'dropped')
    .map(({ step, devices, saidBy }) => ({
      step,
      devices,
      share: step === 'seen' || accepted === 0 ? '' : shareOf(devices, accepted),
      said: SOURCES.map(([name]) => sum(saidBy.filter(({ source }) => source === name).map((by) => by.devices))),
    }));
}

/** Whether somebody has said anything of what happened behind the provider. */
export const isTold = ({ ladder }) => ladder.some(({ step, devices }) => devices > 0 && step !== 'accepted' && step !== 'seen');

/** What the picture shows first of all. */
export function finding({ shownWithin: { reached, marks } }) {
  const soon = marks.find(({ seconds }) => seconds === SOON);
  return reached > 0 && soon
    ? t('ladder.sentence', { share: shareOf(soon.devices, reached), time: duration(SOON), shown: number(soon.devices), reached: number(reached) })
    : t('ladder.nobodyReached');
}

/** The shortest time within which half of those that could be reached were shown it. */
export function half({ reached, marks }) {
  const first = marks.find(({ devices }) => 2 * devices >= reached);
  return first ? t('ladder.half', { time: duration(first.seconds) }) : t('ladder.lessThanHalf', { time: duration(marks.at(-1)?.seconds ?? 0) });
}

/** The section of the page of a notice; of: its progress. */
export const Ladder = ({ of }) => html`
  <${Section} id="ladder" title=${t('ladder.title')}>
    ${isTold(of) ? html`<${Pictures} of=${of} />` : html`<${Nothing} accepted=${devicesOf(of.ladder, 'accepted')} />`}
  <//>
`;

const Nothing = ({ accepted }) =>
  accepted === 0
    ? html`<p class="card soft">${t('ladder.noneAccepted')}</p>`
    : html`<${Empty} title=${t('ladder.none')}><p class="soft">${t('ladder.noneWhy')}</p><//>`;

function Pictures({ of }) {
  const { reached, marks } = of.shownWithin;
  const arrived = devicesOf(of.ladder, 'arrived');
  const accepted = devicesOf(of.ladder, 'accepted');
  return html`
    <div class="columns">
      <div class="card">
        <${Steps} of=${of} />
        <p class="soft small">${t('ladder.means', { arrived: number(arrived), accepted: number(accepted) })} ${t('asOf', { time: clock(new Date(of.asOf)) })}</p>
      </div>
      ${reached > 0 &&
      html`<div class="card">
        <${Bars}
          caption=${half(of.shownWithin)}
          unit=${t('ladder.within')}
          counts=${[t('step.shown'), t('ladder.reached')]}
          items=${marks.map(({ seconds, devices }) => ({ name: duration(seconds), value: devices, of: reached, tone: 'good' }))}
        />
      </div>`}
      ${of.dropped.length > 0 && html`<div class="card"><${Dropped} of=${of.dropped} /></div>`}
    </div>
  `;
}

/** A bar a step, of parts by who said so first. */
function Steps({ of }) {
  const rows = steps(of);
  const most = Math.max(1, ...rows.map((row) => row.devices));
  const names = SOURCES.map(([name]) => word('toldBy', name));
  return html`
    <${Figure}
      caption=${finding(of)}
      columns=${[t('notice.step'), t('figure.count'), t('ladder.share'), ...names]}
      rows=${rows.map((row) => [word('step', row.step), number(row.devices), row.share, ...row.said.map(number)])}
    >
      <div aria-hidden="true">
        <ul class="bars parts">
          ${rows.map(
            (row) => html`
              <li key=${row.step}>
                <span class="bar-name">${word('step', row.step)}</span>
                <svg class="bar" viewBox="0 0 100 ${BAR}" preserveAspectRatio="none" focusable="false">
                  <rect class="track" x="0" y="0" width="100" height=${BAR} />
                  ${SOURCES.map(
                    ([name, tone], i) =>
                      html`<rect key=${name} class="fill ${tone}" x=${(100 * sum(row.said.slice(0, i))) / most} y="0" width=${(100 * row.said[i]) / most} height=${BAR} />`,
                  )}
                </svg>
                <span class="bar-value">${number(row.devices)}${row.share && ` · ${row.share}`}</span>
              </li>
            `,
          )}
        </ul>
        <${Legend} parts=${SOURCES.map(([, tone], i) => ({ name: names[i], tone: `fill ${tone}` }))} />
      </div>
    <//>
  `;
}

const Dropped = ({ of }) => html`
  <${Bars}
    caption=${counted('ladder.droppedSentence', sum(of.map((each) => each.devices)))}
    unit=${t('notice.because')}
    items=${[...of]
      .sort((one, other) => other.devices - one.devices)
      .map(({ reason, devices }) => ({ name: word('dropped', reason), value: devices, tone: WANTED.includes(reason) ? 'plain' : 'bad' }))}
  />
`;
