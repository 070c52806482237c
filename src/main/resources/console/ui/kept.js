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
  /** What was sent is saved; what was typed since then stays, under the name that the saved thing has now. */
  const letGo = (next, sent, name = key) => {
    const typed = kept.get(key)?.value;
    kept.delete(key);
    if (sent === undefined || typed === undefined || typed === sent) {
      setValue(next);
    } else {
      kept.set(name, { value: typed });
      setValue(typed);
    }
  };
  useEffect(() => {
    if (kept.has(key)) {
      setValue(kept.get(key).value);
    }
  }, [key]);
  return { value, change, letGo, isChanged: kept.has(key), wasKept };
}
