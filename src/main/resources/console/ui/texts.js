// Texts, numbers and times in the language of the reader.
import { preferences } from './preferences.js';

export const LANGUAGES = [
  ['en', 'English'],
  ['de', 'Deutsch'],
  ['es', 'Español'],
  ['zh-Hans', '简体中文'],
];
const BASE = new URL('..', import.meta.url);

// Between the form for one and the form for many.
const FORMS = ' | ';

let texts = {};
let language = 'en';
let withMore = false;

/** The language to show: the one that was chosen, else the first of the browser's that is here. */
export function chooseLanguage(chosen, browser) {
  const known = LANGUAGES.map(([tag]) => tag);
  const nearest = (tag) => {
    const locale = new Intl.Locale(tag).maximize();
    return known.find((k) => {
      const other = new Intl.Locale(k).maximize();
      return other.language === locale.language && other.script === locale.script;
    });
  };
  return known.includes(chosen) ? chosen : (browser.map(nearest).find(Boolean) ?? 'en');
}

async function file(name) {
  const answer = await fetch(new URL(`texts/${name}.json`, BASE));
  if (!answer.ok) {
    throw new Error(`${name}: ${answer.status}`);
  }
  return answer.json();
}

// What was asked for last counts: while files are on their way, another language or more texts may be wanted.
let latest = Promise.resolve();
let round = 0;
let wantsMore = false;

async function load() {
  const mine = ++round;
  const tag = chooseLanguage(preferences.get().language, navigator.languages);
  const names = wantsMore ? [tag, `more/${tag}`] : [tag];
  const files = await Promise.all(names.map(file)).catch((failure) => {
    if (mine === round) {
      throw failure;
    }
  });
  if (mine !== round) {
    return latest;
  }
  texts = Object.assign({}, ...files);
  language = tag;
  withMore = names.length > 1;
  document.documentElement.lang = tag;
}

/** Brings in the texts of the language that is chosen, all of them at once. */
export const loadTexts = () => (latest = load());

/** The texts of pages that are not the first to be looked at. */
export function loadMoreTexts() {
  wantsMore = true;
  return withMore ? undefined : loadTexts();
}

/** A text by its name; {places} are filled in. */
export const t = (name, values = {}) => filled(texts[name] ?? name, values);

const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (place, key) => (key in values ? String(values[key]) : place));

/** A text about so many things. It has a form for one and another for the rest where the language has both. */
export function counted(name, count, values = {}) {
  const forms = (texts[name] ?? name).split(FORMS);
  const form = new Intl.PluralRules(language).select(count) === 'one' ? forms[0] : forms.at(-1);
  return filled(form, { count: number(count), ...values });
}

/** The words for a code of the API, or the code itself where it is newer than this page. */
export const word = (kind, code) => texts[`${kind}.${code}`] ?? code ?? '';

/** Whether there are words for it. */
export const hasWord = (kind, code) => hasText(`${kind}.${code}`);

/** Whether there is a text of this name, among those that are loaded. */
export const hasText = (name) => name in texts;

/** All codes of a kind that there are words for. */
export const codesOf = (kind) =>
  Object.keys(texts)
    .filter((name) => name.startsWith(`${kind}.`))
    .map((name) => name.slice(kind.length + 1));

export const number = (value) => new Intl.NumberFormat(language).format(value);

/** 0.153 is 15.3 %. */
export const percent = (share) =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share);

export const bytes = (value) => {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  const power = Math.min(3, Math.floor(Math.log10(Math.max(1, value)) / 3));
  return new Intl.NumberFormat(language, { style: 'unit', unit: units[power], maximumFractionDigits: 1 }).format(
    value / 1000 ** power,
  );
};

const isUtc = () => preferences.get().zone === 'utc';

let ofDevice;

/** From now on a page is about a device in this zone, or about none. */
export function showZoneOf(name) {
  try {
    ofDevice = name && new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    // A browser may know fewer zones than devices do.
    ofDevice = undefined;
  }
}

