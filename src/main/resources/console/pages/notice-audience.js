// Whom a saved draft of a notice reaches.
import { admin, get, post } from '../ui/api.js';
import { useAnswer, useData } from '../ui/data.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { Bars } from '../ui/figures.js';
import { Act, Facts, Section, Trouble } from '../ui/parts.js';
import { Phones } from '../ui/phone.js';
import { counted, duration, moment, nameOf, number, t, word } from '../ui/texts.js';

const EVERY_MILLIS = 2_000;

const bars = (counts, name) =>
  Object.entries(counts)
    .map(([code, value]) => ({ name: code ? name(code) : t('unknown'), value }))
    .sort((a, b) => b.value - a.value)
    .slice(0, 15);

/** Whom the saved draft reaches: counted at once, and device by device behind the button. */
export function Audience({ id, unsaved }) {
  const reached = useData((options) => get(admin('notices', id, 'audience'), options), [id]);
  const of = reached.data;
  return html`
    <${Section} id="whom" title=${t('editor.whom')}>
      ${unsaved && html`<p class="soft">${t('draft.checksSaved')}</p>`}
      ${reached.problem && html`<${Trouble} problem=${reached.problem} retry=${reached.reload} />`}
      ${of &&
      html`
        <p class="card sentence">
          ${of.addressed === undefined ? counted('editor.atMost', of.atMost) : counted('editor.addressed', of.addressed)}
        </p>
        <div class="columns">
          ${of.byCountry && html`<div class="card"><${Bars} caption=${t('editor.byCountry')} unit=${t('fact.country')} items=${bars(of.byCountry, (c) => nameOf('region', c))} /></div>`}
          ${of.byLanguage && html`<div class="card"><${Bars} caption=${t('editor.byLanguage')} unit=${t('fact.language')} items=${bars(of.byLanguage, (c) => nameOf('language', c))} /></div>`}
        </div>
      `}
      <${Preview} id=${id} />
    <//>
  `;
}

/** At once, or of an audience that is too large for that by a report, which a job makes. */
function Preview({ id }) {
  const [preview, setPreview] = useState(null);
  const { problem, busy, ask, forget } = useAnswer();
  const [report, setReport] = useState(null);
  const look = () => ask(async () => setPreview(await post(admin('notices', id, 'preview'))));
  const begin = () => ask(async () => setReport(await post(admin('notices', id, 'previews'))));
  const follow = () =>
    ask(async () => {
      const now = document.hidden ? report : await get(admin('notices', id, 'previews', report.id), { timer: true });
      // A copy: what is the same as before is asked for again, too.
      setReport({ ...now });
      setPreview(now.preview ?? null);
    });
  useEffect(() => {
    if (report?.state !== 'running') {
      return undefined;
    }
    const timer = setTimeout(follow, EVERY_MILLIS);
    return () => clearTimeout(timer);
  }, [report]);
  const goOn = () => {
    forget();
    setReport({ ...report });
  };
  const isTooLarge = problem?.code === 'too-many-devices';
  const isUnderWay = report?.state === 'running';
  return html`
    <p><${Act} label=${t('editor.preview')} busy=${busy || isUnderWay} onClick=${look} /></p>
    ${problem && html`<${Trouble} problem=${problem} retry=${isUnderWay ? goOn : undefined} />`}
    ${isTooLarge && !isUnderWay && html`<p><${Act} kind="main" label=${t('editor.report')} busy=${busy} onClick=${begin} /></p>`}
    <div role="status">
      ${isUnderWay && html`<p class="soft">${t('editor.reportUnderWay', { walked: number(report.walked), fleet: number(report.fleet) })}</p>`}
      ${report?.state === 'failed' && html`<p class="warn-text">${t('editor.reportFailed', { why: report.failure ?? '' })}</p>`}
    </div>
    ${preview && html`<${Found} of=${preview} />`}
  `;
}

const Found = ({ of }) => html`
  <${Facts}
    items=${[
      [t('notice.planned'), number(of.addressed)],
      [t('editor.pushed'), number(of.pushed)],
      ...Object.entries(of.suppressed).map(([reason, count]) => [word('suppressed', reason), number(count)]),
      [t('editor.takes'), duration(of.expectedSeconds)],
      of.unreachable !== undefined && [t('notice.unreachable'), number(of.unreachable)],
    ]}
  />
  ${of.vendors && html`<${Vendors} of=${of.vendors} />`}
  <h3>${t('editor.asFirst')}</h3>
  <${Phones} texts=${of.texts} />
`;

/** Which phone is of which vendor, nobody knows: each is told by itself. */
const Vendors = ({ of }) => html`
  <h3>${t('editor.vendors')}</h3>
  <${Facts}
    items=${[
      [t('editor.vendorPushed'), number(of.pushed)],
      of.othersThatDay > 0 && [t('editor.vendorOthers'), number(of.othersThatDay)],
    ]}
  />
  ${of.effects.length > 0
    ? html`<ul>${of.effects.map((effect, at) => html`<li key=${at}>${saidOf(effect)}</li>`)}</ul>`
    : html`<p class="soft">${t('editor.vendorsNone')}</p>`}
`;

const saidOf = ({ vendor, hiddenFrom, hiddenUntil, lostIfSentBefore, perDay }) =>
  [
    hiddenUntil && t('editor.vendorHidden', { vendor, from: moment(hiddenFrom), until: moment(hiddenUntil) }),
    lostIfSentBefore && t('editor.vendorLost', { at: moment(lostIfSentBefore) }),
    perDay !== undefined && t('editor.vendorCap', { vendor, count: number(perDay) }),
  ]
    .filter(Boolean)
    .join(' ');
