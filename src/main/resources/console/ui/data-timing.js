const SOONEST_MILLIS = 2_000;
const LATEST_MILLIS = 60_000;

/** How long to wait after so many failures: longer each time, and not all pages at one moment. */
export function backOff(misses, every, random = Math.random()) {
  const wait = Math.min(LATEST_MILLIS, Math.max(every, SOONEST_MILLIS) * 2 ** misses);
  return misses === 0 ? wait : wait * (0.75 + random / 2);
}
