import { cancelNotice, pauseNotice, resumeNotice } from '../ui/actions.js';
import { admin, get, query as queryOf } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { html } from '../ui/dom.js';
import { ownWork, titleOf } from '../ui/notices.js';
import { approve, start } from '../ui/notice-life.js';
import { Act, Change, Facts, Page, Section, State, When } from '../ui/parts.js';
import { Phones } from '../ui/phone.js';
import { to } from '../ui/router.js';
import { session, useStore } from '../ui/store.js';
import { duration, nameOf, number, t, word } from '../ui/texts.js';
import { History } from './history.js';
import { Progress } from './notice-progress.js';
import { Series } from './notice-series.js';
import { WhyNot } from './why-not.js';

const EVERY_SECONDS = 3;

export default function Notice({ parts: [id], query }) {
  const notice = useData((options) => get(admin('notices', id), options), [id], { topics: ['notices'], every: EVERY_SECONDS });
  const audit = useData((o) => get(admin('audit') + queryOf({ subject: id, limit: 20 }), o), [id], { topics: ['notices'] });
  const of = notice.data;
  const changed = () => [notice, audit].forEach((each) => each.reload());
  return html`
    <${Page} title=${of ? titleOf(of) : id} lead=${of && html`<${State} code=${of.state} /> <span>${word('kind', of.kind)}</span>`}
      data=${notice} actions=${of && html`<${Actions} notice=${of} changed=${changed} />`}>
      ${of &&
      html`
        ${query.device && html`<${WhyNot} id=${id} given=${query.device} />`}
        ${of.deliveries && of.startedAt && html`<${Progress} notice=${of} changed=${changed} /><${Series} notice=${of} />`}
        ${!query.device && html`<${WhyNot} id=${id} />`}
        <${Section} id="says" title=${t('notice.says')}><${Phones} texts=${of.texts} /><//>
        <${Section} id="to" title=${t('notice.to')}><${About} notice=${of} /><//>
        ${audit.data && html`<${Section} id="audit" title=${t('release.history')}><${History} entries=${audit.data.items} /><//>`}
      `}
    <//>
  `;
}

function Actions({ notice, changed }) {
  const { who } = useStore(session);
  const mine = ownWork(who, notice.writers, who.approvals.notices);
  const draft = notice.state === 'draft';
  const waiting = draft && who.approvals.notices;
  return html`
    ${draft && html`<${Change}><a class="button" href=${to(['notices', notice.id, 'edit'])}>${t('edit')}</a><//>`}
    ${draft && html`<${Act} label=${t('notice.approve')} why=${mine} onClick=${() => approve(notice, changed)} />`}
    ${(draft || notice.state === 'approved') &&
    html`<${Act} kind="main" label=${t('notice.start')} why=${waiting ? t('approval.needed') : ''} onClick=${() => start(notice, changed)} />`}
    ${notice.state === 'running' && html`<${Act} label=${t('pause')} onClick=${() => pauseNotice(notice, changed)} />`}
    ${notice.state === 'paused' && html`<${Act} label=${t('resume')} onClick=${() => resumeNotice(notice, changed)} />`}
    ${['running', 'paused', 'scheduled', 'approved'].includes(notice.state) &&
    html`<${Act} kind="danger" label=${t('notice.cancel')} onClick=${() => cancelNotice(notice, titleOf(notice), changed)} />`}
    <${Change}><a class="button" href=${to(['notices', 'new'], { from: notice.id })}>${t('notice.duplicate')}</a><//>
  `;
}

const written = (answers) => Object.fromEntries(Object.entries(answers).map(([name, devices]) => [name, number(devices)]));

function About({ notice }) {
  const { audience, schedule } = notice;
  const list = (values, type) => values.map((code) => (type ? nameOf(type, code) : code)).join(', ');
  return html`
    <div class="card"><${Facts}
      items=${[
        [t('notice.products'), audience.products?.length ? list(audience.products) : t('all')],
        [t('notice.countries'), audience.countries?.length ? list(audience.countries, 'region') : t('all')],
        [t('notice.languages'), audience.languages?.length ? list(audience.languages, 'language') : t('all')],
        audience.kind && [t('devices.kind'), word('deviceKind', audience.kind)],
        audience.devices?.length > 0 && [t('devices.title'), list(audience.devices)],
        audience.seenWithinDays && [t('notice.seenWithin'), number(audience.seenWithinDays)],
        notice.asksConsent && [t('notice.asks'), `${word('consent', notice.asksConsent.kind)}, ${notice.asksConsent.textVersion}`],
        notice.consentAnswers && [t('notice.asked'), t('notice.askedCounts', written(notice.consentAnswers))],
        schedule.localTime && [t('notice.localTime'), `${schedule.date ?? ''} ${schedule.localTime}`],
        schedule.at && [t('notice.at'), html`<${When} at=${schedule.at} />`],
        schedule.spreadSeconds > 0 && [t('notice.spread'), duration(schedule.spreadSeconds)],
        [t('notice.ttl'), duration(notice.ttlSeconds)],
        [t('notice.writers'), notice.writers.join(', ')],
        notice.approvedBy && [t('notice.approvedBy'), notice.approvedBy],
        [t('notice.started'), html`<${When} at=${notice.startedAt} />`],
      ]}
    /></div>
    <details><summary>JSON</summary><pre>${JSON.stringify(notice, null, 2)}</pre></details>
  `;
}
