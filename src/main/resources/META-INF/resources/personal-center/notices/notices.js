// Personal Center - Notices. The token is kept in this closure and nowhere else (docs/adr/0011).
(() => {
  'use strict';

  const NOTICES = '../v1/me/notices';
  const CONSENTS = '../v1/me/consents';
  const QUESTIONS = { push: 'ask.push', 'cross-border': 'ask.cross-border' };
  const TIMEOUT_MILLIS = 30000;
  const ADVICE = ['situation', 'measures', 'selfProtection', 'remedies'];

  const texts = JSON.parse(document.body.dataset.texts);
  const lang = document.documentElement.lang;
  const calendar = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' });
  const $ = (id) => document.getElementById(id);

  let token = '';
  let next = '';
  /** Of the list that is shown: the same list need not be sent again. */
  let tag = '';
  /** What was answered to notices that ask for a consent, by their ids. */
  let answers = new Map();
  /** Rises when what is on the screen is given up. */
  let round = 0;

  // ---- The token: from the app's call, or once from the fragment.

  function takeToken() {
    const found = new URLSearchParams(location.hash.slice(1)).get('token');
    if (location.hash) {
      history.replaceState(null, '', location.pathname + location.search);
    }
    return found;
  }

  function signIn(given) {
    token = typeof given === 'string' && /^[\x21-\x7e]+$/.test(given) ? given : '';
    // Nothing of the user who was signed in before.
    tag = '';
    answers = new Map();
    $('list').replaceChildren();
    load();
  }

  function tellTheAppThatItEnded() {
    window.towncrierApp?.signInNeeded?.();
    window.webkit?.messageHandlers?.towncrierApp?.postMessage('sign-in-needed');
  }

  // ---- Talking to the service.

  function call(method, path, { known, body } = {}) {
    return fetch(path, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(known && { 'If-None-Match': known }),
        ...(body && { 'Content-Type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    });
  }

  const refuses = (response) => response.status === 401 || response.status === 403;

  function ended() {
    token = '';
    $('list').replaceChildren();
    show('ended');
    tellTheAppThatItEnded();
  }

  /** The newest notices; nothing is drawn anew when they are those that are shown. */
  async function load() {
    const mine = ++round;
    if (!token) {
      show('signed-out');
      return;
    }
    if (!tag) {
      show('loading');
    }
    try {
      const response = await call('GET', NOTICES, { known: tag });
      if (mine !== round) {
        return;
      }
      if (refuses(response)) {
        ended();
      } else if (response.status === 304) {
        show('list');
      } else if (response.ok) {
        const page = await response.json();
        await loadAnswers(page.items);
        if (mine !== round) {
          return;
        }
        tag = response.headers.get('ETag') ?? '';
        $('list').replaceChildren(...page.items.map(row));
        goOn(page);
        show('list');
      } else {
        show('unreachable');
      }
    } catch {
      if (mine === round) {
        show('unreachable');
      }
    }
  }

  async function loadMore() {
    const mine = round;
    $('more').disabled = true;
    try {
      const response = await call('GET', `${NOTICES}?after=${encodeURIComponent(next)}`);
      if (mine !== round) {
        return;
      }
      if (refuses(response)) {
        ended();
      } else if (response.ok) {
        const page = await response.json();
        await loadAnswers(page.items);
        if (mine !== round) {
          return;
        }
        const rows = page.items.map(row);
        $('list').append(...rows);
        goOn(page);
        rows[0]?.querySelector('button').focus();
      } else {
        $('status').textContent = texts['unreachable.title'];
      }
    } catch {
      $('status').textContent = texts['unreachable.title'];
    } finally {
      $('more').disabled = false;
    }
  }

  /** Without them each question is open, and the service knows better. */
  async function loadAnswers(items) {
    if (items.some((notice) => notice.asksConsent)) {
      const response = await call('GET', CONSENTS);
      if (response.ok) {
        answers = new Map((await response.json()).answers.map((one) => [one.notice, one]));
      }
    }
  }

  async function markRead(notice, item) {
    try {
      const response = await call('POST', `${NOTICES}/${notice.id}/read`);
      if (response.ok) {
        mark(item, true);
      } else if (refuses(response)) {
        ended();
      }
    } catch {
      // It stays unread, and is marked when it is opened the next time.
    }
  }

  // ---- What is seen.

  function show(state) {
    document.querySelectorAll('[data-when]').forEach((part) => {
      part.hidden = part.dataset.when !== state;
    });
    document.querySelector(`[data-when="${state}"] [tabindex]`)?.focus();
    $('status').textContent = state === 'loading' ? texts['page.loading'] : '';
  }

  function goOn(page) {
    next = page.next ?? '';
    $('more').hidden = !next;
    $('none').hidden = $('list').children.length > 0;
    $('list').hidden = !$('none').hidden;
  }

  function mark(item, read) {
    item.dataset.read = String(read);
    item.querySelector('.unread').textContent = read ? '' : texts['list.unread'];
  }

  const filled = (name, values) => texts[name].replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);

  /** Nothing is chosen beforehand: who presses no button has answered nothing. */
  function question(notice) {
    const asked = notice.asksConsent;
    const part = $('question').content.firstElementChild.cloneNode(true);
    const [yes, no] = part.querySelectorAll('button');
    const said = part.querySelector('.answer');
    const tell = (answer) => {
      const date = answer && calendar.format(new Date(answer.at));
      said.textContent = answer ? filled(answer.given ? 'ask.given' : 'ask.declined', { date }) : '';
      yes.hidden = Boolean(answer?.given);
      no.hidden = Boolean(answer);
    };
    const answer = async (given) => {
      yes.disabled = true;
      no.disabled = true;
      try {
        const body = { given, textVersion: asked.textVersion, language: notice.language };
        const response = await call('PUT', `${CONSENTS}/${notice.id}`, { body });
        if (refuses(response)) {
          ended();
        } else if (response.ok) {
          answers = new Map((await response.json()).answers.map((one) => [one.notice, one]));
          tell(answers.get(notice.id));
        } else {
          said.textContent = texts['ask.failed'];
        }
      } catch {
        said.textContent = texts['ask.failed'];
      } finally {
        yes.disabled = false;
        no.disabled = false;
        said.focus();
      }
    };
    part.querySelector('.ask').textContent = filled(QUESTIONS[asked.kind], { ...asked, version: asked.textVersion });
    yes.addEventListener('click', () => answer(true));
    no.addEventListener('click', () => answer(false));
    tell(answers.get(notice.id));
    return part;
  }

  /** Texts of notices are shown as they are: never as markup. */
  function row(notice) {
    const item = $('notice').content.firstElementChild.cloneNode(true);
    const button = item.querySelector('button');
    const body = item.querySelector('.body');
    item.querySelector('.title').textContent = notice.title;
    item.querySelector('.title').lang = notice.language;
    item.querySelector('time').textContent = calendar.format(new Date(notice.since));
    item.querySelector('time').dateTime = notice.since;
    const paragraphs = [notice.body, ...ADVICE.flatMap((part) => notice.incident?.[part] ?? [])];
    body.lang = notice.language;
    body.replaceChildren(
      ...paragraphs.map((words) => {
        const paragraph = document.createElement('p');
        paragraph.dir = 'auto';
        paragraph.textContent = words;
        return paragraph;
      }),
    );
    // A kind of consent that is newer than this page is asked for by the app.
    if (QUESTIONS[notice.asksConsent?.kind]) {
      body.append(question(notice));
    }
    mark(item, notice.read);
    button.addEventListener('click', () => {
      body.hidden = !body.hidden;
      button.setAttribute('aria-expanded', String(!body.hidden));
      if (!body.hidden && item.dataset.read === 'false') {
        markRead(notice, item);
      }
    });
    return item;
  }

  // ---- Beginning.

  $('retry').addEventListener('click', load);
  $('more').addEventListener('click', loadMore);
  addEventListener('online', load);
  addEventListener('hashchange', () => signIn(takeToken()));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && token) {
      load();
    }
  });
  window.towncrierSignIn = signIn;
  const opening = takeToken();
  // A link on another site may hold a stranger's token, whose notices would be shown here.
  signIn(document.body.dataset.from === 'cross-site' ? null : opening);
})();
