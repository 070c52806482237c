// Every call of the app kit while something that is not the service answers: node faults.test.mjs URL, with the front that
// story.test.mjs describes. Prints a line for each part, and fails at the first wrong one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { plain } from './plain-http.mjs';
import { sealed } from './sealed.mjs';
import { Phone } from '../../../clients/app/phone.js';
import * as kit from '../../../clients/app/towncrier.js';

const url = process.argv[2];
const source = readFileSync(new URL('../../../clients/app/towncrier.js', import.meta.url), 'utf8');
const front = async (path, body) => {
  const answer = await fetch(url + path, body && { method: 'POST', body: JSON.stringify(body) });
  return answer.json();
};
const fault = (mode) => front('/fault', { mode });
const step = (name) => console.log(`ok ${name}`);
const facts = { country: 'DE', timezone: 'Europe/Berlin', language: 'de' };
const app = (store, more = {}, { Towncrier, web } = kit) =>
  new Towncrier({ url, product: 'router-app-android', version: '3.0.1', http: web({}).http, store, ...more });

// What answers, and the status that the app is given. A platform that follows redirects says where it has come out.
const FAULTS = {
  portal: 0, 'portal-json': 0, 'portal-list': 0, 'as-html': 0, empty: 0, login: 0, 'login-401': 0, 'login-404': 0, redirect: 0, down: 0,
  'gateway-401': 0, 'gateway-404': 0, 429: 429, 502: 502, 503: 503, 504: 504,
};
const follows = async (request) => {
  const answer = await plain(request);
  const to = answer.status === 302 && answer.header('location');
  return to ? { ...(await plain({ ...request, method: 'GET', body: undefined, url: to })), url: to } : { ...answer, url: request.url };
};
// Those that fail; a choice and a read notice are kept instead.
const CALLS = {
  register: (one) => one.register({ ...facts, country: 'AT' }),
  linkAccount: (one) => one.linkAccount('token'),
  unlinkAccount: (one) => one.unlinkAccount('token'),
  check: (one) => one.check(),
  proposeAddress: (one) => one.proposeAddress('tok-fault'),
  prove: (one) => one.prove('chl'),
  removeAddress: (one) => one.removeAddress(),
  loadAlerts: (one) => one.loadAlerts(),
  notices: (one) => one.notices(),
  askMessageKey: (one) => one.askMessageKey(),
  unregister: (one) => one.unregister(),
};

async function everyCall(module, modes, http) {
  for (const mode of modes) {
    await fault('none');
    const store = kit.memory();
    const here = app(store, { http }, module);
    await here.register(facts);
    await here.loadAlerts();
    const device = store.get('towncrier.device');
    await fault(mode);
    const fails = (e) => e instanceof module.TowncrierError && e.status === FAULTS[mode] && e.temporary;
    await assert.rejects(app(kit.memory(), { http }, module).register(facts), fails, `${mode}: the first register`);
    for (const [name, call] of Object.entries(CALLS)) {
      await assert.rejects(call(here), fails, `${mode}: ${name}`);
      assert.equal(store.get('towncrier.device'), device, `${mode}: ${name}`);
    }
    await here.read('ntc_1');
    assert.equal(store.get('towncrier.reads'), '["ntc_1"]', mode);
    for (const view of [await here.setAlert('push', false), await here.flush()]) {
      assert.deepEqual([view.switches.push, view.settled, view.kept], [{ value: false, state: 'queued' }, false, true], mode);
    }
    await fault('none');
    const { deviceId, secret } = JSON.parse(device);
    assert.equal((await held(deviceId, secret)).push, true, mode);
    assert.deepEqual((await app(store, { http }, module).flush()).switches.push, { value: false, state: 'saved' }, mode);
    assert.equal((await held(deviceId, secret)).push, false, mode);
  }
}

async function held(deviceId, secret) {
  const answer = await fetch(`${url}/v1/devices/${deviceId}/notification-alerts`, { headers: { Authorization: `Bearer ${secret}` } });
  return answer.json();
}

await everyCall(kit, Object.keys(FAULTS), kit.web({}).http);
await everyCall(kit, ['portal', 'login', 'redirect', 'portal-json'], follows);
step('every call, with every fault');

