// Personal Center - Notification Alerts. The token is kept in this closure and nowhere else
// (docs/adr/0011).
(() => {
  'use strict';

  const ALERTS = '../v1/me/notification-alerts';
  const DEVICES = '../v1/me/devices';
  // Longer than an opt-out may take while pushes are being sent.
  const TIMEOUT_MILLIS = 60000;
  const TYPING_MILLIS = 800;
  // Three times 20 s are longer than any push is on its way.
  const MOST_WAITS = 3;

  const texts = JSON.parse(document.body.dataset.texts);
  const lang = document.documentElement.lang;
  const clock = new Intl.DateTimeFormat(lang, { hour: '2-digit', minute: '2-digit' });
  const calendar = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' });
  const $ = (id) => document.getElementById(id);
  const text = (key, values = {}) =>
    Object.entries(values).reduce((t, [name, value]) => t.replace(`{${name}}`, value), texts[key]);

  let token = '';
  let alerts = null;
  let queue = Promise.resolve();
  let waiting = 0;
  let typing = 0;
  /** What quiet hours are when they are switched on. */
  let lastHours = { from: '22:00', to: '07:00' };
  /** Rises when what is on the screen is given up: changes from before are not sent any more. */
  let round = 0;
  /** By switch: what was chosen and is not answered yet; since when the last answer holds. */
  const wanted = new Map();
  const since = new Map();
  const switches = new Map();

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
    alerts = null;
    $('devices').hidden = true;
    $('my-data').hidden = true;
    say('');
    load();
  }

  function tellTheAppThatItEnded() {
    window.towncrierApp?.signInNeeded?.();
    window.webkit?.messageHandlers?.towncrierApp?.postMessage('sign-in-needed');
  }

  /** What a JWT says of its owner, for display alone; no other token says anything. */
  function nameInToken() {
    try {
      const part = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
      const bytes = Uint8Array.from(atob(part), (c) => c.charCodeAt(0));
      const claims = JSON.parse(new TextDecoder().decode(bytes));
      const name = claims.name || claims.preferred_username || claims.email;
      return typeof name === 'string' ? name : '';
    } catch {
      return '';
    }
  }

  // ---- Talking to the service.

  function call(method, path, body) {
    return fetch(path, {
      method,
      headers: { Authorization: `Bearer ${token}`, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(TIMEOUT_MILLIS),
    });
  }

  const refuses = (response) => response.status === 401 || response.status === 403;

  async function load() {
    const mine = ++round;
    wanted.clear();
    since.clear();
    stopTyping();
    if (!token) {
      show('signed-out');
      return;
    }
    if (!alerts) {
      show('loading');
    }
    try {
      const response = await call('GET', ALERTS);
      if (mine !== round) {
        return;
      }
      if (refuses(response)) {
        ended();
      } else if (response.ok) {
        alerts = await response.json();
        render();
        show('settings');
        loadDevices();
        showMyData();
      } else {
        show('unreachable');
      }
    } catch {
      if (mine === round) {
        show('unreachable');
      }
    }
  }

  /** Gives up what is on the screen, with the changes that are not sent yet. */
  function leave(state) {
    alerts = null;
    round++;
    wanted.clear();
    say('');
    show(state);
  }

  function ended() {
    token = '';
    leave('ended');
    $('ended-title').focus();
    tellTheAppThatItEnded();
  }

  /** One after the other: each needs the revision that the one before it brought. */
  function save(key, value, change) {
    const mine = round;
    wanted.set(key, value);
    render();
    say('');
    waiting++;
    queue = queue.then(() => (mine === round ? send(key, value, change) : undefined)).finally(() => {
      waiting--;
    });
  }

  /** Stored, with a push still on its way: the same request goes on waiting for it. */
  async function putAndWait(body) {
    let response = await call('PUT', ALERTS, body);
    for (let i = 0; i < MOST_WAITS && response.status === 503; i++) {
      if ((await response.clone().json()).code !== 'not-yet-effective') {
        break;
      }
      response = await call('PUT', ALERTS, body);
    }
    return response;
  }

  async function send(key, value, change) {
    const mine = round;
    if (navigator.onLine === false) {
      giveUp('message.offline');
      return;
    }
    try {
      const response = await put({ ...change, revision: alerts.revision });
      if (mine !== round) {
        return;
      }
      if (refuses(response)) {
        ended();
      } else if (response.status === 409) {
        await load();
        say(text('message.stale'));
      } else if (response.ok) {
        saved(key, value, await response.json());
      } else {
        giveUp('message.failed');
      }
    } catch {
      if (mine === round) {
        giveUp('message.unconfirmed', true);
      }
    }
  }

  /**
   * Changes the alerts. A service that is older than this page refuses what it does not know, and
   * says what it does: the rest of an opt-out is not lost for that.
   */
  async function put(change) {
    const response = await putAndWait(change);
    if (response.status !== 400) {
      return response;
    }
    const { known } = await response
      .clone()
      .json()
      .catch(() => ({}));
    const rest = Array.isArray(known) ? only(new Set(known), change) : {};
    const saysSomething = Object.keys(rest).some((member) => member !== 'revision');
    return saysSomething ? putAndWait(rest) : response;
  }

  /** The members of an object whose paths are among the known ones, those of its objects too. */
  function only(known, object, place = '') {
    const members = Object.entries(object).flatMap(([name, value]) => {
      const path = place + name;
      const below = [...known].some((k) => k.startsWith(`${path}.`));
      if (!below) {
        return known.has(path) ? [[name, value]] : [];
      }
      if (value === null || typeof value !== 'object') {
        return [[name, value]];
      }
      const rest = only(known, value, `${path}.`);
      return Object.keys(rest).length > 0 ? [[name, rest]] : [];
    });
    return Object.fromEntries(members);
  }

  function saved(key, value, answer) {
    alerts = answer;
    if (wanted.get(key) === value) {
      wanted.delete(key);
    }
    since.set(key, clock.format(new Date(answer.effectiveAt ?? Date.now())));
    render();
    announce(`${switches.get(key).title}: ${stateOf(key)}`);
  }

  function giveUp(message, retry = false) {
    round++;
    wanted.clear();
    render();
    say(text(message), retry);
  }

  // ---- What is seen.

  function show(state) {
    document.querySelectorAll('[data-when]').forEach((part) => {
      part.hidden = part.dataset.when !== state;
    });
    const name = nameInToken();
    $('who').hidden = state !== 'settings';
    $('who').textContent = name ? text('signedInAs', { name }) : text('signedIn');
    document.body.dataset.state = state;
  }

  function announce(words) {
    $('status').textContent = words;
  }

  /** To be seen and heard, until the next thing happens. */
  function say(words, retry = false) {
    $('message').textContent = words;
    $('message-box').hidden = !words;
    $('message-retry').hidden = !retry;
    announce(words);
  }

  function addSwitch(place, key, title, hint, onChange) {
    const row = $('switch').content.firstElementChild.cloneNode(true);
    const [label, hintLine, state, input] = row.querySelectorAll('label, .hint, .state, input');
    input.id = `switch-${key}`;
    label.htmlFor = input.id;
    label.textContent = title;
    hintLine.id = `${input.id}-hint`;
    hintLine.textContent = hint;
    hintLine.hidden = !hint;
    state.id = `${input.id}-state`;
    input.setAttribute('aria-describedby', `${hintLine.id} ${state.id}`);
    input.addEventListener('change', () => onChange(input.checked));
    place.append(row);
    switches.set(key, { input, state, title });
  }

  function stateOf(key) {
    const on = switches.get(key).input.checked;
    if (wanted.has(key)) {
      return text('state.saving');
    }
    return since.has(key)
      ? text(on ? 'state.onSince' : 'state.offSince', { time: since.get(key) })
      : text(on ? 'state.on' : 'state.off');
  }

  function setSwitch(key, stored) {
    const { input, state } = switches.get(key);
    const value = wanted.has(key) ? wanted.get(key) : stored;
    input.checked = Boolean(value);
    state.textContent = stateOf(key);
    state.classList.toggle('fresh', since.has(key) && !wanted.has(key));
    input.setAttribute('aria-busy', String(wanted.has(key)));
  }

  function render() {
    if (!alerts) {
      return;
    }
    for (const category of Object.keys(alerts.pushCategories)) {
      if (!switches.has(category)) {
        addSwitch(
          $('categories'),
          category,
          texts[`category.${category}`] ?? category,
          texts[`category.${category}.hint`] ?? '',
          (on) => save(category, on, { pushCategories: { [category]: on } }),
        );
      }
      setSwitch(category, alerts.pushCategories[category]);
    }
    setSwitch('push', alerts.push);
    setSwitch('quiet', alerts.quietHours);
    setSwitch('receipts', alerts.deliveryReceipts);
    $('receipts').hidden = alerts.deliveryReceipts === undefined; // An older service.
    $('push-off').hidden = switches.get('push').input.checked;
    $('times').hidden = !switches.get('quiet').input.checked;
    // Nobody's typing is overwritten.
    if (!typing && !wanted.has('quiet')) {
      lastHours = alerts.quietHours ?? lastHours;
      $('from').value = lastHours.from;
      $('to').value = lastHours.to;
      timesError('');
    }
  }

  function timesError(words) {
    $('times-error').textContent = words;
    ['from', 'to'].forEach((id) => $(id).setAttribute('aria-invalid', String(Boolean(words))));
    if (words) {
      announce(words);
    }
  }

  function stopTyping() {
    clearTimeout(typing);
    typing = 0;
  }

  function saveTimes() {
    stopTyping();
    const hours = { from: $('from').value, to: $('to').value };
    if (!hours.from || !hours.to) {
      timesError(text('quiet.incomplete'));
    } else if (hours.from === hours.to) {
      timesError(text('quiet.same'));
    } else {
      timesError('');
      const stored = wanted.get('quiet') || alerts.quietHours || {};
      if (hours.from !== stored.from || hours.to !== stored.to) {
        save('quiet', hours, { quietHours: hours });
      }
    }
  }

  /** My data (my-data.js) asks the service through this page: the token stays here. */
  function showMyData() {
    const mine = round;
    const detail = { call, refuses, ended, leave, say, announce, text, isGone: () => mine !== round };
    document.dispatchEvent(new CustomEvent('towncrier-signed-in', { detail }));
  }

  async function loadDevices() {
    try {
      const response = await call('GET', DEVICES);
      const devices = response.ok ? (await response.json()).items : null;
      $('devices').hidden = !Array.isArray(devices);
      if (!Array.isArray(devices)) {
        return;
      }
      $('no-devices').hidden = devices.length > 0;
      $('device-list').hidden = devices.length === 0;
      $('device-list').replaceChildren(
        ...devices.map((device) => {
          const row = $('device').content.firstElementChild.cloneNode(true);
          row.querySelector('.name').textContent = device.name ?? device.product;
          row.querySelector('.hint').textContent = [
            texts[`devices.${device.kind}`],
            device.version,
            device.lastSeen && text('devices.lastSeen', { date: calendar.format(new Date(device.lastSeen)) }),
          ].filter(Boolean).join(' · ');
          return row;
        }),
      );
    } catch {
      $('devices').hidden = true;
    }
  }

  // ---- Beginning.

  addSwitch($('push-place'), 'push', text('push.title'), text('push.hint'), (on) =>
    save('push', on, { push: on }));
  addSwitch($('quiet-place'), 'quiet', text('quiet.switch'), text('quiet.hint'), (on) => {
    stopTyping();
    const hours = on ? lastHours : null;
    save('quiet', hours, { quietHours: hours });
  });
  addSwitch($('receipts-place'), 'receipts', text('receipts.switch'), text('receipts.hint'), (on) =>
    save('receipts', on, { deliveryReceipts: on }));
  ['from', 'to'].forEach((id) => {
    $(id).addEventListener('input', () => {
      clearTimeout(typing);
      typing = setTimeout(saveTimes, TYPING_MILLIS);
    });
    $(id).addEventListener('blur', () => typing && saveTimes());
  });
  document.querySelectorAll('[data-retry]').forEach((button) => {
    button.addEventListener('click', () => {
      say('');
      load();
    });
  });
  addEventListener('offline', () => {
    // Beside a change of which we do not know, this would not be true.
    if (!waiting && $('message-retry').hidden) {
      say(text('message.offline'));
    }
  });
  addEventListener('online', () => {
    say('');
    load();
  });
  addEventListener('hashchange', () => signIn(takeToken()));
  document.addEventListener('visibilitychange', () => {
    // It may have been changed elsewhere meanwhile.
    if (!document.hidden && alerts && !waiting && !typing) {
      load();
    }
  });
  window.towncrierSignIn = signIn;
  const opening = takeToken();
  // A link on another site may hold a stranger's token, whose alerts would be changed here.
  signIn(document.body.dataset.from === 'cross-site' ? null : opening);
})();
