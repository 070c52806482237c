// What stands around every page: where one is, what is stopped, and the way to everything else.
import { Dialogs } from './dialogs.js';
import { html, useEffect, useRef, useState } from './dom.js';
import { HaltBanner, StopSwitch } from './halts.js';
import { Help, useKeys } from './keys.js';
import { still, watchLive } from './live.js';
import { GROUPS, find } from '../pages/index.js';
import { Act, Change, Choice, LooksOnly, Tick, Trouble } from './parts.js';
import { prefer, preferences } from './preferences.js';
import { route, to } from './router.js';
import { SignInAgain, SignInPage, signOut } from './signin.js';
import { mayChange, session, useStore } from './store.js';
import { LANGUAGES, loadTexts, t } from './texts.js';
import { Toasts, say } from './toasts.js';

export function App() {
  const { who } = useStore(session);
  useStore(preferences);
  return who ? html`<${Frame} who=${who} />` : html`<${SignInPage} />`;
}

function Frame({ who }) {
  const here = useStore(route);
  const [open, setOpen] = useState(false);
  const helpPlace = useRef(null);
  const [Palette, setPalette] = useState(null);
  // It is fetched when it is first wanted.
  const search = async () => {
    const { default: component } = await import('./palette.js');
    setPalette(() => component);
  };
  useKeys({ help: () => helpPlace.current.showModal(), search });
  useEffect(() => setOpen(false), [here.parts.join('/')]);
  useEffect(watchLive, []);
  return html`
    <a class="skip" href="#main" onClick=${toMain}>${t('skip')}</a>
    <header class="top">
      <button type="button" class="menu quiet" aria-expanded=${open} aria-controls="nav" onClick=${() => setOpen(!open)}>${t('menu')}</button>
      <a class="brand" href=${to([])}>Towncrier</a>
      <span class="cell" title=${t('cell')}>${who.cell}</span>
      <span class="top-space"></span>
      <${Change}><${StopSwitch} /><//>
      <${Me} who=${who} onHelp=${() => helpPlace.current.showModal()} />
    </header>
    <${HaltBanner} />
    <div class="body">
      <nav id="nav" class=${open ? 'open' : ''} aria-label=${t('nav')}>
        ${GROUPS.map(
          (group) => html`
            <ul key=${group.name} aria-label=${t(`group.${group.name}`)}>
              ${group.pages.filter((page) => !page.changes || mayChange()).map((page) => html`<li key=${page.id}><${NavLink} page=${page} here=${here} /></li>`)}
            </ul>
          `,
        )}
        <p class="soft small version">${who.version} · ${t(`flavour.${who.flavour}`)}<br /><code>${who.commit.slice(0, 8)}</code></p>
      </nav>
      <main id="main" tabindex="-1"><${Content} here=${here} /></main>
    </div>
    <${Toasts} />
    <${Dialogs} />
    <${SignInAgain} />
    <${Help} place=${helpPlace} />
    ${Palette && html`<${Palette} close=${() => setPalette(null)} />`}
  `;
}

function toMain(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

const NavLink = ({ page, here }) => html`
  <a href=${to(page.path)} aria-current=${find(here.parts)?.page.id === page.id ? 'page' : undefined}>
    ${t(`${page.id}.title`)}${page.key && html`<kbd aria-hidden="true">g ${page.key}</kbd>`}
  </a>
`;

/** Pages are fetched when they are first looked at. */
function Content({ here }) {
  const found = find(here.parts);
  const [loaded, setLoaded] = useState({ file: null, module: null, problem: null });
  const path = here.parts.join('/');
  useEffect(() => {
    let current = true;
    found?.load().then(
      (module) => current && setLoaded({ file: found.file, module, problem: null }),
      () => current && setLoaded({ file: found.file, module: null, problem: { code: 'page-not-loaded' } }),
    );
    return () => (current = false);
  }, [found?.file]);
  useEffect(() => {
    if (!found || loaded.file !== found.file) {
      return;
    }
    scrollTo(0, 0);
    // A reader of screens is told where it is; the first page leaves the focus where it was.
    if (Content.before !== undefined && Content.before !== path) {
      document.querySelector('main h1')?.focus({ preventScroll: true });
    }
    Content.before = path;
  }, [path, loaded.module]);
  if (!found) {
    return html`<h1>${t('notFound')}</h1><p><a href=${to([])}>${t('toOverview')}</a></p>`;
  }
  if (found.changes && !mayChange()) {
    return html`<${LooksOnly} />`;
  }
  if (loaded.problem) {
    return html`<${Trouble} problem=${loaded.problem} retry=${() => location.reload()} />`;
  }
  return loaded.file === found.file && loaded.module
    ? html`<${loaded.module.default} key=${path} parts=${found.rest} query=${here.query} />`
    : html`<p class="soft" role="status">${t('loading')}</p>`;
}

function Me({ who, onHelp }) {
  const chosen = useStore(preferences);
  const stands = useStore(still);
  const place = useRef(null);
  const language = async (tag) => {
    const before = chosen.language;
    prefer({ language: tag });
    try {
      await loadTexts();
      prefer({});
    } catch {
      say(t('look.notLoaded'), { bad: true });
      prefer({ language: before });
    }
  };
  const choice = (name, values) => html`
    <${Choice} label=${t(`look.${name}`)} value=${chosen[name]} options=${values.map((value) => [value, t(`look.${value}`)])} onInput=${(value) => prefer({ [name]: value })} />
  `;
  const leave = async () => {
    try {
      await signOut();
    } catch (problem) {
      say(t('signOutFailed'), { bad: true });
    }
  };
  return html`
    <details class="me" ref=${place} onKeyDown=${(e) => e.key === 'Escape' && (place.current.open = false)}>
      <summary>${who.operator}</summary>
      <div class="card panel">
        <p class="soft small">${t('signedInAs', { who: who.operator })}</p>
        ${!mayChange() && html`<p class="small">${t('viewer.title')}</p>`}
        ${who.approvals.releases && html`<p class="small">${t('approvalsOn')}</p>`}
        <${Choice} label=${t('look.language')} value=${document.documentElement.lang} options=${LANGUAGES} onInput=${language} />
        ${choice('theme', ['system', 'light', 'dark'])} ${choice('zone', ['mine', 'utc', 'device'])}
        <${Tick} label=${t('look.live')} checked=${!stands} onInput=${(on) => still.set(!on)} />
        <div class="dialog-actions">
          <button type="button" onClick=${onHelp}>${t('keys.title')}</button>
          <${Act} looks label=${t('signOut')} onClick=${leave} />
        </div>
      </div>
    </details>
  `;
}
