// What happened to one device, from all that the service keeps of it, the newest first.
import { admin } from '../ui/api.js';
import { html } from '../ui/dom.js';
import { useList } from '../ui/lists.js';
import { List, Section, Trouble, When } from '../ui/parts.js';
import { to } from '../ui/router.js';
import { day, t, word } from '../ui/texts.js';
import { reasonOf } from './notice-reasons.js';
import { Why } from './why-not.js';

export function Timeline({ id }) {
  const list = useList(admin('devices', id, 'timeline'), {}, { limit: 25, personal: true });
  return html`
    <${Section} id="timeline" title=${t('timeline.title')}>
      <p class="soft">${t('timeline.lead')}</p>
      ${list.first.problem && html`<${Trouble} problem=${list.first.problem} retry=${list.first.reload} />`}
      <${List}
        of=${list}
        caption=${t('timeline.title')}
        columns=${[
          { title: t('audit.at'), cell: moment },
          { title: t('attempts.event'), cell: (e) => word('happened', e.what) },
          { title: t('audit.detail'), cell: (e) => html`<${About} of=${e} /><span class="written">${saidOf(e).join('; ')}</span> ${e.what === 'delivery' && html`<${Why} key=${e.notice} notice=${e.notice} device=${id} />`}` },
        ]}
      />
    <//>
  `;
}

const moment = (entry) => (entry.at ? html`<${When} at=${entry.at} near=${false} />` : html`<time datetime=${entry.day}>${t('timeline.day', { day: day(entry.day) })}</time>`);

/** The notice that an entry is about. */
const About = ({ of }) =>
  of.notice ? html`<a href=${to(['notices', of.notice])}>${of.noticeKind ? word('kind', of.noticeKind) : of.notice}</a>${of.state ? ': ' : ''}` : null;

/** What there is to say of an entry, part by part. */
function saidOf(entry) {
  const all = SAID[entry.what]?.(entry) ?? [entry.version, entry.state, entry.reason, entry.detail];
  return [...all, entry.account && t('timeline.account', { account: entry.account })].filter(Boolean);
}

const SAID = {
  seen: (e) => [t('timeline.runs', { version: e.version })],
  update: (e) => [
    `${e.version}: ${word('event', e.event)}`,
    t('timeline.state', { state: word('attempt', e.state) }),
    e.reason && word('failure', e.reason),
    e.detail,
  ],
  delivery: (e) => [word('delivery', e.state), e.reason && reasonOf(e.state, e.reason)],
  'alerts-changed': (e) => [
    t(e.alerts.push ? 'timeline.pushOn' : 'timeline.pushOff'),
    e.alerts.off.length > 0 && t('timeline.off', { categories: e.alerts.off.map((code) => word('category', code)).join(', ') }),
    e.alerts.quietFrom && t('timeline.quiet', { from: e.alerts.quietFrom, to: e.alerts.quietTo }),
    t('timeline.by', { by: word('alertsBy', e.by) }),
  ],
  'consent-given': (e) => [word('consent', e.state)],
  'consent-withdrawn': (e) => [word('consent', e.state)],
  operator: (e) => [word('action', e.state), t('timeline.by', { by: e.by }), e.detail],
};
