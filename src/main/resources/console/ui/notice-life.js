// From a draft to a notice that goes out: approved by a second person, started behind its number.
import { admin, get, post } from './api.js';
import { widen } from './dialogs.js';
import { fleetSize } from './fleet.js';
import { to } from './router.js';
import { clock, t } from './texts.js';
import { say } from './toasts.js';

export async function approve(notice, changed) {
  try {
    const now = await post(admin('notices', notice.id, 'approve'), { revision: notice.revision });
    say(t('notice.approvedDone'), { link: { href: to(['notices', notice.id]), text: t('open') } });
    changed?.(now);
  } catch (problem) {
    say(`${t('notice.approveFailed')} ${problem.detail}`, { bad: true });
  }
}

export const start = (notice, changed) =>
  widen(async () => {
    const [audience, fleet] = await Promise.all([get(admin('notices', notice.id, 'audience')), fleetSize()]);
    return {
      title: t('notice.startTitle'),
      sentence: t(audience.addressed !== undefined ? 'notice.startSentence' : 'notice.startAtMost'),
      irreversible: [t('notice.startIrreversible')],
      count: audience.addressed ?? audience.atMost,
      total: fleet.devices,
      asOf: t('countedAsOf', { time: clock(new Date(audience.asOf)) }),
      label: t('notice.startDo'),
      act: async () => {
        const now = await post(admin('notices', notice.id, 'start'), { revision: notice.revision, expectedAtMost: audience.atMost });
        say(t(now.state === 'scheduled' ? 'notice.scheduledDone' : 'notice.startedDone'), {
          link: { href: to(['notices', notice.id]), text: t('open') },
        });
        changed?.(now);
      },
    };
  });