// The same with kits that lack a part: each is found out.
const lacks = async (part, instead, modes, http) => {
  assert.equal(source.split(part).length, 2, part);
  const broken = await import(`data:text/javascript,${encodeURIComponent(source.replace(part, instead))}`);
  await assert.rejects(everyCall(broken, modes, http), assert.AssertionError, `without ${part}`);
};
await lacks(' && isAnswer(answer)', '', ['portal'], plain);
await lacks('own || status === 429', 'true', ['login'], plain);
await lacks(" && typeof problem.code === 'string'", '', ['gateway-404'], plain);
await lacks("/^application\\/json\\b/i.test(header('content-type') ?? '')", 'true', ['as-html'], plain);
await lacks("header('content-type') ?? '') ? parsed(text) : undefined;\n  return names.every", "header('content-type') ?? '') ? parsed(text) : undefined;\n  return said && [].every", ['portal-json'], plain);
await lacks('answer.url && !answer.url.startsWith(asAnswered(`${this.#url}/`))', 'false', ['redirect'], async (request) => {
  // A portal that makes up the service's own answers.
  const answer = await follows(request);
  return answer.url === request.url ? answer : { ...answer, status: request.method === 'GET' ? 200 : 204, text: '' };
});
step('kits without a part are found out');

/** What the service holds, after a while. */
const pushIsOffAt = async (kept) => {
  for (let tries = 0; tries < 200; tries++) {
    const { deviceId, secret } = JSON.parse(kept.get('towncrier.device'));
    const answer = await fetch(`${url}/v1/devices/${deviceId}/notification-alerts`, { headers: { Authorization: `Bearer ${secret}` } });
    if ((await answer.json()).push === false) {
      return true;
    }
    await new Promise((later) => setTimeout(later, 50));
  }
  return false;
};

// The phone half: a challenge is answered later, a choice counts at once, the list is asked for again.
for (const mode of Object.keys(FAULTS)) {
  await fault('none');
  const store = kit.memory();
  const here = app(store);
  await here.register(facts);
  const address = `tok-phone-${mode}-${Math.random()}`;
  await here.proposeAddress(address);
  const [challenge] = await front(`/challenge?address=${address}`);
  const done = [];
  const acts = ['show', 'hide', 'open', 'list', 'wake'].map((what) => [what, () => void done.push(what)]);
  const phone = new Phone(here, { store, ...Object.fromEntries(acts) });
  await fault(mode);
  await phone.start();
  await phone.arrived({ kind: 'challenge', challenge });
  await here.setAlert('push', false);
  const notice = { kind: 'notice', noticeId: 'ntc_1', category: 'announcement', title: 'T', body: 'B' };
  await phone.arrived(sealed(notice, here.messageKey));
  await phone.arrived({ ...notice, noticeId: 'ntc_forged', category: 'security' });
  await phone.opened('ntc_1');
  await phone.woken();
  assert.deepEqual(done, ['open'], mode);
  assert.equal(phone.steps().at(-1).reason, 'switched-off', mode);
  await fault('none');
  await phone.start();
  assert.deepEqual(done, ['open', 'hide', 'list'], mode);
  assert.equal(store.get('towncrier.challenge'), undefined, mode);
  const { deviceId, secret } = JSON.parse(store.get('towncrier.device'));
  const device = await fetch(`${url}/v1/devices/${deviceId}`, { headers: { Authorization: `Bearer ${secret}` } });
  assert.equal((await device.json()).pushAddressPending, false, mode);
  assert.ok(await pushIsOffAt(store), `a start sends what was chosen: ${mode}`);
}
step('the phone half, with every fault');

