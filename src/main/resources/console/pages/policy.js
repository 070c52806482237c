// How attempts and rollouts are judged, of a product or of one release. What is left empty is as the product or the service
// has it.
import { get, put } from '../ui/api.js';
import { Conflict } from '../ui/conflict.js';
import { useData } from '../ui/data.js';
import { askToWiden } from '../ui/dialogs.js';
import { html, useState } from '../ui/dom.js';
import { fleetSize } from '../ui/fleet.js';
import { useKept } from '../ui/kept.js';
import { Act, Input, Tick, Trouble } from '../ui/parts.js';
import { seconds } from '../ui/rollout.js';
import { mayChange } from '../ui/store.js';
import { number, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';

/** What the service does where nothing is set. */
const DEFAULTS = { attempts: 3, backOff: 'PT1H', confirmSoak: 'PT24H', restartLimit: 'PT24H', timeOut: 'PT72H', failures: 3, minimum: 100, downloads: 20 };
const TIMES = ['backOff', 'confirmSoak', 'restartLimit', 'timeOut'];
const RETRIED = ['busy', 'download-interrupted', 'download-refused', 'power-low', 'no-space', 'install-error', 'checksum-mismatch', 'signature-invalid', 'incompatible', 'boot-failed', 'self-test-failed', 'rolled-back', 'timed-out', 'unknown'];
const NAMES = ['failures', 'minimum', 'downloads', 'confirmSoak', 'timeOut', 'restartLimit', 'attempts', 'backOff'];
const MEMBERS = [...NAMES, 'retried'];

/** What holds where a release says nothing: that of its product, else that of the service. */
const over = (product) => ({ ...DEFAULTS, ...Object.fromEntries(Object.entries(product).filter(([, value]) => value !== null)) });

/** A length of time in hours, as it is typed. */
const hours = (iso) => String(seconds(iso) / 3600);
const typedHours = (text) => `PT${Math.round(Number(text) * 60)}M`;

const typed = (name, value) => (value === undefined || value === null ? '' : TIMES.includes(name) ? hours(value) : String(value));

/** What would be sent, of what was typed; what is empty is left out. */
function body(form) {
  const given = NAMES.filter((name) => form[name] !== '').map((name) => [name, TIMES.includes(name) ? typedHours(form[name]) : Number(form[name])]);
  return { ...Object.fromEntries(given), ...(form.retried ? { retried: form.retried } : {}) };
}

const formOf = (policy) => ({ ...Object.fromEntries(NAMES.map((name) => [name, typed(name, policy[name])])), retried: policy.retried ?? null });

/** Whether rollouts would go further before figures stop them: more may fail, or it is judged later or after less. */
export function isLooser(before, after, otherwise) {
  const of = (policy, name) => {
    const value = policy[name] ?? otherwise[name];
    return TIMES.includes(name) ? seconds(value) : value;
  };
  return ['failures', 'minimum', 'downloads', 'timeOut'].some((name) => of(after, name) > of(before, name)) || of(after, 'confirmSoak') < of(before, 'confirmSoak');
}

/** The section of a page; path is where the policy is, and above is that of the product where it is of a release. */
export function Policy({ path, product, above }) {
  const own = useData((options) => get(path, options), [path]);
  const of = useData((options) => (above ? get(above, options) : Promise.resolve({})), [above]);
  const { data, problem } = own;
  return html`
    <section aria-labelledby="policy">
      <h2 id="policy">${t('policy.title')}</h2>
      <p class="soft">${t(above ? 'policy.ofRelease' : 'policy.ofProduct')}</p>
      ${problem && !data && html`<${Trouble} problem=${problem} retry=${own.reload} />`}
      ${data && of.data && html`<${Form} key=${`${path} ${data.revision}`} path=${path} product=${product} stored=${data} otherwise=${over(of.data)} saved=${own.reload} />`}
    </section>
  `;
}

function Form({ path, product, stored, otherwise, saved }) {
  const { value: form, change, letGo, isChanged } = useKept(`policy ${path}`, formOf(stored));
  const [theirs, setTheirs] = useState(null);
  const [problem, setProblem] = useState(null);
  const base = theirs ?? stored;
  const send = async (revision) => {
    setProblem(null);
    try {
      letGo(formOf(await put(path, body(form), { revision })));
      setTheirs(null);
      say(t('saved'));
      saved();
    } catch (failure) {
      if (failure.code === 'stale-revision') {
        setTheirs(failure.current);
      } else {
        setProblem(failure);
      }
      throw failure;
    }
  };
  const save = async (event) => {
    event?.preventDefault();
    try {
      if (!isLooser(base, body(form), otherwise)) {
        await send(base.revision);
        return;
      }
      const fleet = await fleetSize({ product });
      askToWiden({ count: fleet.devices, total: fleet.devices, asOf: fleet.asOf, title: t('policy.looserTitle'), sentence: t('policy.looser'), label: t('save'), act: () => send(base.revision) });
    } catch (failure) {
      if (failure.code !== 'stale-revision') {
        setProblem(failure);
      }
    }
  };
  const field = (name) => html`
    <${Input}
      key=${name}
      label=${t(`policy.${name}`)}
      hint=${t('policy.otherwise', { value: number(TIMES.includes(name) ? Number(hours(otherwise[name])) : otherwise[name]) })}
      type="number"
      min="0"
      step="any"
      value=${form[name]}
      onInput=${(text) => change({ ...form, [name]: text })}
    />
  `;
  return html`
    ${theirs && html`<${Conflict} theirs=${theirs} mine=${body(form)} members=${MEMBERS} takeTheirs=${() => { letGo(formOf(theirs)); setTheirs(null); saved(); }} keepMine=${() => save()} />`}
    <form class="card" onSubmit=${save}>
      <fieldset disabled=${!mayChange()}>
        <div class="fields">${NAMES.map(field)}</div>
        <${Tick} label=${t('policy.retriedOwn')} checked=${form.retried !== null} onInput=${(own) => change({ ...form, retried: own ? (otherwise.retried ?? ['download-interrupted', 'download-refused', 'checksum-mismatch', 'busy', 'power-low']) : null })} />
        ${form.retried &&
        html`<fieldset class="ticks">
          <legend>${t('policy.retried')}</legend>
          ${RETRIED.map(
            (code) => html`<${Tick} key=${code} label=${word('failure', code)} checked=${form.retried.includes(code)} onInput=${(on) => change({ ...form, retried: on ? [...form.retried, code] : form.retried.filter((each) => each !== code) })} />`,
          )}
        </fieldset>`}
      </fieldset>
      ${problem && html`<${Trouble} problem=${problem} />`}
      <${Act} submit kind="main" label=${t('save')} why=${isChanged ? '' : t('policy.same')} />
    </form>
  `;
}
