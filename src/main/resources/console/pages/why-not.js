// Why one device got a notice, or did not: asked for with the reason of the visit.
import { admin, get } from '../ui/api.js';
import { useAnswer } from '../ui/data.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { Act, Facts, Input, Section, Trouble, When } from '../ui/parts.js';
import { Reason, ReasonForm } from '../ui/reason.js';
import { useStore, visitReason } from '../ui/store.js';
import { counted, t, word } from '../ui/texts.js';
import { reasonOf } from './notice-reasons.js';

/** One sentence, then what each part of the service knows; given: the device that an address names. */
export function WhyNot({ id, given = '' }) {
  const [device, setDevice] = useState(given);
  const { answer, problem, ask: put, forget } = useAnswer();
  const [asked, setAsked] = useState(false);
  const reason = useStore(visitReason);
  // An answer stands under the device that it is about, and under no other.
  const name = (next) => {
    setDevice(next);
    forget();
  };
  useEffect(() => name(given), [given]);
  const ask = (event) => {
    event?.preventDefault();
    setAsked(true);
    if (visitReason.get()) {
      put(() => get(admin('notices', id, 'devices', device.trim()), { personal: true }));
    }
  };
  return html`
    <${Section} id="why" title=${t('whyNot.title')}>
      <form class="card" onSubmit=${ask} role="search">
        <${Input} label=${t('explain.device')} hint=${t('whyNot.hint')} type="search" value=${device} onInput=${name} maxlength="80" />
        <${Act} looks submit label=${t('explain.do')} why=${device.trim() ? '' : t('explain.deviceFirst')} />
        <div role="status">
          ${problem && html`<${Trouble} problem=${problem} />`} ${answer && html`<${Answer} of=${answer} />`}
        </div>
      </form>
      ${asked && !reason ? html`<${ReasonForm} done=${ask} />` : asked && html`<${Reason} />`}
    <//>
  `;
}

/** The same beside a delivery, on a page that has the reason of the visit already. */
export function Why({ notice, device }) {
  const { answer, problem, busy, ask } = useAnswer();
  const look = () => ask(() => get(admin('notices', notice, 'devices', device), { personal: true }));
  return html`
    ${!answer && html`<button type="button" class="quiet small" disabled=${busy} onClick=${look}>${t('whyNot.thisNotice')}</button>`}
    <div role="status">${problem && html`<${Trouble} problem=${problem} />`} ${answer && html`<${Answer} of=${answer} />`}</div>
  `;
}

/** The one sentence. */
function whyNot(of) {
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
  return counted(`whyNot.${delivery.state}`, delivery.attempts, { because: reasonOf(delivery.state, delivery.reason) });
}

/** How far its push came, and who says so; that it was read stands beside it anyway. */
function stepsOf(delivery) {
  const steps = (delivery?.ladder ?? []).filter(({ step }) => step !== 'seen');
  if (steps.length === 0) {
    return [delivery?.state === 'accepted' && [word('step', 'arrived'), t('whyNot.notTold')]];
  }
  return steps.map(({ step, source, at, reason }) => [
    word('step', step),
    html`${reason && `${word('dropped', reason)} `}<${When} at=${at} near=${false} /><br /><span class="soft small">${t('whyNot.toldBy', { source: word('toldBy', source) })}</span>`,
  ]);
}

const Answer = ({ of }) => html`
  <p class="sentence">${whyNot(of)}</p>
  <${Facts}
    items=${[
      of.unmet.length > 0 && [t('whyNot.unmet'), of.unmet.map((condition) => word('condition', condition)).join(', ')],
      [t('whyNot.pushNow'), of.pushAllowedNow ? t('yes') : word('suppressed', of.pushForbiddenBecause)],
      of.delivery && [t('whyNot.due'), html`<${When} at=${of.delivery.dueAt} />`],
      of.delivery?.finishedAt && [t('whyNot.finished'), html`<${When} at=${of.delivery.finishedAt} />`],
      ...stepsOf(of.delivery),
      of.delivery?.readAt && [t('whyNot.read'), html`<${When} at=${of.delivery.readAt} />`],
      of.delivery?.movedFrom?.length > 0 && [t('whyNot.movedFrom'), of.delivery.movedFrom.map((each) => word('provider', each)).join(', ')],
      of.delivery?.recall && [t('whyNot.recall'), word('recall', of.delivery.recall)],
      of.delivery?.recall && [t('whyNot.recallFor'), word('recallFor', of.delivery.recallBecause)],
      of.throughRouter && [t('whyNot.through'), t('yes')],
    ]}
  />
`;