// A full disk: what was given once is kept for this run, and stored when there is room.
const counting = (after = (answer) => answer) => {
  const http = async (request) => {
    const answer = await plain(request);
    http.registrations += request.method === 'POST' && request.url.endsWith('/v1/devices') ? 1 : 0;
    return after(answer, request);
  };
  return Object.assign(http, { registrations: 0 });
};
const room = kit.memory();
let full = true;
const small = { ...room, set: (key, value) => (full ? assert.fail('no space left') : room.set(key, value)) };
const http = counting();
const crowded = app(small, { http });
const id = await crowded.register(facts);
assert.equal(await crowded.register(facts), id);
assert.equal(await crowded.register({ country: 'AT' }), id);
assert.equal((await crowded.check()).decision, 'offer');
const off = await crowded.setAlert('push', false);
assert.deepEqual([off.switches.push.state, off.kept], ['saved', true]);
await fault('down');
assert.equal((await crowded.setAlert('push', true)).kept, false);
await fault('none');
assert.equal(room.get('towncrier.device'), undefined);
full = false;
assert.equal(await crowded.register(facts), id);
assert.equal((await crowded.flush()).kept, true);
assert.equal(await app(small, { http }).register(facts), id);
assert.equal(http.registrations, 1);
step('a full disk registers once');

// A choice that had room, and a later one of the same switch that has none: the former is never sent any more.
const last = await app(small, { http }).register(facts).then(() => app(small, { http }));
for (const later of ['saved', 'queued']) {
  await fault('down');
  assert.equal((await last.setAlert('push', true)).kept, true);
  full = true;
  await fault(later === 'saved' ? 'none' : 'down');
  assert.deepEqual((await last.setAlert('push', false)).switches.push, { value: false, state: later });
  full = false;
  await fault('none');
  const { deviceId, secret } = JSON.parse(room.get('towncrier.device'));
  const was = later === 'saved' ? false : (await held(deviceId, secret)).push;
  await app(small, { http }).flush();
  assert.equal((await held(deviceId, secret)).push, was, later);
  await last.flush();
  assert.equal((await held(deviceId, secret)).push, false, later);
}
step('a full disk brings no former choice back');

// A store that cannot be read for a while is as it was; one that never could registers no second device.
let unreadable = false;
const torn = { ...kit.memory() };
const weak = { ...torn, get: (key) => (unreadable ? assert.fail('cannot be read') : torn.get(key)) };
const reading = counting();
const reader = app(weak, { http: reading });
await reader.register(facts);
await reader.loadAlerts();
unreadable = true;
assert.throws(() => app(weak, { http: reading }), /cannot be read/);
assert.deepEqual((await reader.setAlert('push', false)).switches.push, { value: false, state: 'saved' });
unreadable = false;
assert.equal((await app(weak, { http: reading }).loadAlerts()).switches.push.value, false);
assert.equal(reading.registrations, 1);
step('a store that cannot be read loses nothing');

// The phone half without room: nothing is shown against a choice, and the choice counts once there is room.
full = true;
const shown = [];
const phone = new Phone(crowded, { store: small, show: ({ id: notice }) => void shown.push(notice), hide() {}, open() {}, list() {} });
await crowded.setAlert('push', false);
const policy = (notice) => sealed({ noticeId: notice, category: 'policy', title: 'T', body: 'B' }, crowded.messageKey);
await assert.rejects(phone.arrived(policy('ntc_1')), /no space/);
full = false;
await phone.arrived(policy('ntc_2'));
assert.deepEqual(shown, []);
step('a full disk shows nothing that is switched off');

// Killed between the answer and its storing: it registers once more, and then no more.
const store = kit.memory();
let killed;
const dying = counting((answer, { url: to }) => (to.endsWith('/v1/devices') ? new Promise(() => killed()) : answer));
const dead = new Promise((resolve) => (killed = resolve));
void app(store, { http: dying }).register({ ...facts, identifier: 'killed' });
await dead;
assert.equal(store.get('towncrier.device'), undefined);
const alive = counting();
for (let start = 0; start < 3; start++) {
  const one = app(store, { http: alive });
  await one.register({ ...facts, identifier: 'killed' });
  assert.equal((await one.loadAlerts()).loaded, true);
}
assert.deepEqual([dying.registrations, alive.registrations], [1, 1]);
step('a kill before it is stored registers once more');

// A secret that was revoked while there is no network: the device, and the choice, wait for the new one.
const revoked = app(kit.memory(), { http: async (request) => (await gate(request)) ?? plain(request) });
let gate = async () => undefined;
const before = await revoked.register({ ...facts, identifier: `revoked-${Math.random()}` });
await front('/revoke', { device: before });
gate = async ({ url: to }) => (to.endsWith('/v1/devices') ? Promise.reject(new Error('away')) : undefined);
assert.equal((await revoked.setAlert('push', false)).switches.push.state, 'queued');
assert.equal(revoked.deviceId, before);
gate = async () => undefined;
assert.deepEqual((await revoked.flush()).switches.push, { value: false, state: 'saved' });
assert.notEqual(revoked.deviceId, before);
step('a choice outlives a revoked secret');

