// What a page shows: asked for once, again when its topic has moved, and every so many seconds where time alone moves it.
import { useCallback, useEffect, useRef, useState } from './dom.js';
import { backOff, live, numbersOf, still } from './live.js';

const MISSES_UNTIL_STALE = 3;

/**
 * Loads, and loads again while the page is seen: when a number of its topics has grown, and every so
 * many seconds where that is asked for. A problem leaves what is shown, which is stale after three
 * misses.
 */
export function useData(load, dependencies, { topics = [], every = 0 } = {}) {
  const [state, setState] = useState({ data: null, problem: null, at: null, stale: false, byItself: false });
  const round = useRef(0);
  const again = useRef(() => {});

  useEffect(() => {
    const mine = ++round.current;
    let misses = 0;
    let timer = 0;
    let asked = 0;
    let answered = 0;
    let numbers = numbersOf(live.get().topics, topics);
    const isMine = () => mine === round.current;
    const later = () => {
      clearTimeout(timer);
      const failed = misses > 0 && (every > 0 || topics.length > 0);
      if (isMine() && (every > 0 || failed)) {
        timer = setTimeout(() => (document.hidden || still.get() ? undefined : run(true)), backOff(misses, every * 1000));
      }
    };
    const run = async (byTimer) => {
      clearTimeout(timer);
      const turn = ++asked;
      // An answer that comes after that to a later question is old.
      const isNewest = () => isMine() && turn > answered && (answered = turn);
      try {
        const data = await load({ timer: byTimer });
        misses = 0;
        if (isNewest()) {
          setState({ data, problem: null, at: new Date(), stale: false, byItself: byTimer });
        }
      } catch (problem) {
        misses++;
        if (isNewest()) {
          setState((before) => ({ ...before, problem, stale: misses >= MISSES_UNTIL_STALE }));
        }
      }
      later();
    };
    const moved = ({ topics: now }) => {
      // An answer that comes when nobody looks any more: the next look finds what has moved.
      if (document.hidden || still.get()) {
        return;
      }
      const next = numbersOf(now, topics);
      if (next !== numbers) {
        const first = Object.keys(now).length > 0 && numbers === numbersOf({}, topics);
        numbers = next;
        // The first numbers say nothing that the page does not know.
        if (!first) {
          run(true);
        }
      }
    };
    const shown = () => {
      if (!document.hidden && !still.get() && (every > 0 || misses > 0)) {
        run(true);
      }
    };
    again.current = () => run(false);
    setState((before) => ({ ...before, data: null, problem: null }));
    run(false);
    document.addEventListener('visibilitychange', shown);
    const unwatch = [live.watch(moved), still.watch(shown)];
    return () => {
      round.current++;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', shown);
      unwatch.forEach((each) => each());
    };
  }, dependencies);

  const reload = useCallback(() => again.current(), []);
  return { ...state, reload };
}

const NONE = { answer: null, problem: null, busy: false };

/** The answer to a question that somebody asks by hand: of several that are out, to the last one alone. */
export function useAnswer(problem = null) {
  const [state, setState] = useState({ ...NONE, problem });
  const round = useRef(0);
  const show = (mine, change) => mine === round.current && setState({ ...NONE, ...change });
  const ask = async (question) => {
    const mine = ++round.current;
    show(mine, { busy: true });
    try {
      show(mine, { answer: await question() });
    } catch (failure) {
      show(mine, { problem: failure });
    }
  };
  const forget = () => show(++round.current, {});
  return { ...state, ask, forget };
}
