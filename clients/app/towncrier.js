// Towncrier for apps: one module without dependencies, for uni-app, browsers and Node (18 and newer).
// docs/apps.md leads through it; towncrier.d.ts has its types. To be read, copied and adapted.
//
//     const towncrier = new Towncrier({ url, product, version, kind: 'phone', ...uniApp(uni) });
//     await towncrier.register({ identifier, country, timezone, language });
//     const update = await towncrier.check();
//
// What it keeps: a device is registered once, and a reinstall that knows the identifier keeps its opt-outs; a check is
// not asked for before its time; a switch is "saved" only when the service has said so, and what could not be sent is
// kept and sent later, in the order in which the user chose it. It never says that an opt-out holds while it does not.

/** @import { Alerts, Facts, Notice, Platform, QuietHours, Store, SwitchKey, Update } from './towncrier.js' */

const TIMEOUT_MILLIS = 30_000;
/** Three times 20 s are longer than any push is on its way. */
const MOST_WAITS = 3;
const [MINUTE, HOUR] = [60, 3_600];
const FACTS = ['country', 'timezone', 'language', 'channel', 'cohort', 'hardware', 'counter'];
const KEPT = ['device', 'check', 'alerts', 'wanted', 'reads', 'phone', 'challenge'];
/** The codes of the service that say that the request itself is wrong. */
const FOR_GOOD = ['invalid-request', 'malformed-json', 'unknown-notice', 'nothing-to-prove'];