// A device that registers anew for something else brings what was switched off, too.
const keptFresh = kit.memory();
const fresh = app(keptFresh);
const first = await fresh.register(facts);
await fresh.setAlert('push', false);
await front('/revoke', { device: first });
await fresh.proposeAddress(`tok-fresh-${Math.random()}`);
assert.notEqual(fresh.deviceId, first);
assert.ok(await pushIsOffAt(keptFresh));
step('a choice goes with the new device');

// A listener that throws, and a choice before the device is registered: both are kept, and sent.
const heard = [];
const complain = console.error;
console.error = () => {};
const early = app(kit.memory());
early.onAlerts(() => assert.fail('of the app'));
early.onAlerts(({ switches }) => heard.push(switches.push));
const unsent = await early.setAlert('push', false);
assert.deepEqual([unsent.switches.push, unsent.kept], [{ value: false, state: 'queued' }, true]);
await early.register(facts);
assert.deepEqual((await early.flush()).switches.push, { value: false, state: 'saved' });
assert.deepEqual(heard.at(-1), { value: false, state: 'saved' });
console.error = complain;
step('a listener that throws costs no choice');

// Made-up services, for what cannot be timed with a real one.
const says = (status, body) => ({ status, header: () => 'application/json', text: JSON.stringify(body) });
const madeUp = (answer, more) =>
  app(kit.memory(), {
    http: async ({ method, url: to, body }) =>
      to.endsWith('/v1/devices') ? says(201, { deviceId: 'd', secret: 's' }) : answer(method, to, body && JSON.parse(body)),
    ...more,
  });

// The list that was asked for first comes last.
let come;
const old = { push: true, pushCategories: { policy: true }, revision: 1 };
const slow = madeUp((method, to, body) =>
  method === 'GET' && !come ? new Promise((resolve) => (come = () => resolve(says(200, old)))) : says(200, { ...old, ...body, revision: 2 }),
);
await slow.register(facts);
const loading = slow.loadAlerts();
await new Promise(setImmediate);
const chosen = slow.setAlert('push', false);
await new Promise(setImmediate);
assert.equal(slow.alerts.switches.push.value, false);
come();
await Promise.all([loading, chosen]);
assert.deepEqual(slow.alerts.switches.push, { value: false, state: 'saved' });
// What is not loaded yet is chosen all the same.
const blind = madeUp(() => says(503, {}));
await blind.register(facts);
await blind.setAlert('pushCategories.policy', false);
assert.deepEqual(blind.alerts.switches['pushCategories.policy'], { value: false, state: 'queued' });
step('a late answer hides no choice');

// A refusal that says nothing of the choice keeps it; one that does is told.
for (const [status, code] of [[401, 'unauthenticated'], [403, 'forbidden'], [404, 'not-found'], [421, 'wrong-cell']]) {
  let mended = false;
  const one = madeUp((method, to, body) => (mended ? says(200, { push: true, revision: 1, ...body }) : says(status, { status, code })));
  await one.register(facts);
  assert.deepEqual((await one.setAlert('push', false)).switches.push, { value: false, state: 'queued' }, code);
  mended = true;
  assert.deepEqual((await one.flush()).switches.push, { value: false, state: 'saved' }, code);
}
const wrong = madeUp(() => says(400, { status: 400, code: 'invalid-request' }));
await wrong.register(facts);
await assert.rejects(wrong.setAlert('push', false), (e) => e.code === 'invalid-request' && !kit.mayWorkLater(e));
assert.equal(wrong.alerts.settled, true);
step('what is no word on a choice keeps it');

