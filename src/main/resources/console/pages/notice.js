import { cancelNotice, pauseNotice, resumeNotice } from '../ui/actions.js';
import { admin, get, post, query } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { askToWiden } from '../ui/dialogs.js';
import { html, useState } from '../ui/dom.js';
import { Bars } from '../ui/figures.js';
import { ownWork, titleOf } from '../ui/notices.js';
import { approve, start } from '../ui/notice-life.js';
import { Act, Badge, Change, Facts, Input, Page, State, Trouble, When } from '../ui/parts.js';
import { Phones } from '../ui/phone.js';
import { Reason, ReasonForm } from '../ui/reason.js';
import { to } from '../ui/router.js';
import { session, useStore, visitReason } from '../ui/store.js';
import { duration, nameOf, number, percent, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
import { History } from './history.js';

const EVERY_SECONDS = 3;
const sum = (counts) => Object.values(counts ?? {}).reduce((all, count) => all + count, 0);

export default function Notice({ parts: [id] }) {
  const notice = useData((options) => get(admin('notices', id), options), [id], { topics: ['notices'], every: EVERY_SECONDS });
  const audit = useData((o) => get(admin('audit') + query({ subject: id, limit: 20 }), o), [id], { topics: ['notices'] });
  const of = notice.data;
  const changed = () => [notice, audit].forEach((each) => each.reload());
  return html`
    <${Page}
      title=${of ? titleOf(of) : id}
      lead=${of && html`<${State} code=${of.state} /> <span>${word('kind', of.kind)}</span>`}
      data=${notice}
      actions=${of && html`<${Actions} notice=${of} changed=${changed} />`}
    >
      ${of &&
      html`
        ${of.deliveries && of.startedAt && html`<${Progress} notice=${of} changed=${changed} />`}
        <${WhyNot} id=${id} />
        <section aria-labelledby="says"><h2 id="says">${t('notice.says')}</h2><${Phones} texts=${of.texts} /></section>
        <section aria-labelledby="to"><h2 id="to">${t('notice.to')}</h2><${About} notice=${of} /></section>
        ${audit.data && html`<section aria-labelledby="audit"><h2 id="audit">${t('release.history')}</h2><${History} entries=${audit.data.items} /></section>`}
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

/** From planned to accepted; what was not to be pushed stands beside it, out of the whole. */
function Progress({ notice, changed }) {
  const of = notice.deliveries;
  const suppressed = sum(of.suppressed);
  const failed = sum(of.failed);
  const toPush = Math.max(0, of.planned - suppressed);
  const done = toPush ? of.accepted / toPush : 0;
  return html`
    <section aria-labelledby="progress">
      <h2 id="progress">${t('notice.progress')}</h2>
      <div class="columns">
        <div class="card">
          <${Bars}
            caption=${t('notice.progressSentence', { accepted: number(of.accepted), toPush: number(toPush), share: percent(done) })}
            unit=${t('notice.step')}
            items=${[
              { name: t('notice.planned'), value: of.planned },
              { name: t('notice.toPush'), value: toPush },
              { name: t('notice.sent'), value: of.sent },
              { name: t('notice.accepted'), value: of.accepted, tone: 'good' },
              ...(failed ? [{ name: t('notice.failed'), value: failed, tone: 'bad' }] : []),
            ]}
          />
          <p class="soft small">${t('notice.acceptedMeans')}</p>
        </div>
        <div class="card">
          ${suppressed === 0
            ? html`<p class="soft">${t('notice.noneSuppressed')}</p>`
            : html`<${Bars}
                caption=${t('notice.suppressedSentence', { count: number(suppressed) })}
                unit=${t('notice.because')}
                items=${Object.entries(of.suppressed).map(([reason, value]) => ({ name: word('suppressed', reason), value, tone: 'plain' }))}
              />`}
        </div>
      </div>
      <${Facts}
        items=${[
          [t('notice.now'), of.waitsBecause ? html`<${Badge} tone="warn" text=${word('because', of.waitsBecause)} />` : of.remaining === 0 ? t('notice.nothingLeft') : t('notice.goesOut')],
          [t('notice.remaining'), number(of.remaining)],
          of.remaining > 0 && [t('notice.left'), duration(of.secondsLeft)],
          [t('notice.perSecond'), number(of.perSecond)],
          sum(of.recalls ?? {}) > 0 && [t('notice.recalls'), Object.entries(of.recalls).map(([state, value]) => `${word('recall', state)}: ${number(value)}`).join('; ')],
          notice.planning && [t('notice.planning'), notice.planning.complete ? t('notice.plannedAll') : t('notice.stillPlanning')],
          [t('notice.expires'), html`<${When} at=${notice.expiresAt} />`],
          notice.unreachable !== undefined && [t('notice.unreachable'), number(notice.unreachable)],
        ]}
      />
      ${notice.publicAnnouncementNeeded && html`<p class="card warn-text">${t('notice.publicNeeded')}</p>`}
      ${failed > 0 && html`<${Failed} notice=${notice} failed=${of.failed} count=${failed} changed=${changed} />`}
    </section>
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
        say(t('notice.released', { count: number(released) }));
        changed();
      },
    });
  return html`
    <div class="card">
      <${Bars} caption=${t('notice.failedSentence', { count: number(count) })} unit=${t('notice.because')} items=${Object.entries(failed).map(([reason, value]) => ({ name: word('failed', reason), value, tone: 'bad' }))} />
      <${Act} label=${t('notice.release')} onClick=${release} />
    </div>
  `;
}

/** Why did this device not get it? One sentence, then what each part of the service knows. */
function WhyNot({ id }) {
  const [device, setDevice] = useState('');
  const [answer, setAnswer] = useState(null);
  const [problem, setProblem] = useState(null);
  const [asked, setAsked] = useState(false);
  const reason = useStore(visitReason);
  const ask = async (event) => {
    event?.preventDefault();
    setProblem(null);
    setAnswer(null);
    setAsked(true);
    if (!visitReason.get()) {
      return;
    }
    try {
      setAnswer(await get(admin('notices', id, 'devices', device.trim()), { personal: true }));
    } catch (failure) {
      setProblem(failure);
    }
  };
  return html`
    <section aria-labelledby="why">
      <h2 id="why">${t('whyNot.title')}</h2>
      <form class="card" onSubmit=${ask} role="search">
        <${Input} label=${t('explain.device')} hint=${t('whyNot.hint')} type="search" value=${device} onInput=${setDevice} maxlength="80" />
        <${Act} looks submit label=${t('explain.do')} why=${device.trim() ? '' : t('explain.deviceFirst')} />
        <div role="status">
          ${problem && html`<${Trouble} problem=${problem} />`} ${answer && html`<${Answer} of=${answer} />`}
        </div>
      </form>
      ${asked && !reason ? html`<${ReasonForm} done=${ask} />` : asked && html`<${Reason} />`}
    </section>
  `;
}

/** The one sentence. */
export function whyNot(of) {
  const delivery = of.delivery;
  if (!of.addressed) {
    return t('whyNot.notAddressed', { because: word('notAddressed', of.notAddressedBecause ?? 'no-match') });
  }
  if (!delivery) {
    return of.pushAllowedNow ? t('whyNot.notPlanned') : t('whyNot.wouldNot', { because: word('suppressed', of.pushForbiddenBecause) });
  }
  if (delivery.state === 'pending' && !of.pushAllowedNow) {
    return t('whyNot.pendingForbidden', { because: word('suppressed', of.pushForbiddenBecause) });
  }
  const reason = delivery.reason && word(delivery.state === 'suppressed' ? 'suppressed' : 'failed', delivery.reason);
  return t(`whyNot.${delivery.state}`, { because: reason ?? '', attempts: number(delivery.attempts) });
}

const Answer = ({ of }) => html`
  <p class="sentence">${whyNot(of)}</p>
  <${Facts}
    items=${[
      of.unmet.length > 0 && [t('whyNot.unmet'), of.unmet.map((condition) => word('condition', condition)).join(', ')],
      [t('whyNot.pushNow'), of.pushAllowedNow ? t('yes') : word('suppressed', of.pushForbiddenBecause)],
      of.delivery && [t('whyNot.due'), html`<${When} at=${of.delivery.dueAt} />`],
      of.delivery?.finishedAt && [t('whyNot.finished'), html`<${When} at=${of.delivery.finishedAt} />`],
      of.delivery?.readAt && [t('whyNot.read'), html`<${When} at=${of.delivery.readAt} />`],
      of.delivery?.recall && [t('whyNot.recall'), word('recall', of.delivery.recall)],
      of.throughRouter && [t('whyNot.through'), t('yes')],
    ]}
  />
`;

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
