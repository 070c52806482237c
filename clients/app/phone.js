// The phone half of Towncrier: what an app does with the messages of its push provider. docs/apps.md leads through it.
//
//     const phone = new Phone(towncrier, { store, show, hide, open, list });
//     await towncrier.register({ ...facts, kit: KIT });   // from then on Android is sent data, and the app shows it
//     await phone.start();                                // at each start of the app, and when the network is back
//     await phone.arrived(message.data);                  // whatever the provider brings
//
// What it keeps: of one notice there is one alert, however often it comes; nothing is shown that is switched off here,
// called back or out of date, however long the provider held it; what was not shown is found in the list. Nobody but the
// service can show a notice or call one back, once it has given the key of its messages.

import { mayWorkLater, sha256, utf8 } from './towncrier.js';

/** What the app says of itself as the fact `kit`. */
export const KIT = '1';

const KEPT = 100; // Notices; a provider holds a message for a day at most.
const DAY = 86_400;
const ID = /^ntc_[A-Za-z0-9]{1,60}$/;

/** Of an app that was just installed: it has to ask what it missed. */
export const FRESH = { push: true, off: [], known: {}, order: 1, doubt: 1, steps: [], keys: [], asks: false };

/**
 * Pure: takes the state and what happened, gives the next state and what to do, in this order. The state must be kept
 * before anything is done: then a death in between costs a sound, and never makes a second one. `event.now` is
 * `{at, minute}`: seconds since 1970, and the minute of the phone's own day.
 * @param {any} before
 * @param {any} event
 * @param {(key: string, data: any, mac: string) => boolean} isOf
 * @returns {{ state: any, todo: any[] }}
 */
export function step(before, event, isOf = isMacOf) {
  const state = { ...FRESH, ...before, known: { ...before.known }, steps: [...before.steps] };
  const todo = [];
  (EVENTS[event.type] ?? (() => {}))(state, event, todo, isOf);
  Object.keys(state.known).slice(0, -KEPT).forEach((id) => delete state.known[id]);
  state.steps = state.steps.slice(-2 * KEPT);
  return { state, todo };
}

const EVENTS = {
  /** The user's switches, at once; the service hears of them later. */
  switched(state, { push, off, quiet, now }, todo) {
    Object.assign(state, { push, off, quiet });
    look(state, now, todo);
  },

  /** The service has given its key. The one before holds for a day more: so long a provider may hold what was sent. */
  keyed(state, { key, generation, now }) {
    const [held] = state.keys;
    if (held?.key !== key) {
      state.keys = key ? [{ key, generation }, { ...held, since: now.at }].filter((one) => one.key) : [];
    }
    state.asks = false;
  },

  /** A message of the provider. A challenge proves itself: it goes back to the service, and shows nothing. */
  arrived(state, { data, now }, todo, isOf) {
    const { kind = 'notice', noticeId = '', category, title, body, expires = 0, challenge } = data;
    if (kind === 'challenge') {
      todo.push({ do: 'prove', challenge });
    } else if (!isGenuine(state, data, now, isOf)) {
      doubt(state);
    } else if (kind === 'recall') {
      String(noticeId).split(' ').filter((id) => ID.test(id)).forEach((id) => recall(state, id, now, todo));
    } else if (kind !== 'notice' || !ID.test(noticeId)) {
      doubt(state);
    } else if (!state.known[noticeId]) {
      state.known[noticeId] = { is: 'waiting', category, title, body, expires: Number(expires) || 0 };
      told(state, noticeId, 'arrived', now);
      look(state, now, todo);
    }
  },

  /** The app was started, or the network is back; `deleted`: the provider says that it has dropped messages. */
  started(state, { deleted, now }, todo) {
    look(state, now, todo);
    // A death may have come before these: once more, without a sound.
    for (const [id, one] of Object.entries(state.known).filter(([id]) => !todo.some((act) => act.id === id))) {
      if (one.is === 'noted') {
        todo.push(shown(id, one, true));
      } else if (one.is === 'recalled' || one.is === 'dropped') {
        todo.push({ do: 'hide', id });
      }
    }
    state.asks && todo.push({ do: 'key' });
    if ((deleted && doubt(state)) || state.doubt > 0) {
      todo.push({ do: 'sync', order: state.order });
    }
  },

  woken: (state, { now }, todo) => look(state, now, todo),

  /** It stands on the screen. */
  shown: (state, { id, now }) => become(state, id, ['noted'], 'shown', now),

  /** The user has touched it. Where that leads is made of the id, never of a text. */
  opened(state, { id, now }, todo) {
    become(state, id, ['noted', 'shown'], 'opened', now);
    if (ID.test(id)) {
      todo.push({ do: 'open', path: `/notices/${id}` });
    }
  },

  /** The service's list is here; it was asked for at `order`. */
  listed: (state, { order }) => (state.doubt = order >= state.doubt ? 0 : state.doubt),

  /** The service has taken the first of the steps, but for those that it wants again. */
  taken: (state, { count, again = [] }) =>
    (state.steps = [...again.flatMap((place) => state.steps[place] ?? []), ...state.steps.slice(count)]),
};

