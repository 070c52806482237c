import { html, useState } from '../ui/dom.js';
import { Choice, Input, Section, Tick } from '../ui/parts.js';
import { PhaseFields, asFields, asPhases } from '../ui/phases.js';
import { counted, t, word } from '../ui/texts.js';
import { Codes, Written } from '../ui/written.js';

/** A copy with one member changed; one that is empty is left out. */
export const withMember = (of, name, value) => {
  const { [name]: before, ...rest } = of;
  const isEmpty = value === '' || value === undefined || value === false || (Array.isArray(value) && value.length === 0);
  return isEmpty ? rest : { ...rest, [name]: value };
};

export function DraftForm({ draft, onInput, products, isNew }) {
  const set = (name) => (value) => onInput(withMember(draft, name, value));
  // Required, so an empty one stays to be seen.
  const text = (name) => ({ value: draft[name] ?? '', onInput: (value) => onInput({ ...draft, [name]: value }) });
  return html`
    <${Section} id="basics" kind="card" title=${t('draft.basics')}>
      <div class="fields">
        <${Choice}
          label=${t('product')}
          disabled=${!isNew}
          options=${[['', t('choose')], ...products.map((p) => [p.id, p.name])]}
          ...${text('product')}
        />
        <${Input} path="version" label=${t('release.version')} hint=${t('draft.versionHint')} maxlength="80" disabled=${!isNew} ...${text('version')} />
        <${Choice} label=${t('release.severity')} options=${['security', 'critical', 'recommended', 'optional'].map((s) => [s, word('severity', s)])} ...${text('severity')} />
        <${Input} path="channel" label=${t('channel')} hint=${t('draft.channelHint')} value=${draft.channel ?? ''} onInput=${set('channel')} maxlength="40" placeholder="stable" />
        <${Tick} label=${t('draft.mandatory')} checked=${draft.mandatory ?? false} onInput=${set('mandatory')} />
      </div>
    <//>
    <${Section} id="notes" title=${t('draft.notes')}>
      <${Written} path="notes" first=${products.find((p) => p.id === draft.product)?.defaultLanguage} texts=${draft.notes ?? {}} onInput=${(notes) => onInput({ ...draft, notes })} />
    <//>
    ${draft.severity === 'security' && html`<${Advisory} advisory=${draft.advisory ?? {}} onInput=${(advisory) => onInput({ ...draft, advisory })} />`}
    <${Countries} rule=${draft.countries ?? {}} onInput=${(rule) => onInput(withMember(draft, 'countries', Object.keys(rule).length ? rule : ''))} />
    <${Section} id="phases" kind="card" title=${t('release.rollout')}>
      <p class="soft">${t('draft.phasesLead')}</p>
      <${Phases} draft=${draft} onInput=${onInput} />
    <//>
    <${Artifacts} artifacts=${draft.artifacts ?? []} onInput=${set('artifacts')} />
    ${draft.rules?.length > 0 && html`<p class="soft">${counted('draft.rulesInJson', draft.rules.length)}</p>`}
  `;
}

function Phases({ draft, onInput }) {
  const [fields, setFields] = useState(asFields(draft.rollout?.phases ?? []));
  const typed = (next) => {
    setFields(next);
    onInput({ ...draft, rollout: { ...draft.rollout, phases: asPhases(next) } });
  };
  return html`<${PhaseFields} fields=${fields} onInput=${typed} />`;
}

function Countries({ rule, onInput }) {
  const field = (name) => ({ path: `countries.${name}`, value: rule[name], onInput: (codes) => onInput(withMember(rule, name, codes)) });
  return html`
    <${Section} id="countries" kind="card" title=${t('draft.countries')}>
      <div class="fields">
        <${Codes} upper label=${t('release.onlyIn')} hint=${t('draft.codesHint')} placeholder="DE, AT" ...${field('allow')} />
        <${Codes} upper label=${t('release.notIn')} hint=${t('draft.codesHint')} placeholder="CN" ...${field('deny')} />
      </div>
    <//>
  `;
}

function Advisory({ advisory, onInput }) {
  const field = (name) => ({ value: advisory[name] ?? '', onInput: (value) => onInput({ ...advisory, [name]: value }) });
  const range = (name) => ({
    value: advisory.affected?.[name] ?? '',
    onInput: (value) => onInput({ ...advisory, affected: withMember(advisory.affected ?? {}, name, value) }),
  });
  return html`
    <${Section} id="advisory" kind="card" title=${t('draft.advisory')}>
      <div class="fields">
        <${Input} path="advisory.id" label=${t('draft.advisoryId')} maxlength="80" ...${field('id')} />
        <${Choice} label=${t('release.severity')} options=${[['', t('choose')], ...['low', 'medium', 'high', 'critical'].map((s) => [s, word('advisorySeverity', s)])]} ...${field('severity')} />
        <${Input} path="advisory.affected.from" label=${t('draft.affectedFrom')} maxlength="80" ...${range('from')} />
        <${Input} path="advisory.affected.before" label=${t('draft.affectedBefore')} maxlength="80" ...${range('before')} />
        <${Input} path="advisory.description" label=${t('draft.description')} maxlength="2000" ...${field('description')} />
        <${Input} path="advisory.remedy" label=${t('draft.remedy')} maxlength="2000" ...${field('remedy')} />
      </div>
    <//>
  `;
}

function Artifacts({ artifacts, onInput }) {
  const change = (i, name, value) => onInput(artifacts.map((each, at) => (at === i ? { ...each, [name]: value } : each)));
  return html`
    <${Section} id="artifacts" kind="card" title=${t('release.artifacts')}>
      ${artifacts.map(
        (artifact, i) => html`
          <fieldset class="phase" key=${i}>
            <legend>${t('draft.artifact', { number: i + 1 })}</legend>
            <div class="fields">
              <${Input} path=${`artifacts[${i}].name`} label=${t('name')} value=${artifact.name ?? ''} onInput=${(v) => change(i, 'name', v)} maxlength="200" />
              <${Input} path=${`artifacts[${i}].url`} label="URL" value=${artifact.url ?? ''} onInput=${(v) => change(i, 'url', v)} maxlength="2000" placeholder="https://" />
              <${Input} path=${`artifacts[${i}].size`} label=${t('draft.bytes')} type="number" min="0" value=${artifact.size ?? ''} onInput=${(v) => change(i, 'size', v === '' ? undefined : Number(v))} />
              <${Input} path=${`artifacts[${i}].sha256`} label="SHA-256" value=${artifact.sha256 ?? ''} onInput=${(v) => change(i, 'sha256', v.trim().toLowerCase())} maxlength="64" />
              <span class="act"><button type="button" onClick=${() => onInput(artifacts.filter((_, at) => at !== i))}>${t('remove')}</button></span>
            </div>
          </fieldset>
        `,
      )}
      <button type="button" onClick=${() => onInput([...artifacts, { name: '', url: '', sha256: '' }])}>${t('draft.addArtifact')}</button>
    <//>
  `;
}
