// What an app writes with the types of the contract. It is compiled and never run: a member that is lost, or is no
// longer there for sure, is an error here.
import type { components, operations, paths } from './api';

type Schema = components['schemas'];
type Json<O extends keyof operations, S extends number> = operations[O] extends {
  responses: { [K in S]: { content: { 'application/json': infer B } } };
}
  ? B
  : never;

export async function story(call: (path: keyof paths, body?: unknown) => Promise<unknown>): Promise<string> {
  const registration: Schema['DeviceRegistration'] = {
    kind: 'phone',
    product: 'router-app-android',
    version: '3.0.1',
  };
  const device = (await call('/v1/devices', registration)) as Json<'registerDevice', 201>;
  const credential: string = `Bearer ${device.secret}`;

  const answer = (await call('/v1/products/{product}/update')) as Json<'checkForUpdate', 200>;
  const waits: number = answer.nextCheckSeconds;
  const offered: string | undefined = answer.decision === 'offer' ? answer.release?.version : undefined;

  const change: Schema['AlertsChange'] = { push: false, pushCategories: { announcement: false }, quietHours: null };
  const alerts = (await call('/v1/devices/{deviceId}/notification-alerts', change)) as Json<'changeDeviceAlerts', 200>;
  const again: Schema['AlertsChange'] = { ...alerts, revision: alerts.revision };

  const page = (await call('/v1/devices/{deviceId}/notices')) as Json<'listDeviceNotices', 200>;
  const titles: string[] = page.items.map((notice) => notice.title);
  const next: string | undefined = page.next;

  const problem: Schema['Problem'] = { code: 'stale-revision', title: '', status: 409, detail: '', errors: [] };
  return [credential, waits, offered, again.revision, ...titles, next, page.total, problem.code].join(' ');
}
