// Types of phone.js; its comments say how things behave.
import type { Notice, Store, Towncrier } from './towncrier.js';

export const KIT: string;
export const FRESH: object;
export function step(before: object, event: object, isOf?: typeof isMacOf): { state: object; todo: object[] };
export function isMacOf(key: string, data: Record<string, unknown>, mac: string): boolean;

export interface PhonePlatform {
  store: Store;
  /** Silent: perhaps it is on the screen already. */
  show(notice: { id: string; category: string; title: string; body: string; silent: boolean }): void | Promise<void>;
  hide(notice: { id: string }): void | Promise<void>;
  open(link: { path: string }): void | Promise<void>;
  list(page: { items: Notice[] }): void | Promise<void>;
  /** Quiet hours end then: call `woken`. */
  wake?(after: { minutes: number }): void;
  now?(): Date;
}

export class Phone {
  constructor(towncrier: Towncrier, platform: PhonePlatform);
  start(how?: { deleted?: boolean }): Promise<void>;
  arrived(data?: Record<string, string>): Promise<void>;
  opened(id: string): Promise<void>;
  woken(): Promise<void>;
  steps(): { id: string; step: string; at: number; reason?: string }[];
  taken(count: number, again?: number[]): Promise<void>;
}
