// The app kit against a running service: node story.test.mjs URL. Prints a line for each step, and fails at the first
// wrong one. URL is a front of the test (AppFront.java) that passes requests on: POST /fault {mode} sets what goes wrong
// (none, down, a status of 429 and more, moved, lost, and what a captive portal or a gateway does);
// GET /challenge?address= answers the challenges that were pushed; POST /announce {device} announces something;
// POST /revoke {device}.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { plain } from './plain-http.mjs';
import { Towncrier, TowncrierError, memory, uniApp, web } from '../../../clients/app/towncrier.js';

const url = process.argv[2];
const front = async (path, body) => {
  const answer = await fetch(url + path, body && { method: 'POST', body: JSON.stringify(body) });
  return answer.json();
};
const fault = (mode) => front('/fault', { mode });
const step = (name) => console.log(`ok ${name}`);
const identifier = `android-${Math.random()}`;
const facts = { identifier, country: 'DE', timezone: 'Europe/Berlin', language: 'de' };
const app = (store, more = {}) =>
  new Towncrier({ url, product: 'router-app-android', version: '3.0.1', http: web({}).http, store, ...more });

// Registered once, however often it is called.
const store = memory();
const first = app(store);
await assert.rejects(first.loadAlerts(), (e) => e.code === 'not-registered');
const ids = await Promise.all([first.register(facts), first.register(), first.register()]);
assert.equal(new Set(ids).size, 1);
assert.equal(await app(store).register(facts), ids[0]);
const given = first.messageKey;
assert.match(given.key, /^[\w-]{43}$/);
await first.askMessageKey();
assert.deepEqual(app(store).messageKey, given);
step('registers once');

// An address counts once its challenge is answered.
await first.proposeAddress(`tok-${identifier}`);
const [challenge] = await front(`/challenge?address=tok-${identifier}`);
await assert.rejects(first.prove('not-that-one'), (e) => e instanceof TowncrierError && e.status === 400);
await first.prove(challenge);
step('proves an address');

// A check is asked for when it is time.
let clock = 1_000_000_000_000;
const checking = app(store, { now: () => clock });
await checking.register(facts);
const fresh = await checking.check();
assert.equal(fresh.decision, 'offer');
assert.equal(fresh.fresh, true);
assert.equal((await checking.check()).fresh, false);
assert.ok(checking.nextCheckAt > clock + 60_000);
await fault('portal');
clock = checking.nextCheckAt;
const portal = await checking.check();
assert.deepEqual([portal.release.version, portal.stale], [fresh.release.version, true]);
for (const mode of ['429', '503', 'down']) {
  await fault(mode);
  clock = checking.nextCheckAt;
  assert.equal((await checking.check()).stale, true, mode);
}
assert.ok(checking.nextCheckAt - clock <= 6 * 3_600_000);
await fault('none');
clock = 0; // The clock of a phone without power: it asks rather than waits for decades.
assert.equal((await checking.check()).fresh, true);
assert.equal((await checking.check({ manual: true })).fresh, true);
step('checks in its time, and keeps the last answer');

// What matters is said, and nothing else: a made-up service tells what it is asked.
const asked = [];
const json = (name) => (name === 'content-type' ? 'application/json' : undefined);
const bucketOf = (salt, cohort) =>
  Number(BigInt(`0x${createHash('sha256').update(`${salt}:${cohort}`).digest('hex')}`) % 10_000n);
const says = (answers) => async (request) => {
  asked.push(new URL(request.url).search);
  const body = { decision: 'up-to-date', product: 'p', installed: '1', nextCheckSeconds: 21_600, nextCheckSpreadSeconds: 2_160 };
  return { status: 200, header: json, text: JSON.stringify({ ...body, ...answers[Math.min(asked.length, answers.length) - 1] }) };
};
const rollouts = [
  { id: '2f9c0k1v', salt: 'p/2.0', share: bucketOf('p/2.0', 'c-1') + 1 },
  { id: '8a0m3p4t', salt: 'é'.repeat(60), share: bucketOf('é'.repeat(60), 'c-1') },
];
const matters = ['country', 'channel', 'cohort', 'manual'];
const careful = new Towncrier({
  url, product: 'p', version: '1', store: memory(), now: () => clock,
  http: says([{ decision: 'offer', matters, rollouts, askAgainWith: ['country', 'cohort'] }, { matters, rollouts }]),
});
const unsent = new Towncrier({ url, product: 'p', version: '1', store: memory(), http: says([{}]) });
clock = 1_000_000_000_000;
await careful.register({ country: 'DE', language: 'de', cohort: 'c-1' }).catch(() => {});
asked.length = 0;
assert.equal((await careful.check()).decision, 'up-to-date');
const said = '?version=1&country=DE&channel=stable&rollouts=2f9c0k1v-in.8a0m3p4t-out';
assert.deepEqual(asked, ['?version=1', said]);
clock = careful.nextCheckAt;
await careful.check();
assert.deepEqual(asked.slice(2), [said]);
asked.length = 0;
await unsent.check();
assert.deepEqual(asked, ['?version=1', '?version=1&channel=stable']);
step('says what matters');

