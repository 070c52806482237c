// Lists in pages: the first page is renewed while somebody looks, further pages only by hand. A list of one person's data
// (personal) is sent with the reason of the visit.
import { useState } from './dom.js';
import { get, query } from './api.js';
import { useData } from './data.js';

export function useList(path, filters, { every = 0, topics = [], limit = 50, personal = false } = {}) {
  const key = path + query(filters);
  const [more, setMore] = useState({ key, items: [], next: undefined });
  const first = useData((options) => get(path + query({ ...filters, limit }), { ...options, personal }), [key, limit], { every, topics });
  const mine = more.key === key ? more : { items: [], next: undefined };
  const begun = mine.items.length > 0;
  const next = begun ? mine.next : first.data?.next;
  const grow = async () => {
    const page = await get(path + query({ ...filters, limit, after: next }), { personal });
    setMore({ key, items: [...mine.items, ...page.items], next: page.next });
  };
  const items = [...(first.data?.items ?? []), ...mine.items];
  return { first, items, next, total: first.data?.total, grow };
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