/** Shows what waits and may be shown; drops what may not any more. What holds now decides, not what held when it was sent. */
function look(state, now, todo) {
  let waits = false;
  for (const [id, one] of Object.entries(state.known)) {
    const reason = ['waiting', 'noted'].includes(one.is) && forbids(state, one, now);
    if (reason) {
      become(state, id, [one.is], 'dropped', now, reason);
      doubt(state);
      if (one.is === 'noted') {
        todo.push({ do: 'hide', id });
      }
    } else if (one.is === 'waiting' && isQuiet(state.quiet, now.minute)) {
      waits = true;
    } else if (one.is === 'waiting') {
      state.known[id] = { ...one, is: 'noted' };
      todo.push(shown(id, one, false));
    }
  }
  if (waits) {
    doubt(state); // Until then it is found in the list.
    todo.push({ do: 'wake', minutes: (state.quiet.to - now.minute + 1440) % 1440 });
  }
}

/** Whether the service has made it. Without a key each message counts, as before there were keys. */
function isGenuine(state, data, { at }, isOf) {
  // While the service rotates its keys there are two, the new one first.
  const macs = String(data.mac ?? '').split(' ', 2).map((mac) => mac.split('.')).filter(([form]) => form === '1');
  // A clock that is set back ends a former key, too.
  const held = state.keys.filter(({ since = at }) => Math.abs(at - since) < DAY);
  const of = (mac) => held.filter((one) => `${one.generation}` === mac[1]);
  const genuine = macs.some((one) => of(one).some(({ key }) => isOf(key, data, one[2])));
  // A service that was restored may have another key under a number that is known.
  state.asks ||= held.length > 0 && macs.length > 0 && (!genuine || of(macs[0]).length === 0);
  return genuine || state.keys.length === 0;
}

/**
 * Pure: whether the MAC of a message is that of its members under a key (docs/adr/0073).
 * @param {string} key
 * @param {any} data
 * @param {string} mac
 */
export function isMacOf(key, data, mac) {
  try {
    const members = ['kind', 'noticeId', 'category', 'expires', 'link', 'title', 'body'].map((name) => utf8(data[name] ?? ''));
    const form = [utf8('towncrier-push-1\n'), ...members.map((one) => [...utf8(`${one.length}:`), ...one, 10])].flat();
    const secret = bytes(key);
    const hmac = (pad, rest) => sha256([...Array.from({ length: 64 }, (_, i) => secret[i] ^ pad), ...rest]);
    return form.length < 7_900 && String(hmac(0x5c, hmac(0x36, form)).slice(0, 16)) === String(bytes(mac));
  } catch {
    return false; // Half of a character.
  }
}

/** Of base64url; where uni-app runs there need not be one that decodes it. */
function bytes(text) {
  const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const bits = [...text].map((c) => ALPHABET.indexOf(c).toString(2).padStart(6, '0')).join('');
  return (bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2));
}

/** Before it comes as well as after: then it is known, and not shown when it comes. */
function recall(state, id, now, todo) {
  const was = state.known[id]?.is;
  if (was === 'noted' || was === 'shown') {
    todo.push({ do: 'hide', id });
  }
  if (!was) {
    state.known[id] = { is: 'waiting' };
  }
  become(state, id, ['waiting', 'noted', 'shown'], 'recalled', now);
  doubt(state);
}

function become(state, id, from, to, now, reason) {
  if (from.includes(state.known[id]?.is)) {
    state.known[id] = { ...state.known[id], is: to };
    told(state, id, to, now, reason);
  }
}

const doubt = (state) => (state.doubt = ++state.order);
const told = (state, id, what, { at }, reason) => state.steps.push({ id, step: what, at, ...(reason && { reason }) });

const forbids = (state, { category, expires }, { at }) =>
  !state.push || state.off.includes(category) ? 'switched-off' : expires > 0 && at >= expires ? 'expired' : undefined;

