import { Problem, call, get, post } from './api.js';
import { useAnswer } from './data.js';
import { html, useEffect, useRef, useState } from './dom.js';
import { Act, Input, Trouble } from './parts.js';
import { parse, route } from './router.js';
import { session, useStore } from './store.js';
import { t } from './texts.js';

const METHOD = document.querySelector('meta[name=towncrier-sign-in]').content;
const HERE = /^#\/[\w.~:/?=&%@+-]*$/;

/** Where the provider signs somebody in, and leads back to the page that is open. */
export const entrance = (more = {}) =>
  `/console/sign-in?${new URLSearchParams({ back: HERE.test(location.hash) ? location.hash : '', ...more })}`;

async function look() {
  const who = await get('/v1/admin/session');
  session.set({ who, ended: false, known: true });
}

/** What stood behind the # was no page: the console begins with its first one. */
function forgetAddress() {
  history.replaceState(null, '', location.pathname);
  route.set(parse(''));
}

/** Who is signed in already, or by the code that dev mode has put behind the address. */
export async function begin() {
  let spent = false;
  const code = /^#code=([\w-]+)$/.exec(location.hash);
  if (code) {
    // Before anything else: it must not stay in the history.
    forgetAddress();
    try {
      await post('/console/session', { code: code[1] });
    } catch (problem) {
      // Where there is a session already, nobody needs to know.
      spent = problem.status === 401;
    }
  }
  const refused = /^#sign-in=([\w-]+)$/.exec(location.hash);
  if (refused) {
    forgetAddress();
  }
  try {
    await look();
  } catch (problem) {
    const told = problem.status === 401 ? null : problem;
    const why = refused ? refused[1] : spent ? 'link-spent' : '';
    session.set({ who: null, ended: false, known: true, problem: why ? new Problem(401, { code: `sign-in-${why}` }) : told });
  }
}

export async function signOut() {
  await call('DELETE', '/console/session');
  session.set({ who: null, ended: false, known: true });
}

/** By the provider: in another tab where something is typed here, which would be lost. */
function ByProvider({ first }) {
  const [problem] = useState(session.get().problem ?? null);
  useEffect(() => {
    const back = () => document.hidden || look().catch(() => {});
    if (!first) {
      document.addEventListener('visibilitychange', back);
    }
    return () => document.removeEventListener('visibilitychange', back);
  }, []);
  return html`
    <p class="soft">${t(first ? 'signIn.oidcLead' : 'signIn.oidcAgain')}</p>
    ${problem && html`<${Trouble} problem=${problem} />`}
    <a class="button main" href=${entrance()} target=${first ? undefined : '_blank'} rel="noopener">${t('signIn.do')}</a>
  `;
}

function Form({ first }) {
  if (METHOD === 'none') {
    return html`<p>${t('signIn.notSetUp')} <code>TOWNCRIER_CONSOLE_OIDC_CLIENT_ID</code></p>`;
  }
  return METHOD === 'oidc' ? html`<${ByProvider} first=${first} />` : html`<${ByToken} first=${first} />`;
}

function ByToken({ first }) {
  const place = useRef(null);
  const [token, setToken] = useState('');
  const { problem, busy, ask } = useAnswer(session.get().problem);
  useEffect(() => place.current.querySelector('input').focus(), []);
  const enter = () =>
    post('/console/session', { token })
      .then(look)
      .finally(() => setToken(''));
  const submit = (event) => {
    event.preventDefault();
    if (!busy && token) {
      ask(enter);
    }
  };
  return html`
    <form ref=${place} onSubmit=${submit}>
      <p class="soft">${first ? t('signIn.lead') : t('signIn.endedLead')}</p>
      <${Input} label=${t('signIn.token')} hint=${t('signIn.hint')} type="password" value=${token} onInput=${setToken} maxlength="500" />
      ${problem && html`<${Trouble} problem=${problem.status === 401 && !problem.code?.startsWith('sign-in-') ? { ...problem, code: 'wrong-token', detail: '' } : problem} />`}
      <${Act} looks submit kind="main" label=${t('signIn.do')} busy=${busy} why=${token ? '' : t('signIn.tokenFirst')} />
    </form>
  `;
}

export const SignInPage = () => html`
  <main class="sign-in card">
    <h1>${t('signIn.title')}</h1>
    <${Form} first=${true} />
  </main>
`;

/** Over the page that is open: what was typed there stays. */
export function SignInAgain() {
  const { ended } = useStore(session);
  const place = useRef(null);
  useEffect(() => {
    if (ended && !place.current.open) {
      place.current.showModal();
    } else if (!ended && place.current?.open) {
      place.current.close();
    }
  }, [ended]);
  return html`
    <dialog ref=${place} aria-labelledby="ended" onCancel=${(event) => event.preventDefault()}>
      ${ended && html`<h2 id="ended">${t('signIn.ended')}</h2><${Form} first=${false} />`}
    </dialog>
  `;
}
