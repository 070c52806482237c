// One question for the whole console, asked again and again: what has moved? Pages ask for their own data only when
// the number of their topic has grown.
import { get } from './api.js';
import { createStore } from './store.js';

const USUAL_SECONDS = 15;
const SOONEST_MILLIS = 2_000;
const LATEST_MILLIS = 60_000;
const MISSES_UNTIL_STALE = 3;

/** Numbers by topic, and as of when they are. */
export const live = createStore({ topics: {}, at: null, stale: false });

/** Whether somebody wants the pages to stand still: nothing is asked then but by hand. */
export const still = createStore(false);

const asks = () => !document.hidden && !still.get();

/** How long to wait after so many failures: longer each time, and not all pages at one moment. */
export function backOff(misses, every, random = Math.random()) {
  const wait = Math.min(LATEST_MILLIS, Math.max(every, SOONEST_MILLIS) * 2 ** misses);
  return misses === 0 ? wait : wait * (0.75 + random / 2);
}

/** Asks until it is stopped; not while nobody sees the page, and at once when somebody does. */
export function watchLive() {
  let timer = 0;
  let misses = 0;
  let stopped = false;
  let seconds = USUAL_SECONDS;
  const hear = (headers) => {
    seconds = Number(headers.get('Towncrier-Poll-Seconds')) || USUAL_SECONDS;
  };
  const ask = async () => {
    clearTimeout(timer);
    try {
      const { topics } = await get('/v1/admin/live', { timer: true, hear });
      misses = 0;
      live.set({ topics, at: new Date(), stale: false });
    } catch {
      misses++;
      live.set((before) => ({ ...before, stale: misses >= MISSES_UNTIL_STALE }));
    }
    if (!stopped && asks()) {
      timer = setTimeout(ask, backOff(misses, seconds * 1000));
    }
  };
  const shown = () => (asks() ? ask() : clearTimeout(timer));
  document.addEventListener('visibilitychange', shown);
  const unwatch = still.watch(shown);
  ask();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', shown);
    unwatch();
  };
}

/** The numbers of some topics as one text: another text means that something has moved. */
export const numbersOf = (topics, of) => of.map((topic) => topics[topic] ?? 0).join();
