import { html, useState } from '../ui/dom.js';
import { KINDS } from '../ui/notices.js';
import { Area, Choice, Input, Moment, Section, Tick } from '../ui/parts.js';
import { nameOf, t, word } from '../ui/texts.js';
import { Codes, Written } from '../ui/written.js';
import { withMember } from './draft-form.js';

const POLICY = ['processing-purposes', 'ownership', 'recipients', 'user-rights', 'contact', 'risk-assessment'];
const ADVICE = ['situation', 'measures', 'selfProtection', 'remedies'];
const DAY_SECONDS = 86_400;

export function NoticeForm({ draft, onInput, products }) {
  const set = (part) => onInput({ ...draft, ...part });
  const isIncident = draft.kind === 'security-incident';
  return html`
    <${Section} id="kind" kind="card" title=${t('editor.kind')}>
      <div class="fields">
        <${Choice} label=${t('devices.kind')} hint=${t(`kindHint.${draft.kind}`)} value=${draft.kind} options=${KINDS.map((k) => [k, word('kind', k)])} onInput=${(kind) => set({ kind })} />
        <${Choice}
          label=${t('editor.default')}
          hint=${t('editor.defaultHint')}
          value=${draft.defaultLanguage}
          options=${Object.keys(draft.texts).map((tag) => [tag, nameOf('language', tag)])}
          onInput=${(defaultLanguage) => set({ defaultLanguage })}
        />
        ${draft.kind === 'policy-revision' &&
        html`<${Choice}
          label=${t('editor.policy')}
          value=${draft.policyChange ?? ''}
          options=${[['', t('choose')], ...POLICY.map((p) => [p, word('policy', p)])]}
          onInput=${(policyChange) => onInput(withMember(draft, 'policyChange', policyChange))}
        /><${Asks} asks=${draft.asksConsent ?? {}} set=${(asks) => onInput(withMember(draft, 'asksConsent', asks.kind && asks))} />`}
      </div>
    <//>
    <${Section} id="texts" title=${t('editor.texts')}>
      <p class="soft">${t('editor.variables', { product: '{product}', version: '{version}' })}</p>
      <${Written} withGauge=${true} path="texts" first=${draft.defaultLanguage} texts=${draft.texts} onInput=${(texts) => set({ texts })} more=${isIncident ? advice : undefined} />
    <//>
    <${Audience} audience=${draft.audience ?? {}} products=${products} onInput=${(audience) => set({ audience })} />
    <${Schedule} draft=${draft} set=${set} />
  `;
}

function Asks({ asks, set }) {
  const input = (name, label) => html`<${Input} path=${`asksConsent.${name}`} label=${label} value=${asks[name] ?? ''} onInput=${(value) => set(withMember(asks, name, value))} maxlength=${name === 'textVersion' ? 40 : 200} required />`;
  const choose = (kind) => set(withMember(kind === 'cross-border' ? asks : { textVersion: asks.textVersion }, 'kind', kind));
  return html`
    <${Choice} label=${t('editor.asks')} hint=${t('editor.asksHint')} value=${asks.kind ?? ''} options=${[['', t('editor.asksNothing')], ...['push', 'cross-border'].map((k) => [k, word('consent', k)])]} onInput=${choose} />
    ${asks.kind && input('textVersion', t('editor.asksVersion'))}
    ${asks.kind === 'cross-border' && [input('data', t('editor.asksData')), input('recipient', t('editor.asksRecipient'))]}
  `;
}

const advice = (tag, text, change) => html`
  ${ADVICE.map(
    (name) => html`<${Area}
      key=${name}
      label=${t(`editor.${name}`)}
      rows="2"
      value=${text.incident?.[name] ?? ''}
      onInput=${(value) => change({ incident: { ...text.incident, [name]: value } })}
      lang=${tag}
      dir="auto"
      maxlength="2000"
    />`,
  )}
`;