/** A refusal of the service, or no answer: then `status` is 0. */
export class TowncrierError extends Error {
  constructor(status, /** @type {any} */ problem = {}, /** @type {number | undefined} */ retryAfterSeconds = undefined) {
    super(problem.detail ?? problem.title ?? (status === 0 ? 'no answer' : `status ${status}`));
    this.name = 'TowncrierError';
    this.status = status;
    this.code = problem.code;
    this.errors = problem.errors ?? [];
    this.known = problem.known;
    this.cell = problem.cell;
    this.url = problem.url;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** Whether the same request may succeed later. */
  get temporary() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Whether what failed is kept and tried again later. @param {any} failed */
export const mayWorkLater = (failed) => !FOR_GOOD.includes(failed?.code);

// ---- What differs between platforms: `http` sends one request, `store` keeps small texts.

/** For browsers and Node. @param {{ fetch?: typeof fetch, storage?: Storage }} [options] @returns {Platform} */
export function web({ fetch = globalThis.fetch, storage = globalThis.localStorage } = {}) {
  return {
    async http({ method, url, headers, body }) {
      const how = /** @type {RequestInit} */ ({ credentials: 'omit', cache: 'no-store', redirect: 'error' });
      const response = await fetch(url, { method, headers, body, ...how, signal: AbortSignal.timeout(TIMEOUT_MILLIS) });
      const header = (name) => response.headers.get(name) ?? undefined;
      return { status: response.status, header, text: await response.text(), url: response.url };
    },
    store: !storage ? memory() : {
      get: (key) => storage.getItem(key) ?? undefined,
      set: (key, value) => storage.setItem(key, value),
      remove: (key) => storage.removeItem(key),
    },
  };
}

/** For uni-app: `uniApp(uni)`. @param {any} uni @returns {Platform} */
export function uniApp(uni) {
  return {
    http({ method, url, headers, body }) {
      return new Promise((resolve, reject) => {
        uni.request({
          ...{ url, method, header: headers, data: body, dataType: 'text', responseType: 'text', timeout: TIMEOUT_MILLIS },
          success({ statusCode, header, data }) {
            const names = Object.fromEntries(Object.entries(header ?? {}).map(([k, v]) => [k.toLowerCase(), String(v)]));
            const empty = statusCode === 204 || data === undefined || data === null;
            const text = empty ? '' : typeof data === 'string' ? data : JSON.stringify(data);
            resolve({ status: statusCode, header: (name) => names[name.toLowerCase()], text });
          },
          fail: (error) => reject(new Error(error?.errMsg ?? 'no answer')),
        });
      });
    },
    store: {
      // An unknown key gives an empty text there.
      get: (key) => uni.getStorageSync(key) || undefined,
      set: (key, value) => uni.setStorageSync(key, value),
      remove: (key) => uni.removeStorageSync(key),
    },
  };
}

/** Forgets everything with the process: for tests and tools. */
export function memory() {
  const kept = new Map();
  return { get: (key) => kept.get(key), set: (key, value) => kept.set(key, value), remove: (key) => kept.delete(key) };
}

export class Towncrier {
  #url;
  #http;
  #store;
  #app;
  #now;
  #facts = {};
  #registering;
  /** @type {Promise<any>} */
  #queue = Promise.resolve();
  #listeners = new Set();
  #unkept = {}; // What the store had no room for, for this run.
  #seen = {}; // What it said last.
  /** @type {any} */ receipts; // The phone half, which knows what became of pushes.

  /**
   * @typedef {{ url: string, product: string, version: string, kind?: 'phone' | 'router', now?: () => number }} Options
   * @param {Options & Partial<Platform>} options
   */
  constructor({ url, product, version, kind = 'phone', http, store, now = Date.now }) {
    if (!url || !product || !version) {
      throw new TypeError('url, product and version are needed');
    }
    const platform = http && store ? { http, store } : { ...web(), ...(http && { http }), ...(store && { store }) };
    this.#url = url.replace(/\/+$/, '');
    ({ http: this.#http, store: this.#store } = platform);
    this.#app = { kind, product, version };
    this.#now = now;
    KEPT.forEach((key) => this.#read(key));
    // What the app said when it ran last; what it says now counts before that.
    this.#facts = { ...this.#read('device')?.said };
    this.#url = this.#read('device')?.url ?? this.#url;
  }

  // ---- Registration

  /** The device's id, once it is registered. */
  get deviceId() {
    return this.#read('device')?.deviceId;
  }

  /**
   * Registers this installation once; later calls bring changed facts up to date. The identifier is the device's own
   * unique one: the service keeps a keyed hash of it, and a reinstall begins with what was switched off before.
   * @param {Facts} [facts]
   * @returns {Promise<string>} the device's id
   */
  async register(facts = {}) {
    this.#facts = { ...this.#facts, ...facts };
    const known = this.#read('device');
    if (!known) {
      return this.#registerOnce();
    }
    this.#keep();
    const said = this.#said();
    if (JSON.stringify(said) !== JSON.stringify(known.said)) {
      const { identifier, ecv, kind, product, ...changeable } = said;
      // A fact that is not known any more is taken away.
      FACTS.slice(0, 5).filter((one) => one in known.said && !(one in said)).forEach((one) => (changeable[one] = null));
      // A check of the device brings what it says up to date.
      await this.#asDevice('POST', '/check', having('decision'), changeable);
      this.#write('device', { ...this.#read('device'), said });
    }
    return this.deviceId;
  }

  #said() {
    const known = ['identifier', 'ecv', 'kit', ...FACTS].map((name) => [name, this.#facts[name]]);
    return dropEmpty({ ...this.#app, ...Object.fromEntries(known) });
  }

  /** Called twice at once, it registers once. */
  #registerOnce = () => (this.#registering ??= this.#registerAnew().finally(() => (this.#registering = undefined)));

  async #registerAnew() {
    const [said, asked] = [this.#said(), this.#url];
    const made = await this.#askForDevice(said).catch((refused) => this.#registerAtHome(refused, said));
    this.#chooseAgain();
    const home = this.#url === asked ? this.#read('device')?.url : this.#url;
    const { deviceId, secret } = made;
    this.#write('device', dropEmpty({ deviceId, secret, said, url: home, messageKey: keyIn(made) }));
    this.#wanted().length && this.flush().catch(() => {}); // Behind this: who registers waits for no choice.
    return deviceId;
  }

  /** The key of messages to this device, as it is known here. */
  get messageKey() {
    return this.#read('device')?.messageKey;
  }

  async askMessageKey() {
    const { secret } = this.#device();
    const messageKey = keyIn(await this.#asDevice('POST', '/message-key', having('messageKey')));
    const device = this.#read('device');
    // One that was removed meanwhile needs none; one that has registered anew was given its own with that.
    device?.secret === secret && this.#write('device', { ...device, messageKey });
  }

  /** A new device, perhaps in another cell, need not know what was switched off on the one before it. */
  #chooseAgain() {
    const { switches, quietHours } = this.alerts;
    const queued = this.#wanted();
    const off = Object.keys(switches).filter((key) => !switches[key].value).map((key) => this.#choice(key, false));
    const all = quietHours ? [...off, this.#choice('quietHours', quietHours)] : off;
    this.#write('wanted', [...all.filter(({ key }) => !queued.some((one) => one.key === key)), ...queued]);
  }

  /** Another cell serves the country of this device: once, and never from HTTPS to less. */
  async #registerAtHome(refused, said) {
    const asked = this.#url;
    const allowed = /^http:/.test(asAnswered(asked)) ? /^https?:\/\// : /^https:\/\//;
    if (refused.code !== 'wrong-cell' || !allowed.test(refused.url)) {
      throw refused;
    }
    this.#url = refused.url.replace(/\/+$/, '');
    return this.#askForDevice(said).catch((again) => {
      this.#url = asked;
      throw again;
    });
  }

  #askForDevice = (said) => this.#call('POST', '/v1/devices', having('deviceId', 'secret'), { body: said });

  /** Removes the device from the service, and everything of it from here. */
  async unregister() {
    if (this.#read('device')) {
      const isGone = ({ status }) => status === 401 || status === 404;
      await this.#asDevice('DELETE', '', isNothing).catch((refused) => isGone(refused) || Promise.reject(refused));
    }
    [this.#unkept, this.#seen] = [{}, {}];
    KEPT.forEach((key) => this.#store.remove(`towncrier.${key}`));
  }

  /** Links the device to the signed-in user. @param {string} userToken */
  linkAccount = (userToken) => this.#withUser('PUT', userToken);
  /** @param {string} userToken */
  unlinkAccount = (userToken) => this.#withUser('DELETE', userToken);

  #withUser = (method, token, { deviceId, secret } = this.#device()) =>
    this.#call(method, `/v1/devices/${deviceId}/account`, isNothing, { token, secret });

  // ---- Update check

  /**
   * Whether there is an update. Before the time that the service named, the last answer is given again, unless the user
   * asked (`manual`) or the facts have changed. Without an answer the last one holds, and `stale` says so.
   * It says what mattered the last time alone. When something else has begun to matter, it asks once more with that.
   * @param {{ manual?: boolean }} [options]
   * @returns {Promise<Update>}
   */
  async check({ manual = false } = {}) {
    const facts = JSON.stringify(this.#said());
    const last = this.#read('check');
    const same = last?.facts === facts;
    const now = this.#now();
    // A clock that was set back must not keep the app from asking.
    if (same && !manual && now < last.nextAt && now >= last.askedAt) {
      return { ...last.answer, fresh: false, stale: last.stale ?? false };
    }
    try {
      let asked = this.receipts && (await this.#inTurn(() => this.#bringReceipts(last, manual)).catch(() => undefined));
      asked ??= await this.#ask(this.#query(last?.answer ?? { matters: [] }, manual), last);
      const more = this.#query(asked.answer, manual);
      if (asked.query && more !== asked.query && (asked.answer.askAgainWith || !asked.answer.matters)) {
        asked = await this.#ask(more, last);
      }
      this.#write('check', { ...asked, facts, askedAt: now, nextAt: now + this.#waitAfter(asked.answer) * 1000, failures: 0 });
      return { ...asked.answer, fresh: true, stale: false };
    } catch (failed) {
      if (!(failed instanceof TowncrierError) || !failed.temporary || !same) {
        throw failed;
      }
      const failures = Math.min((last.failures ?? 0) + 1, 9);
      const wait = failed.retryAfterSeconds ?? Math.min(MINUTE * 2 ** (failures - 1), 6 * HOUR);
      this.#write('check', { ...last, askedAt: now, nextAt: now + wait * 1000, failures, stale: true });
      return { ...last.answer, fresh: false, stale: true };
    }
  }

  /** What became of pushes rides in a check as the device, in place of the one that anybody may make. */
  async #bringReceipts(last, manual) {
    const all = this.deviceId ? this.receipts.steps() : [];
    const isOff = this.alerts.switches.deliveryReceipts?.value === false;
    const steps = isOff ? [] : all.slice(0, 50);
    isOff && all.length > 0 && (await this.receipts.taken(all.length)); // Nothing is told, nor kept to be told later.
    const said = (one) => (one.step === 'recalled' ? { step: 'dropped', reason: one.step } : one);
    const told = steps.map(({ id, at, ...one }) => ({ notice: id, at: new Date(1000 * at).toISOString(), ...said(one) }));
    const body = { manual, clock: new Date(this.#now()).toISOString(), deliveryReceipts: told };
    const asked = told.length > 0 && (await this.#asDevice('POST', '/check', having('decision'), body));
    const { deliveryReceipts, ...answer } = asked || {};
    deliveryReceipts && (await this.receipts.taken(told.length, deliveryReceipts.again));
    return asked ? { answer: { ...answer, matters: last?.answer.matters, rollouts: last?.answer.rollouts } } : undefined;
  }

  async #ask(query, last) {
    const tag = last?.query === query ? last.tag : undefined;
    const path = `/v1/products/${encodeURIComponent(this.#app.product)}/update?${query}`;
    const got = await this.#send('GET', path, having('decision'), { tag });
    const answer = got.status === 304 ? last.answer : parsed(got.text);
    if (answer.product !== this.#app.product) {
      throw noAnswer(); // A proxy mixes answers up.
    }
    return { query, answer, tag: got.header('etag') ?? tag };
  }

  /** When to call `check` next, as milliseconds of the clock; 0 when at once. */
  get nextCheckAt() {
    return this.#read('check')?.nextAt ?? 0;
  }

  /** What matters by an answer; to an older service, which does not say it, everything does. */
  #query({ matters = FACTS, rollouts }, manual) {
    const facts = { ...this.#facts, channel: this.#facts.channel ?? 'stable' };
    const said = dropEmpty(Object.fromEntries(FACTS.map((name) => [name, matters.includes(name) ? facts[name] : undefined])));
    if (said.cohort && rollouts) {
      // Whether it is inside is enough, and few phones are alone with that.
      const side = ({ salt, share }) => (bucket(`${salt}:${said.cohort}`) < share ? 'in' : 'out');
      said.rollouts = rollouts.map((one) => `${one.id}-${side(one)}`).join('.');
      delete said.cohort;
    }
    return queryOf({ version: this.#app.version, ...said, manual: manual ? 'true' : undefined });
  }

  /** Anywhere before or behind the middle. */
  #waitAfter({ nextCheckSeconds = HOUR, nextCheckSpreadSeconds, installWindow }) {
    const spread = nextCheckSpreadSeconds ?? nextCheckSeconds / 10;
    const wait = bounded(nextCheckSeconds + (2 * Math.random() - 1) * spread, MINUTE, 24 * HOUR);
    // An offer whose hours come sooner is looked at again then.
    return installWindow?.opensInSeconds > 0 ? Math.min(wait, installWindow.opensInSeconds) : wait;
  }

  // ---- Push address

  /**
   * Brings the address that the push provider gave. The service pushes a challenge to it; give that to `prove`. Call it
   * whenever the provider gives an address: the same one again costs nothing.
   * @param {string} value
   * @param {{ provider?: string, kind?: 'token' | 'fid' | 'cid' }} [options]
   */
  proposeAddress = (value, { provider = 'fcm', kind = 'token' } = {}) =>
    this.#asDevice('PUT', '/push-address', isPending, { provider, kind, value });

  /** Answers the challenge of a push message (`data.challenge`): the address counts from then on. @param {string} challenge */
  prove = (challenge) =>
    this.#untilItHolds(() => this.#asDevice('POST', '/push-address/confirm', isNothing, { challenge }));

  removeAddress = () => this.#untilItHolds(() => this.#asDevice('DELETE', '/push-address', isNothing));

  // ---- Notification alerts

  /**
   * What to show: each switch with its value and its state. `saved`: the service holds it. `saving`: sent, not answered.
   * `queued`: could not be sent yet, and is kept. While one is not `saved`, pushes that it forbids may still come.
   * @type {Alerts}
   */
  get alerts() {
    const held = this.#read('alerts');
    const wanted = this.#wanted();
    const hours = wanted.find((one) => one.key === 'quietHours');
    const quietHours = hours ? (hours.value ?? undefined) : held?.quietHours;
    /** @type {any} */
    const view = { switches: {}, quietHours, revision: held?.revision, loaded: Boolean(held) };
    const put = (key, value) => {
      const change = wanted.find((one) => one.key === key);
      const state = !change ? 'saved' : this.#saving === change.id ? 'saving' : 'queued';
      view.switches[key] = { value: change ? change.value : value, state };
    };
    put('push', held?.push ?? true);
    held?.deliveryReceipts !== undefined && put('deliveryReceipts', held.deliveryReceipts);
    for (const kind of ['pushCategories', 'inAppCategories']) {
      for (const [category, value] of Object.entries(held?.[kind] ?? {})) {
        put(`${kind}.${category}`, value);
      }
    }
    wanted.filter((one) => one !== hours).forEach(({ key, value }) => put(key, value)); // Chosen before it was loaded.
    view.settled = wanted.length === 0;
    view.kept = view.settled || !this.#unkept.wanted;
    return view;
  }

  /** Asks what holds; then sends what is queued: a promise of `alerts`. */
  loadAlerts = () => this.#inTurn(() => this.#load()).then(() => this.flush());

  /**
   * Sets a switch: `push`, `pushCategories.firmware-update`, `inAppCategories.policy`, `deliveryReceipts`, or
   * `quietHours` (`{from, to}` or null). It is kept before it is sent, so it survives the end of the app. Resolves when it
   * is saved or queued; rejects when the service says that the choice itself is wrong.
   * @param {SwitchKey | 'quietHours'} key
   * @param {boolean | QuietHours | null} value
   * @returns {Promise<Alerts>}
   */
  setAlert(key, value) {
    if (!/^(push|deliveryReceipts|quietHours|(push|inApp)Categories\.[a-z-]+)$/.test(key)) {
      throw new TypeError(`no such switch: ${key}`);
    }
    // Of one switch the last choice counts. The one before goes first: there need not be room for the last one.
    this.#write('wanted', this.#wanted().filter((one) => one.key !== key));
    this.#write('wanted', [...this.#wanted(), this.#choice(key, value)]);
    this.#tell();
    return this.flush();
  }

  #choice = (key, value) => ({ id: `${this.#now()}-${Math.random().toString(36).slice(2)}`, key, value });

  /** Sends what is queued, oldest first. Call it when the network is back. @returns {Promise<Alerts>} */
  flush() {
    this.#keep();
    return this.#inTurn(() => this.#sendWanted());
  }

  /** One after the other, so that no late answer hides what was saved after its question. */
  #inTurn = (what) => (this.#queue = this.#queue.catch(() => {}).then(what));

  /** Calls back with `alerts` whenever they change; returns what ends that. @param {(alerts: Alerts) => void} listener */
  onAlerts(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #saving;

  async #sendWanted() {
    let refused;
    let stale = false;
    for (let tries = 0; this.#wanted().length > 0 && tries < 50; tries++) {
      const change = this.#wanted()[0];
      this.#saving = change.id;
      this.#tell();
      try {
        if (stale || !this.#read('alerts')) {
          await this.#load();
        }
        this.#hold(await this.#putAlert(change));
        this.#done(change);
        stale = false;
      } catch (failed) {
        // Somebody else has changed them; what this user chose is chosen all the same.
        stale = failed.code === 'stale-revision';
        if (!mayWorkLater(failed)) {
          refused ??= failed;
          this.#done(change);
        } else if (!stale) {
          break;
        }
      } finally {
        this.#saving = undefined;
        this.#tell();
      }
    }
    return refused ? Promise.reject(refused) : this.alerts;
  }

  async #putAlert({ key, value }) {
    const [kind, category] = key.split('.');
    const change = { [kind]: category ? { [category]: value } : value, revision: this.#read('alerts').revision };
    return this.#untilItHolds(() => this.#asDevice('PUT', '/notification-alerts', isAlerts, change));
  }

  #wanted = () => this.#read('wanted') ?? [];
  #done = (change) => this.#write('wanted', this.#wanted().filter((one) => one.id !== change.id));
  #load = async () => this.#hold(await this.#asDevice('GET', '/notification-alerts', isAlerts));

  #hold(alerts) {
    this.#write('alerts', alerts);
    this.#tell();
  }

  /** A listener that throws costs no choice, and no other listener its news. */
  #tell() {
    for (const listener of this.#listeners) {
      try {
        listener(this.alerts);
      } catch (failed) {
        console.error(failed);
      }
    }
  }

  /** Stored, with a push still on its way: the same request goes on waiting for it. */
  async #untilItHolds(request, waits = MOST_WAITS) {
    const waitsOn = ({ code }) => code === 'not-yet-effective' && waits > 0;
    return request().catch((e) => (waitsOn(e) ? this.#untilItHolds(request, waits - 1) : Promise.reject(e)));
  }

  // ---- Notices

  /**
   * A page of notices, newest first. What was read here and not sent yet counts as read.
   * @param {{ after?: string, limit?: number }} [page]
   * @returns {Promise<{ items: Notice[], next?: string }>}
   */
  async notices({ after, limit } = {}) {
    await this.#sendReads();
    const query = queryOf({ after, limit });
    const page = await this.#asDevice('GET', `/notices${query && '?'}${query}`, having('items'));
    const reads = new Set(this.#reads());
    return { ...page, items: page.items.map((one) => (reads.has(one.id) ? { ...one, read: true } : one)) };
  }

  /** Marks a notice as read; kept and sent later without a network; what is no id is dropped. @param {string} noticeId */
  async read(noticeId) {
    this.#write('reads', this.#reads(noticeId));
    await this.#sendReads();
  }

  #reads = (...more) => [...new Set([...(this.#read('reads') ?? []), ...more])].filter((id) => /^\w+$/.test(id));

  async #sendReads() {
    for (const id of this.#reads()) {
      try {
        await this.#asDevice('POST', `/notices/${encodeURIComponent(id)}/read`, isNothing);
      } catch (failed) {
        if (mayWorkLater(failed)) {
          return;
        }
        // A notice that is gone need not be read.
      }
      this.#write('reads', this.#reads().filter((one) => one !== id));
    }
  }

  // ---- Requests

  #device() {
    const device = this.#read('device');
    if (!device) {
      throw new TowncrierError(401, { code: 'not-registered', detail: 'call register first' });
    }
    return device;
  }

  /**
   * As this device. Where its secret does not count any more (it was revoked, or the service was restored), it registers
   * anew and asks once more; with its identifier it keeps what was switched off.
   */
  async #asDevice(method, below, isAnswer, body) {
    const ask = ({ deviceId, secret }) => this.#call(method, `/v1/devices/${deviceId}${below}`, isAnswer, { token: secret, body });
    const { secret } = this.#device();
    try {
      return await ask(this.#device());
    } catch (refused) {
      if (refused.status !== 401 || (method === 'DELETE' && below === '')) {
        throw refused;
      }
      // The old one is kept until there is a new one; another call may have brought that meanwhile.
      if (this.#device().secret === secret) {
        // Where that is refused, it says nothing of this request.
        await this.#registerOnce().catch((failed) => Promise.reject(failed.temporary ? failed : refused));
      }
      return ask(this.#device());
    }
  }

  /** The JSON of a success, nothing of an empty one; fails with a TowncrierError. */
  async #call(method, path, isAnswer, /** @type {any} */ options = {}) {
    try {
      return parsed((await this.#send(method, path, isAnswer, options)).text);
    } catch (refused) {
      const rest = refused.status === 400 ? only(refused.known, options.body) : undefined;
      // An older service names what it knows: the rest of an opt-out is not lost for what it does not.
      if (!rest) {
        throw refused;
      }
      return parsed((await this.#send(method, path, isAnswer, { ...options, body: rest })).text);
    }
  }

  /**
   * Who answers need not be the service: a captive portal says 200 with a page, or refuses, or leads elsewhere. What has
   * not the form of the service's own answer to this call is no answer, whatever its status.
   */
  async #send(method, path, isAnswer, /** @type {any} */ { token, secret, body, tag }) {
    const headers = dropEmpty({
      ...{ Accept: 'application/json', 'Content-Type': body && 'application/json' },
      ...{ Authorization: token && `Bearer ${token}`, 'X-Device-Secret': secret, 'If-None-Match': tag },
    });
    let answer;
    try {
      answer = await this.#http({ method, url: this.#url + path, headers, body: body && JSON.stringify(body) });
    } catch (failed) {
      throw noAnswer(String(failed?.message ?? failed));
    }
    const { status, text } = answer;
    if (answer.url && !answer.url.startsWith(asAnswered(`${this.#url}/`))) {
      throw noAnswer();
    }
    if ((status === 304 && tag) || (status >= 200 && status < 300 && isAnswer(answer))) {
      return answer;
    }
    const problem = parsed(text);
    // A gateway refuses with JSON as well; a code is the service's.
    const own = problem?.status === status && typeof problem.code === 'string';
    const after = Number(answer.header('retry-after'));
    if (own || status === 429 || status >= 500) {
      throw new TowncrierError(status, own ? problem : {}, after > 0 ? bounded(after, 1, HOUR) : undefined);
    }
    throw noAnswer();
  }

  /** A store that cannot be read is as it was last; where it never could, a device must not be registered over it. */
  #read(key) {
    try {
      this.#seen[key] = this.#store.get(`towncrier.${key}`);
    } catch (failed) {
      if (!(key in this.#seen)) {
        throw failed;
      }
    }
    return this.#unkept[key] ?? parsed(this.#seen[key]);
  }

  /** Without room for it, it holds for this run, and the next write tries again: a secret is shown once. */
  #write(key, value) {
    this.#unkept[key] = value;
    this.#keep();
  }

  #keep() {
    for (const [key, value] of Object.entries(this.#unkept)) {
      const text = JSON.stringify(value);
      try {
        // On a full disk too: what is sent already must not be sent again at the next start.
        text === '[]' ? this.#store.remove(`towncrier.${key}`) : this.#store.set(`towncrier.${key}`, text);
        this.#seen[key] = text;
        delete this.#unkept[key];
      } catch {} // No room.
    }
  }
}

// ---- What the service answers to a call

const noAnswer = (detail = 'that was no answer of the service') => new TowncrierError(0, { detail });

/** An address as an answer names it: whole, the host in lower case, no port that goes without saying. */
function asAnswered(url) {
  try {
    return new URL(url, globalThis.location?.href).href;
  } catch {
    return url; // Where uni-app runs there need not be URLs.
  }
}

/** A JSON object with these members. */
const having = (...names) => ({ text, header }) => {
  const said = /^application\/json\b/i.test(header('content-type') ?? '') ? parsed(text) : undefined;
  return names.every((name) => said?.[name] !== undefined);
};
const isAlerts = having('push', 'revision');
const isNothing = ({ status, text }) => status === 204 && !text;
const isPending = (answer) => isNothing(answer) || having('state')(answer); // proved already, or waits for its challenge

function parsed(text) {
  try {
    return text ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}

/** What of a change the service knows, where that is a part of it that switches something. */
function only(known, body) {
  if (!Array.isArray(known) || !body) {
    return undefined;
  }
  const rest = {};
  for (const [name, value] of Object.entries(body)) {
    const tree = known.filter((one) => one.startsWith(`${name}.`));
    const below = Object.entries(value ?? {}).filter(([one]) => tree.includes(`${name}.${one}`));
    if (tree.length === 0 ? known.includes(name) : typeof value !== 'object' || !value || below.length > 0) {
      rest[name] = tree.length > 0 && below.length > 0 ? Object.fromEntries(below) : value;
    }
  }
  const switches = Object.keys(rest).some((name) => name !== 'revision');
  return switches && JSON.stringify(rest) !== JSON.stringify(body) ? rest : undefined;
}

const queryOf = (values) => Object.entries(dropEmpty(values)).map((pair) => pair.map(encodeURIComponent).join('=')).join('&');

const keyIn = ({ messageKey: key, messageKeyGeneration: generation }) => key && { key, generation };

/** The SHA-256 of a text as one number, modulo 10,000. */
const bucket = (text) => sha256(utf8(text)).reduce((rest, byte) => (rest * 256 + byte) % 10_000, 0);

/** Fails for half of a character. @param {string} text @returns {number[]} */
export const utf8 = (text) =>
  (encodeURIComponent(text).match(/%..|./g) ?? []).map((c) => (c[1] ? parseInt(c.slice(1), 16) : c.charCodeAt(0)));

/** SHA-256 (FIPS 180-4) of at most 8,000 bytes; where uni-app runs there is no other. @param {number[]} given */
export function sha256(given) {
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const bits = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  const primes = [...Array(312).keys()].slice(2).filter((n, i, all) => all.slice(0, i).every((one) => n % one));
  const length = 8 * given.length;
  const bytes = [...given, 0x80, ...Array(6 + ((119 - given.length) % 64 + 64) % 64).fill(0), length >>> 8, length & 255];
  let sum = primes.slice(0, 8).map((prime) => bits(Math.sqrt(prime)));
  for (let at = 0; at < bytes.length; at += 64) {
    const words = [];
    let [a, b, c, d, e, f, g, h] = sum;
    for (let i = 0; i < 64; i++) {
      const mix = (w, x, y, z) => turn(w, x) ^ turn(w, y) ^ (w >>> z);
      words[i] = i < 16
        ? bytes.slice(at + 4 * i, at + 4 * i + 4).reduce((word, byte) => (word << 8) | byte, 0)
        : (words[i - 16] + mix(words[i - 15], 7, 18, 3) + words[i - 7] + mix(words[i - 2], 17, 19, 10)) | 0;
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + bits(Math.cbrt(primes[i])) + words[i];
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    sum = [a, b, c, d, e, f, g, h].map((word, i) => (word + sum[i]) | 0);
  }
  return sum.flatMap((word) => [24, 16, 8, 0].map((by) => (word >>> by) & 255));
}

const dropEmpty = (values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== ''));

const bounded = (value, least, most) => Math.min(Math.max(Number(value) || least, least), most);
