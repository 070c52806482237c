// Lists in pages: the first page is renewed while somebody looks, further pages only by hand. A list of one person's data
// (personal) is sent with the reason of the visit.
import { useRef, useState } from './dom.js';
import { get, query } from './api.js';
import { useData } from './data.js';

const keyOf = (item) => item.id ?? item.number ?? item.device ?? item.letter ?? JSON.stringify(item);

/**
 * Rows that are shown stay in their places: a look that nobody asked for changes what they say, and no more. What is
 * new, or gone, waits until somebody wants to see it.
 */
export function held(shown, { items, next }) {
  const arrived = new Map(items.map((item) => [keyOf(item), item]));
  const stay = shown.map((item) => arrived.get(keyOf(item)) ?? item);
  const known = new Set(shown.map(keyOf));
  const added = items.filter((item) => !known.has(keyOf(item))).length;
  // Where more follows, a row that is not there has only made room for another.
  const gone = next ? 0 : shown.filter((item) => !arrived.has(keyOf(item))).length;
  return { items: stay, waiting: added + gone };
}

function useHeld(first, key, forget) {
  const [, setLooks] = useState(0);
  const place = useRef({ key: '', data: null, items: [], waiting: 0 });
  if (first.data && place.current.data !== first.data) {
    const stays = place.current.key === key && place.current.data && first.byItself;
    if (!stays) {
      // What came behind the first page before has moved by what is new in it.
      forget();
    }
    const next = stays ? held(place.current.items, first.data) : { items: first.data.items, waiting: 0 };
    place.current = { key, data: first.data, ...next };
  }
  const showWaiting = () => {
    forget();
    place.current = { key, data: first.data, items: first.data.items, waiting: 0 };
    setLooks((looks) => looks + 1);
  };
  return { items: first.data ? place.current.items : [], waiting: first.data ? place.current.waiting : 0, showWaiting };
}

export function useList(path, filters, { every = 0, topics = [], limit = 50, personal = false } = {}) {
  const key = path + query(filters);
  const [, setLooks] = useState(0);
  const more = useRef({ key, items: [], next: undefined });
  const first = useData((options) => get(path + query({ ...filters, limit }), { ...options, personal }), [key, limit], { every, topics });
  const forget = () => {
    more.current = { key, items: [], next: undefined };
  };
  const { items: begin, waiting, showWaiting } = useHeld(first, key, forget);
  const mine = more.current.key === key ? more.current : { items: [], next: undefined };
  const begun = mine.items.length > 0;
  const next = begun ? mine.next : first.data?.next;
  const grow = async () => {
    const known = more.current;
    const page = await get(path + query({ ...filters, limit, after: next }), { personal });
    // Where the rows before it are others meanwhile, it stands behind none of them.
    if (more.current === known) {
      more.current = { key, items: [...mine.items, ...page.items], next: page.next };
      setLooks((looks) => looks + 1);
    }
  };
  const shown = new Set(begin.map(keyOf));
  const items = [...begin, ...mine.items.filter((item) => !shown.has(keyOf(item)))];
  return { first: { ...first, waiting, showWaiting }, items, next, total: first.data?.total, grow };
}

/** Everything of a list that is short by its nature, at most a few pages. */
export async function all(path, filters = {}, options = {}) {
  const items = [];
  let after;
  for (let page = 0; page < 10; page++) {
    const answer = await get(path + query({ ...filters, limit: 200, after }), options);
    items.push(...answer.items);
    after = answer.next;
    if (!after) {
      break;
    }
  }
  return items;
}