/** The zone that is shown; undefined: that of the browser. */
export const zone = () => ({ utc: 'UTC', device: ofDevice })[preferences.get().zone];

const inZone = (options) => new Intl.DateTimeFormat(language, { timeZone: zone(), timeZoneName: 'short', ...options });

/** What it is called at a moment. */
export const zoneName = (at = new Date()) => inZone({}).formatToParts(at).find((part) => part.type === 'timeZoneName').value;

/** The instant of "2026-05-04T10:00" in the zone that is shown, or the begin of "2026-05-04"; null: no calendar has it. */
export function instantOf(text, daysLater = 0) {
  const parts = /^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/.test(text) ? text.split(/\D/).map(Number) : [NaN];
  const at = ([year, month, day, ...time], later = 0) => [year, month - 1, day + later, ...time];
  const same = new Date(Date.UTC(...at(parts)));
  // 31 February would become 3 March.
  if (Number.isNaN(same.getTime()) || !same.toISOString().startsWith(text)) {
    return null;
  }
  const there = at(parts, daysLater);
  return (isUtc() ? new Date(Date.UTC(...there)) : new Date(...there)).toISOString();
}

/** The other way round, as a field takes it; empty where it is no instant. */
export function localOf(instant) {
  const at = instant ? new Date(instant).getTime() : NaN;
  return Number.isNaN(at) ? '' : new Date(at - (isUtc() ? 0 : new Date(at).getTimezoneOffset() * 60_000)).toISOString().slice(0, 16);
}

const TIME = { hour: '2-digit', minute: '2-digit' };

/** A moment with its zone: no time on a page is without one. */
export const moment = (iso) => inZone({ year: 'numeric', month: 'short', day: 'numeric', ...TIME }).format(new Date(iso));

/** A time of today, with its seconds. */
export const clock = (date) => inZone({ ...TIME, second: '2-digit' }).format(date);

export function day(iso) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(iso));
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The number of the day that a moment is in, by the calendar of a zone. */
function dayNumber(millis, timeZone) {
  const format = new Intl.DateTimeFormat('en', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone });
  const of = Object.fromEntries(format.formatToParts(millis).map(({ type, value }) => [type, value]));
  return Date.UTC(of.year, of.month - 1, of.day) / (1000 * DAY);
}

/** "in 3 hours", "2 days ago". From 24 hours on, days are counted as the calendar of the zone has them. */
export function fromNow(iso, now = Date.now(), timeZone = zone()) {
  const at = new Date(iso).getTime();
  const seconds = Math.round((at - now) / 1000);
  const away = Math.abs(seconds);
  // A day on which clocks are put back has 25 hours.
  const days = away < DAY ? 0 : dayNumber(at, timeZone) - dayNumber(now, timeZone);
  const [unit, size] = away >= HOUR ? ['hour', HOUR] : away >= 60 ? ['minute', 60] : ['second', 1];
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  return days ? format.format(days, 'day') : format.format(Math.trunc(seconds / size), unit);
}

/** A length of time in its two largest units. */
export function duration(seconds) {
  const parts = [
    ['day', Math.floor(seconds / 86400)],
    ['hour', Math.floor((seconds % 86400) / 3600)],
    ['minute', Math.floor((seconds % 3600) / 60)],
    ['second', Math.floor(seconds % 60)],
  ].filter(([, count]) => count > 0);
  const shown = parts.length ? parts.slice(0, 2) : [['second', 0]];
  return shown
    .map(([unit, count]) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count))
    .join(' ');
}

const names = {};

/** The name of a country or a language, with its code where the reader may need it. */
export function nameOf(type, code) {
  const key = `${language} ${type}`;
  names[key] ??= new Intl.DisplayNames([language], { type, fallback: 'code' });
  try {
    return names[key].of(code) ?? code;
  } catch {
    return code;
  }
}
