import { admin, get, post } from '../ui/api.js';
import { useAnswer, useData } from '../ui/data.js';
import { html, useEffect, useState } from '../ui/dom.js';
import { Act, Badge, Choice, Facts, Input, Moment, Page, Section, Tick, Trouble, When } from '../ui/parts.js';
import { Reason, ReasonForm } from '../ui/reason.js';
import { refine, to } from '../ui/router.js';
import { useStore, visitReason } from '../ui/store.js';
import { instantOf, moment, nameOf, number, percent, t, word } from '../ui/texts.js';
import { optionsOf, useProducts } from './search.js';

const FACTS = ['product', 'version', 'country', 'timezone', 'language', 'channel', 'cohort', 'hardware', 'counter'];
const BUCKETS = 10_000;

const given = (query) => Boolean(query.device || (query.product && query.version));

export default function Explain({ query }) {
  const { answer, problem, ask: put, forget } = useAnswer();
  const reason = useStore(visitReason);
  const wantsReason = Boolean(query.device) && !reason;
  const ask = (of) => put(() => post(admin('explain'), body(of), { personal: Boolean(of.device) }));
  useEffect(() => {
    if (given(query) && !wantsReason) {
      ask(query);
    } else {
      forget();
    }
  }, [JSON.stringify(query), wantsReason]);
  return html`
    <${Page} title=${t('explain.title')} lead=${t('explain.lead')}>
      <${Question} query=${query} ask=${(of) => (JSON.stringify(of) === JSON.stringify(query) ? ask(of) : refine(of))} />
      ${wantsReason ? html`<${ReasonForm} />` : query.device && html`<${Reason} />`}
      <div aria-live="polite">
        ${problem && html`<${Trouble} problem=${problem} />`}
        ${answer ? html`<${Answer} of=${answer} query=${query} />` : given(query) && !problem && !wantsReason && html`<p class="soft">${t('loading')}</p>`}
      </div>
      ${!given(query) && html`<${Examples} />`}
    <//>
  `;
}

function body({ device, at, manual, ...facts }) {
  const moment = at ? { at: instantOf(at) ?? at } : {};
  if (device) {
    return { deviceId: device, ...moment };
  }
  const told = Object.fromEntries(FACTS.filter((fact) => facts[fact]).map((fact) => [fact, facts[fact]]));
  return { ...told, ...(told.counter ? { counter: Number(told.counter) } : {}), ...(manual ? { manual: true } : {}), ...moment };
}

function Question({ query, ask }) {
  const [by, setBy] = useState('device');
  const [fields, setFields] = useState({ ...query });
  useEffect(() => {
    setFields({ ...query });
    setBy(query.product && !query.device ? 'facts' : 'device');
  }, [JSON.stringify(query)]);
  const products = useProducts();
  const field = (name) => ({ value: fields[name] ?? '', onInput: (value) => setFields({ ...fields, [name]: value }) });
  const none = Object.fromEntries([...FACTS, 'device', 'at', 'manual'].map((name) => [name, undefined]));
  const submit = (event) => {
    event.preventDefault();
    const device = by === 'device' ? { device: fields.device?.trim() } : {};
    const facts = by === 'facts' ? Object.fromEntries(FACTS.map((name) => [name, fields[name]])) : {};
    ask(clean({ ...none, ...device, ...facts, at: fields.at, manual: by === 'facts' ? fields.manual : '' }));
  };
  const why = by === 'device' ? (fields.device?.trim() ? '' : t('explain.deviceFirst')) : fields.product && fields.version ? '' : t('explain.factsFirst');
  return html`
    <form class="card" onSubmit=${submit}>
      <fieldset class="tabs">
        <legend class="hidden-text">${t('explain.by')}</legend>
        ${['device', 'facts'].map(
          (each) => html`<label key=${each}><input type="radio" name="by" checked=${by === each} onChange=${() => setBy(each)} /> ${t(`explain.by.${each}`)}</label>`,
        )}
      </fieldset>
      <div class="fields">
        ${by === 'device'
          ? html`<${Input} wide label=${t('explain.device')} hint=${t('explain.deviceHint')} type="search" ...${field('device')} maxlength="80" />`
          : html`
              <${Choice} label=${t('product')} options=${[['', t('choose')], ...optionsOf(products)]} ...${field('product')} />
              <${Input} label=${t('explain.version')} ...${field('version')} maxlength="80" />
              ${FACTS.slice(2).map(
                (name) => html`<${Input} key=${name} label=${t(`fact.${name}`)} ...${field(name)} maxlength="80" placeholder=${t(`example.${name}`)} />`,
              )}
              <${Tick} label=${t('fact.manual')} checked=${fields.manual === 'true'} onInput=${(on) => setFields({ ...fields, manual: on ? 'true' : '' })} />
            `}
        <${Moment} label=${t('explain.at')} hint=${t('explain.atHint')} ...${field('at')} />
      </div>
      <${Act} submit kind="main" label=${t('explain.do')} why=${why} />
    </form>
  `;
}

const clean = (of) => Object.fromEntries(Object.entries(of).map(([name, value]) => [name, value || '']));

