// Types of towncrier.js; its comments say how things behave.

export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
}

export interface HttpAnswer {
  status: number;
  header(name: string): string | undefined;
  text: string;
  /** Where it came from, if that may be elsewhere: then it is no answer. */
  url?: string;
}

export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

export interface Store {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
}

export interface Platform {
  http: Http;
  store: Store;
}

export function web(options?: { fetch?: typeof fetch; storage?: Storage }): Platform;
export function uniApp(uni: unknown): Platform;
export function memory(): Store;

export interface Facts {
  identifier?: string;
  ecv?: string;
  country?: string;
  timezone?: string;
  language?: string;
  channel?: string;
  cohort?: string;
  hardware?: string;
  counter?: number;
  /** `KIT` of phone.js, where the app shows notices itself. */
  kit?: string;
}

export interface Update {
  decision: 'offer' | 'up-to-date' | 'held-back' | 'unsupported';
  reason?: string;
  product: string;
  installed: string;
  release?: {
    version: string;
    target?: string;
    severity: 'security' | 'critical' | 'recommended' | 'optional';
    mandatory: boolean;
    publishedAt: string;
    counter?: number;
    notes: { language: string; title: string; body: string };
    artifacts: { name: string; url: string; size: number; sha256: string }[];
    advisory?: { id: string; severity: string; affected: string; description: string; remedy: string };
  };
  installWindow?: { opensInSeconds: number; closesInSeconds?: number };
  nextCheckSeconds: number;
  /** The check falls by so many seconds before or behind that. */
  nextCheckSpreadSeconds?: number;
  /** The facts that can change this answer; the kit sends these alone. */
  matters?: string[];
  mattersUntil?: string;
  rollouts?: { id: string; salt: string; share: number }[];
  ignored?: string[];
  supportedUntil?: string;
  snapshot: string;
  /** Whether the service was asked for this answer. */
  fresh: boolean;
  /** Whether the service could not be asked, though it was time. */
  stale: boolean;
}

export interface QuietHours {
  from: string;
  to: string;
}

export type Category = 'firmware-update' | 'app-update' | 'security' | 'policy' | 'announcement';
export type SwitchKey = 'push' | 'deliveryReceipts' | `pushCategories.${Category}` | `inAppCategories.${Category}`;

export interface Alerts {
  switches: Record<string, { value: boolean; state: 'saved' | 'saving' | 'queued' }>;
  quietHours?: QuietHours;
  revision?: number;
  /** Whether the service has ever said what holds. */
  loaded: boolean;
  /** Whether the service holds everything that the user chose. */
  settled: boolean;
  /** Whether what is queued survives the end of the app: false where the store had no room for it. */
  kept: boolean;
}

export interface Notice {
  id: string;
  read: boolean;
  [member: string]: unknown;
}

export class TowncrierError extends Error {
  constructor(status: number, problem?: object, retryAfterSeconds?: number);
  readonly status: number;
  readonly code?: string;
  readonly errors: { field: string; message: string }[];
  readonly known?: string[];
  /** Of `wrong-cell`: who serves the device. `register` goes there by itself, once. */
  readonly cell?: string;
  readonly url?: string;
  readonly retryAfterSeconds?: number;
  readonly temporary: boolean;
}

/** Whether what failed is kept and tried again: all but what the service calls wrong in itself. */
export function mayWorkLater(failed: unknown): boolean;

export function utf8(text: string): number[];
export function sha256(bytes: number[]): number[];

export class Towncrier {
  constructor(
    options: { url: string; product: string; version: string; kind?: 'phone' | 'router'; now?: () => number } & Partial<Platform>,
  );
  readonly deviceId?: string;
  /** By which phone.js knows messages of the service: as secret as the secret. */
  readonly messageKey?: { key: string; generation: number };
  readonly nextCheckAt: number;
  readonly alerts: Alerts;
  receipts?: { steps(): { id: string; step: string; at: number; reason?: string }[]; taken(count: number, again?: number[]): unknown };
  register(facts?: Facts): Promise<string>;
  askMessageKey(): Promise<void>;
  unregister(): Promise<void>;
  linkAccount(userToken: string): Promise<unknown>;
  unlinkAccount(userToken: string): Promise<unknown>;
  check(options?: { manual?: boolean }): Promise<Update>;
  proposeAddress(value: string, options?: { provider?: string; kind?: 'token' | 'fid' | 'cid' }): Promise<unknown>;
  prove(challenge: string): Promise<unknown>;
  removeAddress(): Promise<unknown>;
  loadAlerts(): Promise<Alerts>;
  setAlert(key: SwitchKey, value: boolean): Promise<Alerts>;
  setAlert(key: 'quietHours', value: QuietHours | null): Promise<Alerts>;
  flush(): Promise<Alerts>;
  onAlerts(listener: (alerts: Alerts) => void): () => void;
  notices(page?: { after?: string; limit?: number }): Promise<{ items: Notice[]; next?: string }>;
  read(noticeId: string): Promise<void>;
}
