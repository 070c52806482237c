import { useEffect, useState } from './dom.js';

/** A value that pages watch. */
export function createStore(initial) {
  let value = initial;
  const watchers = new Set();
  return {
    get: () => value,
    set(next) {
      value = typeof next === 'function' ? next(value) : next;
      watchers.forEach((watcher) => watcher(value));
    },
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}

export function useStore(store) {
  const [value, setValue] = useState(store.get());
  useEffect(() => {
    setValue(store.get());
    return store.watch(setValue);
  }, [store]);
  return value;
}

/** Who is signed in (null: nobody), and whether a session has just ended under an open page. */
export const session = createStore({ who: null, ended: false, known: false });

/** Whether who is signed in may change anything; a viewer may look alone. */
export const mayChange = () => session.get().who?.roles.includes('operator') ?? false;

/** Why this person looks at the data of others, for as long as the console is open. */
export const visitReason = createStore('');
