// Days in the zone that is shown, and what stands under them.
import { html } from '../ui/dom.js';
import { instantOf, zone, zoneName } from '../ui/texts.js';

const format = (options) => new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: zone(), ...options });

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

/** The moment at which a day such as 2026-05-04 begins, or so many days later; of what is no day the service says what is wrong. */
export const beginOfDay = (date, later = 0) => instantOf(date, later) ?? date;
