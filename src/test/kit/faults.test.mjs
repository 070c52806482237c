// Every call of the app kit while something that is not the service answers: node faults.test.mjs URL, with the front that
// story.test.mjs describes. Prints a line for each part, and fails at the first wrong one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { plain } from './plain-http.mjs';
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
  429: 429, 503: 503,
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
await lacks('problem?.status === status || ', 'true || ', ['login'], plain);
await lacks("/^application\\/json\\b/i.test(header('content-type') ?? '')", 'true', ['as-html'], plain);
await lacks("header('content-type') ?? '') ? parsed(text) : undefined;\n  return names.every", "header('content-type') ?? '') ? parsed(text) : undefined;\n  return said && [].every", ['portal-json'], plain);
await lacks('answer.url && !answer.url.startsWith(asAnswered(`${this.#url}/`))', 'false', ['redirect'], async (request) => {
  // A portal that makes up the service's own answers.
  const answer = await follows(request);
  return answer.url === request.url ? answer : { ...answer, status: request.method === 'GET' ? 200 : 204, text: '' };
});
step('kits without a part are found out');

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
  await phone.arrived({ noticeId: 'ntc_1', category: 'announcement', title: 'T', body: 'B' });
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

// The phone half without room: nothing is shown against a choice, and the choice counts once there is room.
full = true;
const shown = [];
const phone = new Phone(crowded, { store: small, show: ({ id: notice }) => void shown.push(notice), hide() {}, open() {}, list() {} });
await crowded.setAlert('push', false);
await assert.rejects(phone.arrived({ noticeId: 'ntc_1', category: 'policy', title: 'T', body: 'B' }), /no space/);
full = false;
await phone.arrived({ noticeId: 'ntc_2', category: 'policy', title: 'T', body: 'B' });
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
