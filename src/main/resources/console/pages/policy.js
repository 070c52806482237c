// How attempts and rollouts are judged, of a product or of one release. What is left empty is as the product or the service
// has it.
import { get, put } from '../ui/api.js';
import { Conflict } from '../ui/conflict.js';
import { useData } from '../ui/data.js';
import { widen } from '../ui/dialogs.js';
import { html, useRef, useState } from '../ui/dom.js';
import { fleetSize } from '../ui/fleet.js';
import { useKept } from '../ui/kept.js';
import { Act, Input, Section, Tick, Trouble } from '../ui/parts.js';
import { seconds } from '../ui/rollout.js';
import { mayChange } from '../ui/store.js';
import { number, t, word } from '../ui/texts.js';
import { say } from '../ui/toasts.js';

/** What the service does where nothing is set. */
const DEFAULTS = {
  attempts: 3, backOff: 'PT1H', confirmSoak: 'PT24H', restartLimit: 'PT24H', timeOut: 'PT72H', failures: 3, minimum: 100, downloads: 20,
  retried: ['busy', 'checksum-mismatch', 'download-interrupted', 'download-refused', 'power-low'],
};
const TIMES = ['backOff', 'confirmSoak', 'restartLimit', 'timeOut'];
const RETRIED = ['busy', 'download-interrupted', 'download-refused', 'power-low', 'no-space', 'install-error', 'checksum-mismatch', 'signature-invalid', 'incompatible', 'boot-failed', 'self-test-failed', 'rolled-back', 'timed-out', 'unknown'];
const NAMES = ['failures', 'minimum', 'downloads', 'confirmSoak', 'timeOut', 'restartLimit', 'attempts', 'backOff'];
const MEMBERS = [...NAMES, 'retried'];

/** What holds where a release says nothing: that of its product, else that of the service. */
export const over = (product) => ({ ...DEFAULTS, ...Object.fromEntries(Object.entries(product).filter(([, value]) => value !== null)) });

/** A length of time in hours, as it is typed. */
const hours = (iso) => String(seconds(iso) / 3600);
const typedHours = (text) => `PT${Math.round(Number(text) * 3600)}S`;

const typed = (name, value) => (value === undefined || value === null ? '' : TIMES.includes(name) ? hours(value) : String(value));

/** What would be sent, of what was typed; what is empty is left out, and what was not touched is sent as it stands. */
function body(form, stored) {
  const value = (name) =>
    form[name] === typed(name, stored[name]) ? stored[name] : TIMES.includes(name) ? typedHours(form[name]) : Number(form[name]);
  const given = NAMES.filter((name) => form[name] !== '').map((name) => [name, value(name)]);
  return { ...Object.fromEntries(given), ...(form.retried ? { retried: form.retried } : {}) };
}

/** As two people compare it: times in hours, however they are written, and codes in one order. */
export const compared = (form) => ({
  ...Object.fromEntries(NAMES.filter((name) => form[name] !== '').map((name) => [name, Number(form[name])])),
  ...(form.retried ? { retried: [...form.retried].sort() } : {}),
});

export const formOf = (policy) => ({ ...Object.fromEntries(NAMES.map((name) => [name, typed(name, policy[name])])), retried: policy.retried ?? null });

const more = (before, after) => after > before;
const less = (before, after) => after < before;

/** Of each member, when rollouts go further with it: more may fail, a failure is known later, or less has to be known. */
const LOOSER = {
  failures: more,
  downloads: more,
  // A larger one lets more devices fail before anything is judged, a smaller one promotes after fewer.
  minimum: (before, after) => after !== before,
  timeOut: more,
  restartLimit: more,
  confirmSoak: less,
  // A device that tries again is no failure any more when it succeeds.
  attempts: more,
  backOff: less,
  retried: (before, after) => after.some((code) => !before.includes(code)),
};

/** Whether rollouts would go further before figures stop them. */
export function isLooser(before, after, otherwise) {
  const of = (policy, name) => {
    const value = policy[name] ?? otherwise[name];
    return TIMES.includes(name) ? seconds(value) : value;
  };
  return MEMBERS.some((name) => LOOSER[name](of(before, name), of(after, name)));
}

/** The section of a page; path is where the policy is, and above is that of the product where it is of a release. */
export function Policy({ path, product, above }) {
  const own = useData((options) => get(path, options), [path]);
  const of = useData((options) => (above ? get(above, options) : Promise.resolve({})), [above]);
  const { data, problem } = own;
  return html`
    <${Section} id="policy" title=${t('policy.title')}>
      <p class="soft">${t(above ? 'policy.ofRelease' : 'policy.ofProduct')}</p>
      ${problem && !data && html`<${Trouble} problem=${problem} retry=${own.reload} />`}
      ${data && of.data && html`<${Form} key=${`${path} ${data.revision}`} path=${path} product=${product} stored=${data} otherwise=${over(of.data)} saved=${own.reload} />`}
    <//>
  `;
}

function Form({ path, product, stored, otherwise, saved }) {
  const { value: form, change, letGo, isChanged } = useKept(`policy ${path}`, formOf(stored));
  const [theirs, setTheirs] = useState(null);
  const [problem, setProblem] = useState(null);
  const underWay = useRef(false);
  const base = theirs ?? stored;
  const send = async (revision) => {
    setProblem(null);
    try {
      letGo(formOf(await put(path, body(form, base), { revision })));
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
  const ask = async () => {
    const fleet = await fleetSize({ product });
    return { count: fleet.devices, total: fleet.devices, asOf: fleet.asOf, title: t('policy.looserTitle'), sentence: t('policy.looser'), label: t('save'), act: () => send(base.revision) };
  };
  const save = async (event) => {
    event?.preventDefault();
    // A second click would find the revision that the first has made.
    if (underWay.current) {
      return;
    }
    underWay.current = true;
    try {
      await (isLooser(base, body(form, base), otherwise) ? widen(ask) : send(base.revision));
    } catch {
      // It is on the page: what somebody else has, or the problem.
    } finally {
      underWay.current = false;
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
    ${theirs && html`<${Conflict} theirs=${compared(formOf(theirs))} mine=${compared(form)} members=${MEMBERS} takeTheirs=${() => { letGo(formOf(theirs)); setTheirs(null); saved(); }} keepMine=${() => save()} />`}
    <form class="card" onSubmit=${save}>
      <fieldset disabled=${!mayChange()}>
        <div class="fields">${NAMES.map(field)}</div>
        <${Tick} label=${t('policy.retriedOwn')} checked=${form.retried !== null} onInput=${(own) => change({ ...form, retried: own ? otherwise.retried : null })} />
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
