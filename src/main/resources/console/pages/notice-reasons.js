// Reasons of deliveries in words, and the way to exactly those deliveries.
import { to } from '../ui/router.js';
import { hasWord, t, word } from '../ui/texts.js';

/** The texts that a reason may stand in; one that waits was put back by us or by a failed attempt. */
const KINDS = { suppressed: ['suppressed'], dead: ['failed'], pending: ['because', 'failed'] };

/** States of which the API knows the reasons. */
export const WITH_REASONS = Object.keys(KINDS);

/** Codes that have a number of the push service in them; what Getui says of it stays. */
function numbered(code) {
  const [, status] = /^HTTP_(\d{3})$/.exec(code) ?? [];
  const [, getui, said] = /^GETUI_(\d+)(?:: (.*))?$/s.exec(code) ?? [];
  if (status) {
    return t('notice.answeredHttp', { status });
  }
  return getui ? t('notice.answeredGetui', { code: getui }) + (said ? `: ${said}` : '') : code;
}

/** A reason in words; a code that is newer than the page is shown as it is. */
export function reasonOf(state, code) {
  const kind = (KINDS[state] ?? ['failed']).find((each) => hasWord(each, code));
  return kind ? word(kind, code) : numbered(code ?? '');
}

/** The list of the deliveries that a number counts. */
export const rowsOf = (notice, filters) => to(['notices', notice, 'deliveries'], filters);

/** Bars of reasons, each with the way to its deliveries. */
export const reasonBars = (notice, state, counts, tone) =>
  Object.entries(counts ?? {})
    .sort(([, one], [, other]) => other - one)
    .map(([reason, value]) => ({
      name: reasonOf(state, reason) || t('unknown'),
      value,
      tone,
      href: reason ? rowsOf(notice, { state, reason }) : undefined,
    }));