function Examples() {
  const products = useProducts();
  const devices = useData((options) => get(`${admin('devices')}?limit=2`, options), []);
  return html`
    <p class="soft">${t('explain.examples')}</p>
    <ul>
      ${(devices.data?.items ?? []).map((d) => html`<li key=${d.id}><a href=${to(['explain'], { device: d.id })}>${d.product} ${d.version}</a></li>`)}
      ${(products.data ?? []).slice(0, 1).map(
        (p) => html`<li key=${p.id}><a href=${to(['explain'], { product: p.id, version: '1.0.0', country: 'CN' })}>${t('explain.example', { product: p.name })}</a></li>`,
      )}
    </ul>
  `;
}

/** The first condition that a release does not meet. */
export const firstRefused = (release) => release.gates.find((gate) => !gate.passed);

/** The newest release that was looked at and refused, where nothing is offered. */
const newestRefused = (of) => of.releases.find((release) => release.relation === 'newer' && firstRefused(release));

/** All in one sentence, or two. */
export function sentence(of) {
  const refused = newestRefused(of);
  const begin = {
    offer: () => t(of.target && of.target !== of.version ? 'explain.is.hop' : 'explain.is.offer', { version: of.version, target: of.target }),
    'up-to-date': () => t('explain.is.up-to-date', { version: of.facts.version }),
    'held-back': () => t('explain.is.held-back', { because: word('refusal', of.reason) }),
    unsupported: () => t('explain.is.unsupported', { because: word('refusal', of.reason) }),
  }[of.decision]();
  const end = refused && of.decision !== 'held-back' ? ` ${t('explain.is.refused', { version: refused.version, because: word('refusal', firstRefused(refused).refusal) })}` : '';
  return begin + end;
}

function Answer({ of, query }) {
  const tones = { offer: 'good', 'up-to-date': 'good', 'held-back': 'warn', unsupported: 'bad' };
  return html`
    <section aria-labelledby="answer">
      <h2 id="answer" class="hidden-text">${t('explain.answer')}</h2>
      <div class="card answer">
        <${Badge} tone=${tones[of.decision]} text=${word('decision', of.decision)} />
        <p class="sentence">${sentence(of)}</p>
        ${of.changesAt && html`<p>${t('explain.changesAt')} <${When} at=${of.changesAt} /> <a href=${to(['explain'], { ...query, at: of.changesAt })}>${t('explain.lookThen')}</a></p>`}
        ${of.waitsUntil && html`<p>${t('explain.waitsUntil')} <${When} at=${of.waitsUntil} /></p>`}
        ${of.installWindow && html`<p class="soft">${t('explain.window', { opens: moment(of.installWindow.opens) })}</p>`}
        <details>
          <summary>${t('explain.asked')}</summary>
          <${Facts}
            items=${[
              query.device && [t('device'), html`<code>${query.device}</code>`],
              [t('product'), of.product],
              ...Object.entries(of.facts)
                .filter(([name]) => name !== 'ignored' && name !== 'manual')
                .map(([name, value]) => [t(`fact.${name}`), name === 'country' ? `${nameOf('region', value)} (${value})` : String(value)]),
              of.facts.ignored?.length > 0 && [t('explain.ignored'), of.facts.ignored.join(', ')],
              [t('explain.when'), html`<${When} at=${of.at} />`],
            ]}
          />
        </details>
      </div>
    </section>
    <${Section} id="each" title=${t('explain.each')}>
      ${of.releases.map((release) => html`<${Gates} key=${release.version} of=${release} open=${release === newestRefused(of) || release.standing === 'offered'} />`)}
    <//>
  `;
}

function Gates({ of, open }) {
  const refused = firstRefused(of);
  const tone = { offered: 'good', hop: 'good', target: 'good', installed: 'good', refused: 'bad', blocked: 'bad' }[of.standing] ?? 'plain';
  return html`
    <details class="card gates" open=${open}>
      <summary>
        <strong>${of.version}</strong> <${Badge} tone=${tone} text=${word('standing', of.standing)} />
        ${refused && html` <span class="soft">${word('refusal', refused.refusal)}</span>`}
      </summary>
      <ol class="gate-list">
        ${of.gates.map(
          (gate) => html`
            <li key=${gate.gate} class=${gate.passed ? 'passed' : gate === refused ? 'refused first' : 'refused'}>
              <span class="mark" aria-hidden="true">${gate.passed ? '✓' : '✗'}</span>
              <span>
                ${word('gate', gate.gate)} <span class="hidden-text">${gate.passed ? t('gate.passed') : t('gate.refused')}</span>
                ${!gate.passed && html`<br /><span class="soft">${word('refusal', gate.refusal)}</span>`}
              </span>
            </li>
          `,
        )}
      </ol>
      <${Facts}
        items=${[
          [t('release.publishedAt'), html`<${When} at=${of.publishedAt} />`],
          [t('explain.inForce'), percent(of.rollout.bucketsInForce / BUCKETS)],
          of.rollout.bucket !== undefined && [t('explain.bucket'), number(of.rollout.bucket)],
          of.rollout.nextPhaseAt && [t('explain.nextPhase'), html`<${When} at=${of.rollout.nextPhaseAt} />`],
          of.blockedBy && [t('explain.blockedBy'), of.blockedBy],
          of.via && [t('explain.via'), of.via],
          ...of.rules.map((rule) => [t('explain.rule', { name: rule.rule }), rule.matched ? t('gate.passed') : word('refusal', rule.refusal)]),
        ]}
      />
    </details>
  `;
}
