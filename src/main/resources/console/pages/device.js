import { admin, get, post } from '../ui/api.js';
import { useData } from '../ui/data.js';
import { askToEnd } from '../ui/dialogs.js';
import { html, useEffect } from '../ui/dom.js';
import { Act, Badge, Change, Facts, Page, When } from '../ui/parts.js';
import { Reason, ReasonForm } from '../ui/reason.js';
import { to } from '../ui/router.js';
import { useStore, visitReason } from '../ui/store.js';
import { day, nameOf, showZoneOf, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';
import { Attempts } from './attempts.js';
import { Timeline } from './timeline.js';

export default function Device({ parts: [id] }) {
  const reason = useStore(visitReason);
  return reason ? html`<${Shown} id=${id} />` : html`<${Page} title=${t('device')} lead=${html`<code>${id}</code>`}><${ReasonForm} /><//>`;
}

function Shown({ id }) {
  const data = useData((options) => get(admin('devices', id), { ...options, personal: true }), [id]);
  const of = data.data;
  // What is drawn below has its times there, where that is chosen.
  showZoneOf(of?.timezone);
  useEffect(() => showZoneOf, []);
  const revoke = () =>
    askToEnd({
      title: t('devices.revokeTitle'),
      text: t('devices.revokeText'),
      name: id.slice(-6),
      label: t('devices.revokeDo'),
      act: async () => {
        await post(admin('devices', id, 'revoke'));
        say(t('devices.revoked'));
        data.reload();
      },
    });
  return html`
    <${Page}
      title=${t('device')}
      lead=${html`<code>${id}</code>`}
      data=${data}
      actions=${of &&
      html`<${Change}><a class="button main" href=${to(['explain'], { device: id })}>${t('devices.why')}</a><//>
        <${Act} kind="danger" label=${t('devices.revoke')} why=${of.revoked ? t('devices.isRevoked') : ''} onClick=${revoke} />`}
    >
      <${Reason} />
      ${of &&
      html`<div class="card">
        <${Facts}
          items=${[
            [t('product'), html`<a href=${to(['products', of.product])}>${of.product}</a>`],
            [t('devices.kind'), word('deviceKind', of.kind)],
            [t('release.version'), of.version],
            [t('fact.country'), of.country ? `${nameOf('region', of.country)} (${of.country})` : '-'],
            [t('fact.timezone'), of.timezone ?? '-'],
            [t('fact.language'), of.language ? nameOf('language', of.language) : '-'],
            [t('channel'), of.channel],
            of.hardware && [t('fact.hardware'), of.hardware],
            [t('devices.push'), html`<${Badge} tone=${of.pushAddress ? 'good' : 'plain'} text=${t(of.pushAddress ? 'yes' : 'no')} />`],
            [t('devices.linked'), t(of.linked ? 'yes' : 'no')],
            [t('devices.registered'), html`<${When} at=${of.registeredAt} />`],
            [t('devices.seen'), day(of.lastSeen)],
            of.revoked && [t('release.state'), html`<${Badge} tone="bad" text=${t('devices.isRevoked')} />`],
          ]}
        />
      </div>
      <${Attempts} id=${id} />
        <${Timeline} id=${id} />`}
    <//>
  `;
}