// A switch is saved when the service says so, and kept until then.
await first.loadAlerts();
assert.deepEqual(first.alerts.switches.push, { value: true, state: 'saved' });
await first.setAlert('pushCategories.announcement', false);
assert.deepEqual(first.alerts.switches['pushCategories.announcement'], { value: false, state: 'saved' });
await fault('down');
const offline = await first.setAlert('push', false);
assert.deepEqual(offline.switches.push, { value: false, state: 'queued' });
assert.equal(offline.settled, false);
const restarted = app(store);
assert.deepEqual(restarted.alerts.switches.push, { value: false, state: 'queued' });
await fault('none');
// Somebody else changes them meanwhile: both choices hold.
const { deviceId, secret } = JSON.parse(store.get('towncrier.device'));
const elsewhere = await fetch(`${url}/v1/devices/${deviceId}/notification-alerts`, {
  method: 'PUT',
  headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
  body: JSON.stringify({ quietHours: { from: '22:00', to: '07:00' } }),
});
assert.equal(elsewhere.status, 200);
const seen = [];
restarted.onAlerts((alerts) => seen.push(alerts.switches.push.state));
const flushed = await restarted.flush();
assert.deepEqual(flushed.switches.push, { value: false, state: 'saved' });
assert.deepEqual(flushed.quietHours, { from: '22:00', to: '07:00' });
assert.ok(seen.includes('saving'));
await restarted.setAlert('quietHours', null);
assert.equal(restarted.alerts.quietHours, undefined);
await assert.rejects(restarted.setAlert('inAppCategories.security', false), (e) => e.status === 400);
assert.equal(restarted.alerts.settled, true);
assert.throws(() => restarted.setAlert('pushh', false), TypeError);
step('switches, offline too');

// A service that knows less gets the rest of the change.
const older = app(memory(), {
  http: async (request) => {
    if (request.method === 'PUT' && JSON.parse(request.body).pushCategories?.['announcement'] === false) {
      const { pushCategories, ...rest } = JSON.parse(request.body);
      if (!('push' in rest)) {
        return { status: 400, header: () => undefined, text: JSON.stringify({ status: 400, code: 'invalid-request', known: ['push', 'revision'] }) };
      }
    }
    return web({}).http(request);
  },
});
await older.register({});
await assert.rejects(older.setAlert('pushCategories.announcement', false), (e) => e.status === 400);
step('what nothing is left of is refused');

// Notices, read where the network is away.
const { notice } = await front('/announce', { device: deviceId });
const page = await first.notices();
assert.deepEqual(page.items.map((one) => [one.id, one.read]), [[notice, false]]);
await fault('down');
await first.read(notice);
await fault('none');
assert.equal((await first.notices()).items[0].read, true);
const again = await app(store).notices();
assert.equal(again.items[0].read, true);
step('reads notices');

// A reinstall knows the identifier alone.
const reinstalled = app(memory());
const anew = await reinstalled.register(facts);
assert.notEqual(anew, deviceId);
await reinstalled.loadAlerts();
assert.deepEqual(reinstalled.alerts.switches.push, { value: false, state: 'saved' });
step('a reinstall keeps the opt-out');

// A secret that does not count any more.
await front('/revoke', { device: anew });
await reinstalled.loadAlerts();
assert.notEqual(reinstalled.deviceId, anew);
assert.equal(reinstalled.alerts.switches.push.value, false);
await reinstalled.unregister();
assert.equal(reinstalled.deviceId, undefined);
step('registers anew when it has to');

// uni-app: the same over uni.request and uni's storage.
const kept = new Map();
const uni = {
  request({ url: to, method, header, data, success, fail }) {
    fetch(to, { method, headers: header, body: data })
      .then(async (a) => success({ statusCode: a.status, header: Object.fromEntries(a.headers), data: await a.text() }))
      .catch((e) => fail({ errMsg: `request:fail ${e.message}` }));
  },
  getStorageSync: (key) => kept.get(key) ?? '',
  setStorageSync: (key, value) => kept.set(key, value),
  removeStorageSync: (key) => kept.delete(key),
};
const mini = new Towncrier({ url, product: 'router-app-android', version: '3.0.1', ...uniApp(uni) });
await mini.register({ country: 'DE', language: 'de' });
await mini.setAlert('push', false);
assert.equal(mini.alerts.settled, true);
assert.equal((await mini.check()).decision, 'offer');
await fault('down');
await assert.rejects(mini.proposeAddress('x'.repeat(40)), (e) => e.status === 0 && e.temporary);
await fault('none');
step('uni-app');

// A device that belongs to another cell registers there, once, and stays there.
await fault('moved');
const away = memory();
const moved = app(away, { http: plain });
await moved.register({ ...facts, identifier: `${identifier}-moved` });
await fault('none');
assert.equal(JSON.parse(away.get('towncrier.device')).url, `${url}/two`);
const there = app(away, { http: plain });
await there.loadAlerts();
assert.equal(there.deviceId, moved.deviceId);
await fault('lost');
await assert.rejects(app(memory(), { http: plain }).register(facts), (e) => e.status === 421 && e.code === 'wrong-cell' && e.cell === 'two');
await fault('none');
step('goes to the cell that serves it, once');
