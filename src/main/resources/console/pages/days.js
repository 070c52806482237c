// Days in the zone that is shown, and what stands under them.
import { html } from '../ui/dom.js';
import { preferences } from '../ui/preferences.js';

const isUtc = () => preferences.get().zone === 'utc';
const format = (options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: isUtc() ? 'UTC' : undefined, ...options });

/** The zone that is shown, as it is at that moment. */
export const zoneName = (at = new Date()) =>
  format({ timeZoneName: 'short' })
    .formatToParts(at)
    .find((part) => part.type === 'timeZoneName').value;

const nameOfDay = (at) => `${format({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' }).format(at)} (${zoneName(at)})`;

/** Rows one after the other of one day, for a table; its name has the zone, so that their times need none. */
export const byDay = (rows) =>
  rows.reduce((days, row) => {
    const name = nameOfDay(new Date(row.at));
    if (days.at(-1)?.name !== name) {
      days.push({ name, rows: [] });
    }
    days.at(-1).rows.push(row);
    return days;
  }, []);

/** A time under the name of its day. */
export const Time = ({ at }) => html`
  <time class="short" datetime=${at} title=${new Date(at).toISOString()}>${format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(new Date(at))}</time>
`;

/** The moment at which a day such as 2026-05-04 begins, or so many days later. */
export function beginOfDay(date, later = 0) {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date) ?? [];
  if (!year) {
    // The service says what is wrong with it.
    return date;
  }
  const parts = [Number(year), Number(month) - 1, Number(day) + later];
  return (isUtc() ? new Date(Date.UTC(...parts)) : new Date(...parts)).toISOString();
}