function Audience({ audience, products, onInput }) {
  const field = (name) => ({ path: `audience.${name}`, value: audience[name], onInput: (codes) => onInput(withMember(audience, name, codes)) });
  const chosen = audience.products ?? [];
  const range = (name) => ({
    value: audience.versions?.[name] ?? '',
    onInput: (value) => {
      const versions = withMember(audience.versions ?? {}, name, value.trim());
      onInput(withMember(audience, 'versions', Object.keys(versions).length ? versions : ''));
    },
  });
  return html`
    <${Section} id="audience" kind="card" title=${t('notice.to')}>
      <fieldset class="ticks">
        <legend>${t('notice.products')} <span class="soft small">${t('editor.noneMeansAll')}</span></legend>
        ${products.map(
          (p) => html`<${Tick}
            key=${p.id}
            label=${p.name}
            checked=${chosen.includes(p.id)}
            onInput=${(on) => onInput(withMember(audience, 'products', on ? [...chosen, p.id] : chosen.filter((id) => id !== p.id)))}
          />`,
        )}
      </fieldset>
      <div class="fields">
        <${Codes} upper label=${t('notice.countries')} hint=${t('draft.codesHint')} placeholder="DE, AT" ...${field('countries')} />
        <${Codes} label=${t('notice.languages')} hint=${t('written.addHint')} placeholder="de, en" ...${field('languages')} />
        <${Choice} label=${t('editor.deviceKind')} value=${audience.kind ?? ''} options=${[['', t('all')], ...['phone', 'router'].map((k) => [k, word('deviceKind', k)])]} onInput=${(kind) => onInput(withMember(audience, 'kind', kind))} />
        <${Input} path="audience.versions.from" label=${t('editor.versionFrom')} maxlength="80" ...${range('from')} />
        <${Input} path="audience.versions.before" label=${t('editor.versionBefore')} maxlength="80" ...${range('before')} />
        <${Input} path="audience.seenWithinDays" label=${t('notice.seenWithin')} type="number" min="1" value=${audience.seenWithinDays ?? ''} onInput=${(v) => onInput(withMember(audience, 'seenWithinDays', v === '' ? '' : Number(v)))} />
        <${Codes} wide label=${t('editor.devices')} hint=${t('editor.devicesHint')} placeholder="dev_..." ...${field('devices')} />
      </div>
    <//>
  `;
}

function Schedule({ draft, set }) {
  const schedule = draft.schedule ?? {};
  const [when, setWhen] = useState(schedule.localTime ? 'local' : schedule.at ? 'at' : 'now');
  const change = (part) => set({ schedule: { ...schedule, ...part } });
  const spread = schedule.spreadSeconds ? { spreadSeconds: schedule.spreadSeconds } : {};
  return html`
    <${Section} id="schedule" kind="card" title=${t('editor.when')}>
      <div class="fields">
        <${Choice}
          label=${t('editor.when')}
          hint=${t(`editor.when.${when}Hint`)}
          value=${when}
          options=${['now', 'at', 'local'].map((w) => [w, t(`editor.when.${w}`)])}
          onInput=${(w) => {
            setWhen(w);
            set({ schedule: spread });
          }}
        />
        ${when === 'at' && html`<${Moment} path="schedule.at" label=${t('notice.at')} value=${schedule.at} onInput=${(at) => change({ at })} />`}
        ${when === 'local' &&
        html`
          <${Input} path="schedule.date" label=${t('editor.date')} type="date" value=${schedule.date ?? ''} onInput=${(date) => change({ date })} />
          <${Input} path="schedule.localTime" label=${t('notice.localTime')} type="time" value=${schedule.localTime ?? ''} onInput=${(localTime) => change({ localTime })} />
        `}
        <${Input} path="schedule.spreadSeconds" label=${t('editor.spread')} hint=${t('editor.spreadHint')} type="number" min="0" value=${schedule.spreadSeconds ? schedule.spreadSeconds / 60 : ''} onInput=${(v) => change({ spreadSeconds: v === '' ? 0 : Math.round(Number(v) * 60) })} />
        <${Input} path="ttlSeconds" label=${t('editor.ttl')} hint=${t('editor.ttlHint')} type="number" min="1" max="28" value=${draft.ttlSeconds ? draft.ttlSeconds / DAY_SECONDS : ''} onInput=${(v) => set({ ttlSeconds: v === '' ? undefined : Math.round(Number(v) * DAY_SECONDS) })} />
      </div>
    <//>
  `;
}
