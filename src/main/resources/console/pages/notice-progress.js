// How far a notice is: from planned to accepted and read, who did not get it and why, and where they are.
import { admin, get, post } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { askToWiden } from '../ui/dialogs.js';
import { html } from '../ui/dom.js';
import { Bars, sum } from '../ui/figures.js';
import { Act, Badge, Facts, Section, Trouble, When } from '../ui/parts.js';
import { clock, counted, duration, nameOf, number, percent, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
import { Ladder } from './notice-ladder.js';
import { reasonBars, reasonOf, rowsOf } from './notice-reasons.js';

const EVERY_SECONDS = 30;
const MOST_PLACES = 12;
/** So long after a push was accepted phones may tell what became of it. */
const TOLD_FOR_MILLIS = 30 * 86_400_000;
const totalOf = (counts) => sum(Object.values(counts ?? {}));

/** Whether nothing more can come of its pushes: until then it is asked for again. */
export const isOver = ({ finishedAt }) => Boolean(finishedAt) && Date.now() - Date.parse(finishedAt) > TOLD_FOR_MILLIS;

/** By country and language, how many have read it, and how far its pushes came: counts which tell their own time. */
function usePlaces(notice) {
  const every = isOver(notice) ? 0 : EVERY_SECONDS;
  return useData((options) => get(admin('notices', notice.id, 'progress'), options), [notice.id, notice.finishedAt], { topics: ['notices'], every });
}

/** From planned to accepted; what was not to be pushed stands beside it, out of the whole. */
export function Progress({ notice, changed }) {
  const places = usePlaces(notice);
  const of = notice.deliveries;
  const suppressed = totalOf(of.suppressed);
  const failed = totalOf(of.failed);
  return html`
    <${Section} id="progress" title=${t('notice.progress')}>
      <div class="columns">
        <div class="card"><${Funnel} notice=${notice} toPush=${Math.max(0, of.planned - suppressed)} failed=${failed} places=${places.data} /></div>
        <div class="card">
          ${suppressed === 0
            ? html`<p class="soft">${t('notice.noneSuppressed')}</p>`
            : html`<${Bars}
                caption=${counted('notice.suppressedSentence', suppressed)}
                unit=${t('notice.because')}
                items=${reasonBars(notice.id, 'suppressed', of.suppressed, 'plain')}
              />`}
        </div>
      </div>
      <${Standing} notice=${notice} />
      ${notice.publicAnnouncementNeeded && html`<p class="card warn-text">${t('notice.publicNeeded')}</p>`}
      ${failed > 0 && html`<${Failed} notice=${notice} failed=${of.failed} count=${failed} changed=${changed} />`}
      ${places.problem && !places.data && html`<${Trouble} problem=${places.problem} retry=${places.reload} />`}
      ${places.data && html`<${Places} of=${places.data} />`}
    <//>
    ${places.data && html`<${Ladder} of=${places.data} />`}
  `;
}

function Funnel({ notice, toPush, failed, places }) {
  const of = notice.deliveries;
  const done = toPush ? of.accepted / toPush : 0;
  const rows = (filters) => rowsOf(notice.id, filters);
  return html`
    <${Bars}
      caption=${t('notice.progressSentence', { accepted: number(of.accepted), toPush: number(toPush), share: percent(done) })}
      unit=${t('notice.step')}
      items=${[
        { name: t('notice.planned'), value: of.planned, href: rows({}) },
        { name: t('notice.toPush'), value: toPush },
        { name: t('notice.sent'), value: of.sent },
        { name: t('notice.accepted'), value: of.accepted, tone: 'good', href: rows({ state: 'accepted' }) },
        ...(failed ? [{ name: t('notice.failed'), value: failed, tone: 'bad', href: rows({ state: 'dead' }) }] : []),
        ...(places ? [{ name: t('notice.read'), value: places.readCount, tone: 'good' }] : []),
      ]}
    />
    <p class="soft small">${t('notice.acceptedMeans')}</p>
    ${places && html`<p class="soft small">${t('notice.readMeans', { time: clock(new Date(places.asOf)) })}</p>`}
  `;
}

/** What is left, by what it does. */
function Remaining({ notice }) {
  const { remaining, byState } = notice.deliveries;
  const parts = ['pending', 'sending'].filter((state) => byState[state] > 0);
  return html`
    ${number(remaining)}
    ${parts.map((state) => html`<span key=${state} class="small"><br /><a href=${rowsOf(notice.id, { state })}>${word('delivery', state)}: ${number(byState[state])}</a></span>`)}
  `;
}

function Standing({ notice }) {
  const of = notice.deliveries;
  return html`
    <${Facts}
      items=${[
        [t('notice.now'), of.waitsBecause ? html`<${Badge} tone="warn" text=${reasonOf('pending', of.waitsBecause)} />` : of.remaining === 0 ? t('notice.nothingLeft') : t('notice.goesOut')],
        [t('notice.remaining'), html`<${Remaining} notice=${notice} />`],
        of.remaining > 0 && [t('notice.left'), duration(of.secondsLeft)],
        [t('notice.perSecond'), number(of.perSecond)],
        totalOf(of.recalls) > 0 && [t('notice.recalls'), Object.entries(of.recalls).map(([state, value]) => `${word('recall', state)}: ${number(value)}`).join('; ')],
        notice.planning && [t('notice.planning'), notice.planning.complete ? t('notice.plannedAll') : t('notice.stillPlanning')],
        [t('notice.expires'), html`<${When} at=${notice.expiresAt} />`],
        notice.unreachable !== undefined && [t('notice.unreachable'), number(notice.unreachable)],
      ]}
    />
  `;
}

function Failed({ notice, failed, count, changed }) {
  const release = () =>
    askToWiden({
      title: t('notice.releaseTitle'),
      sentence: t('notice.releaseSentence'),
      count,
      total: notice.deliveries.planned,
      label: t('notice.releaseDo'),
      act: async () => {
        const { released } = await post(admin('dead-letters', 'release'), { notice: notice.id });
        say(counted('notice.released', released));
        changed();
      },
    });
  return html`
    <div class="card">
      <${Bars} caption=${counted('notice.failedSentence', count)} unit=${t('notice.because')} items=${reasonBars(notice.id, 'dead', failed, 'bad')} />
      <${Act} label=${t('notice.release')} onClick=${release} />
    </div>
  `;
}

/** Those with the most devices one by one, and the rest together. */
export function largest(places, nameOfPlace) {
  const sorted = [...places].sort((one, other) => other.planned - one.planned);
  const rest = sorted.slice(MOST_PLACES);
  const added = (name) => sum(rest.map((place) => place[name]));
  const shown = sorted.slice(0, MOST_PLACES).map((place) => ({ name: nameOfPlace(place.value), value: place.accepted, of: place.planned, tone: 'good' }));
  return rest.length ? [...shown, { name: t('others'), value: added('accepted'), of: added('planned'), tone: 'good' }] : shown;
}

const placeName = (type) => (code) => (code === 'unknown' ? t('unknown') : nameOf(type, code));

const Places = ({ of }) => html`
  <div class="columns">
    <${ByPlace} title=${t('notice.byCountry')} sentence="notice.countrySentence" unit=${t('fact.country')} items=${largest(of.countries, placeName('region'))} asOf=${of.asOf} />
    <${ByPlace} title=${t('notice.byLanguage')} sentence="notice.languageSentence" unit=${t('fact.language')} items=${largest(of.languages, placeName('language'))} asOf=${of.asOf} />
  </div>
`;

function ByPlace({ title, sentence, unit, items, asOf }) {
  const [first] = items;
  return (
    first &&
    html`<div class="card">
      <h3>${title}</h3>
      <${Bars}
        caption=${t(sentence, { place: first.name, accepted: number(first.value), planned: number(first.of) })}
        unit=${unit}
        counts=${[t('notice.accepted'), t('notice.planned')]}
        items=${items}
      />
      <p class="soft small">${t('notice.placeMeans')} ${t('asOf', { time: clock(new Date(asOf)) })}</p>
    </div>`
  );
}