// A secret that is revoked, and a new device that knows nothing of the former one: what was off is sent again.
const sent = [];
let valid = 's';
const anew = app(kit.memory(), {
  http: async ({ method, url: to, headers, body }) => {
    if (to.endsWith('/v1/devices')) {
      return says(201, { deviceId: `d-${valid}`, secret: valid });
    }
    if (headers.Authorization !== `Bearer ${valid}`) {
      return says(401, { status: 401, code: 'unauthenticated' });
    }
    if (method === 'PUT') {
      sent.push(JSON.parse(body));
    }
    const merged = Object.assign({}, ...sent.map(({ revision, ...rest }) => rest));
    return says(200, { push: true, pushCategories: { policy: true }, ...merged, revision: sent.length });
  },
});
await anew.register(facts);
await anew.loadAlerts();
await anew.setAlert('pushCategories.policy', false);
await anew.setAlert('quietHours', { from: '22:00', to: '07:00' });
await anew.setAlert('push', true);
[valid, sent.length] = ['s2', 0];
await anew.loadAlerts();
assert.deepEqual(sent.map(({ revision, ...rest }) => rest), [{ pushCategories: { policy: false } }, { quietHours: { from: '22:00', to: '07:00' } }]);
assert.equal(anew.alerts.settled, true);
step('a new device is told what was off');

// Another cell is followed by HTTPS alone.
for (const [base, home, follows] of [
  ['https://a.example', 'https://b.example/', true],
  ['https://a.example', 'http://b.example', false],
  ['https://a.example', undefined, false],
  ['http://a.example', 'ftp://b.example', false],
]) {
  const asked = [];
  const moving = app(kit.memory(), {
    url: base,
    http: async ({ url: to }) => {
      asked.push(to);
      return asked.length > 1 ? says(201, { deviceId: 'd', secret: 's' }) : says(421, { status: 421, code: 'wrong-cell', url: home });
    },
  });
  await moving.register(facts).catch((e) => assert.equal(e.code, 'wrong-cell'));
  assert.deepEqual(asked.slice(1), follows ? ['https://b.example/v1/devices'] : [], home);
}
step('another cell is followed by HTTPS alone');

// What uni-app gives in place of a body that is not there.
for (const data of ['', undefined, null, {}]) {
  const uni = {
    request: ({ url: to, success }) =>
      to.endsWith('/v1/devices')
        ? success({ statusCode: 201, header: { 'Content-Type': 'application/json' }, data: '{"deviceId":"d","secret":"s"}' })
        : success({ statusCode: 204, header: {}, data }),
  };
  const phoneOf = app(kit.memory(), { http: kit.uniApp(uni).http });
  await phoneOf.register(facts);
  await phoneOf.prove('chl');
}
step('an answer without a body');

// An address below a path, and one that is relative to the page.
globalThis.location = /** @type {any} */ ({ href: `${url}/page/index.html` });
const fromPage = async (request) => {
  const whole = new URL(request.url, location.href).href;
  return { ...(await plain({ ...request, url: whole })), url: whole };
};
for (const base of [`${url}/two/`, '/two', '/two//', '../two/', '/']) {
  const below = app(kit.memory(), { url: base, http: fromPage });
  await below.register(facts);
  assert.equal((await below.loadAlerts()).loaded, true, base);
}
delete globalThis.location;
step('addresses below a path');

// The platform writes an address in its own way: no port that goes without saying, the host in lower case.
const elsewhere = 'http://FRONT.example:80';
const spelled = async (request) => {
  const answer = await plain({ ...request, url: request.url.replace(elsewhere, url) });
  return { ...answer, url: new URL(request.url).href };
};
const written = app(kit.memory(), { url: elsewhere, http: spelled });
await written.register(facts);
assert.equal((await written.loadAlerts()).loaded, true);
step('an address may be written in another way');

// What is no id of a notice is dropped, also one that an earlier version has kept: it keeps no other waiting.
const paths = [];
const keptReads = kit.memory();
const marker = app(keptReads, {
  http: async (request) => {
    paths.push(request.url.split('/notices')[1]);
    return plain(request);
  },
});
await marker.register(facts);
keptReads.set('towncrier.reads', '["","..","ntc_0"]');
paths.length = 0;
for (const nothing of ['', '.', '..', 'a/b', ' ']) {
  await marker.read(nothing);
}
await marker.read('ntc_1');
assert.deepEqual(paths, ['/ntc_0/read', '/ntc_1/read']);
assert.equal(keptReads.get('towncrier.reads'), undefined);
step('what is no id of a notice keeps none waiting');