const isQuiet = (quiet, at) =>
  Boolean(quiet) && (quiet.from < quiet.to ? at >= quiet.from && at < quiet.to : at >= quiet.from || at < quiet.to);

const shown = (id, { category, title, body }, silent) => ({ do: 'show', id, category, title, body, silent });

/** Keeps the state, does what is to be done, and follows the switches of the kit. */
export class Phone {
  #towncrier;
  #platform;
  #now;
  #behind = false;

  /**
   * `store` as the kit's; `show` with the id as tag.
   * @param {import('./towncrier.js').Towncrier} towncrier
   * @param {import('./phone.js').PhonePlatform} platform
   */
  constructor(towncrier, { now = () => new Date(), ...platform }) {
    this.#towncrier = towncrier;
    this.#platform = /** @type {any} */ ({ wake: () => {}, ...platform });
    this.#now = now;
    towncrier.receipts = this;
    towncrier.onAlerts((alerts) => this.#switch(alerts).catch(() => (this.#behind = true)));
  }

  /** @param {Record<string, string>} data */
  arrived = (data = {}) => this.#do({ type: 'arrived', data });
  /** @param {string} id */
  opened = (id) => this.#do({ type: 'opened', id });
  woken = () => this.#do({ type: 'woken' });

  /** @param {{ deleted?: boolean }} [how] */
  async start({ deleted = false } = {}) {
    await this.#switch(this.#towncrier.alerts);
    this.#towncrier.flush().catch(() => {}); // What was chosen without a network.
    this.#towncrier.messageKey || (await this.#askKey());
    await this.#do({ type: 'started', deleted });
    const challenge = this.#platform.store.get('towncrier.challenge');
    challenge && (await this.#prove(challenge));
  }

  /** What became of notices here, oldest first: the kit's next check brings it to the service. */
  steps = () => this.#state().steps;
  /** @param {number} count @param {number[]} [again] */
  taken = (count, again = []) => this.#do({ type: 'taken', count, again });

  #state = () => JSON.parse(this.#platform.store.get('towncrier.phone') ?? JSON.stringify(FRESH));

  async #switch(/** @type {any} */ { switches, quietHours }) {
    const off = Object.keys(switches).filter((key) => key.startsWith('pushCategories.') && !switches[key].value);
    const minute = (text) => 60 * Number(text.slice(0, 2)) + Number(text.slice(3, 5));
    const quiet = quietHours && { from: minute(quietHours.from), to: minute(quietHours.to) };
    await this.#do({ type: 'switched', push: switches.push.value, off: off.map((key) => key.slice(15)), quiet });
  }

  async #do(event) {
    if (this.#behind && event.type !== 'switched' && event.type !== 'keyed') {
      // There was no room for a choice of the user.
      await this.#switch(this.#towncrier.alerts);
      this.#behind = false;
    }
    const { key, generation } = this.#towncrier.messageKey ?? {};
    if (event.type !== 'keyed' && key !== this.#state().keys?.[0]?.key) {
      await this.#do({ type: 'keyed', key, generation });
    }
    const date = this.#now();
    const now = { at: Math.floor(date.getTime() / 1000), minute: 60 * date.getHours() + date.getMinutes() };
    const { state, todo } = step(this.#state(), { ...event, now });
    this.#platform.store.set('towncrier.phone', JSON.stringify(state));
    for (const { do: what, ...given } of todo) {
      await this.#act(what, given);
    }
  }

  /** What finds no network is answered at the next start. */
  async #prove(challenge) {
    const again = await this.#towncrier.prove(challenge).then(() => false, mayWorkLater);
    this.#platform.store[again ? 'set' : 'remove']('towncrier.challenge', challenge);
  }

  /** A service without keys, or none that answers: asked again at the next start. */
  #askKey = () => this.#towncrier.askMessageKey().then(() => this.#do({ type: 'keyed', ...this.#towncrier.messageKey }), () => {});

  async #act(what, given) {
    if (what === 'prove') {
      await this.#prove(given.challenge);
    } else if (what === 'key') {
      await this.#askKey();
    } else if (what === 'sync') {
      const page = await this.#towncrier.notices().catch(() => undefined); // Asked for again at the next start.
      if (page) {
        await this.#platform.list(page);
        await this.#do({ type: 'listed', order: given.order });
      }
    } else if (what !== 'show') {
      await this.#platform[what](given);
    } else if (this.#state().known[given.id]?.is === 'noted') {
      await this.#platform.show(given);
      await this.#do({ type: 'shown', id: given.id });
    }
  }
}
