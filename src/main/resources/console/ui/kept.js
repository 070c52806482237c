// What was typed and not saved: kept in memory while the console is open, so that no way loses it.
import { useEffect, useState } from './dom.js';

const kept = new Map();

addEventListener('beforeunload', (event) => {
  if (kept.size > 0) {
    event.preventDefault();
  }
});

/** A state that outlives its page until it is let go. */
export function useKept(key, initial) {
  const [value, setValue] = useState(kept.get(key)?.value ?? initial);
  const [wasKept] = useState(kept.has(key));
  const change = (next) => {
    kept.set(key, { value: next });
    setValue(next);
  };
  const letGo = (next) => {
    kept.delete(key);
    setValue(next);
  };
  useEffect(() => {
    if (kept.has(key)) {
      setValue(kept.get(key).value);
    }
  }, [key]);
  return { value, change, letGo, isChanged: kept.has(key), wasKept };
}
