// What is done from several pages: stops at once, what widens reach behind its number.
import { admin, get, post } from './api.js';
import { askToEnd, widen } from './dialogs.js';
import { fleetSize, shareOf } from './fleet.js';
import { isByClock, standing } from './rollout.js';
import { to } from './router.js';
import { percent, t } from './texts.js';
import { say } from './toasts.js';

/** What was changed is said, and handed to who shows it. */
const done = (changed, text, link) => (now) => {
  say(text, { link });
  changed?.(now);
};

/** Guard A: done at once, without a dialog; a stop needs no revision and does not fail for one. */
async function stop(path, text, link, changed) {
  try {
    done(changed, text, link)(await post(path));
  } catch (problem) {
    say(`${t('stopFailed')} ${problem.detail || t(`problem.${problem.code}`)}`, { bad: true });
  }
}

const toRelease = (release) => ({ href: to(['releases', release.id]), text: t('open') });
const toNotice = (notice) => ({ href: to(['notices', notice.id]), text: t('open') });

export const haltRelease = (release, changed) =>
  stop(admin('releases', release.id, 'rollout', 'halt'), t('release.halted', { id: release.id }), toRelease(release), changed);

export const pauseRelease = (release, changed) =>
  stop(admin('releases', release.id, 'rollout', 'pause'), t('release.paused', { id: release.id }), toRelease(release), changed);

export const pauseNotice = (notice, changed) =>
  stop(admin('notices', notice.id, 'pause'), t('notice.paused'), toNotice(notice), changed);

export const resumeRelease = (release, changed) =>
  widen(async () => {
    const { state, phase, shareIfResumed, share } = standing(release);
    const reach = await shareOf(release, shareIfResumed - share);
    return {
      ...reach,
      title: t('release.resumeTitle', { id: release.id }),
      sentence: t(state === 'halted' ? 'release.resumeHalted' : 'release.resumePaused', { phase: phase + 1, share: percent(shareIfResumed) }),
      label: t('release.resumeDo'),
      // Where figures steer it, the service takes no resumption without a reason.
      reason: !isByClock(release),
      act: ({ reason }) => {
        const body = { revision: release.revision, expectedAtMost: reach.expectedAtMost, ...(reason ? { reason } : {}) };
        return post(admin('releases', release.id, 'rollout', 'resume'), body).then(done(changed, t('release.resumed', { id: release.id }), toRelease(release)));
      },
    };
  });

export const promoteRelease = (release, changed) =>
  widen(async () => {
    const { phase, share, next } = standing(release);
    return {
      ...(await shareOf(release, next.share - share)),
      title: t('release.promoteTitle', { id: release.id, phase: phase + 2 }),
      sentence: t('release.promoteSentence', { before: percent(share), after: percent(next.share) }),
      label: t('release.promoteDo'),
      reason: true,
      act: ({ reason }) =>
        post(admin('releases', release.id, 'rollout', 'promote'), { from: phase, reason }).then(
          done(changed, t('release.promoted', { id: release.id, phase: phase + 2 }), toRelease(release)),
        ),
    };
  });

export const publishRelease = (release, changed) =>
  widen(async () => {
    const phases = release.rollout?.phases ?? [];
    const first = phases.length ? phases[0].percentage / 100 : 1;
    const last = phases.length ? phases[phases.length - 1].percentage / 100 : 1;
    const reach = await shareOf(release, first);
    return {
      ...reach,
      title: t('release.publishTitle', { id: release.id }),
      sentence: t('release.publishSentence', { first: percent(first), last: percent(last), phases: Math.max(1, phases.length) }),
      irreversible: [t('release.publishIrreversible')],
      label: t('release.publishDo'),
      act: () =>
        post(admin('releases', release.id, 'publish'), { revision: release.revision, expectedAtMost: reach.expectedAtMost }).then(
          done(changed, t('release.published', { id: release.id }), toRelease(release)),
        ),
    };
  });

export const withdrawRelease = (release, changed) =>
  askToEnd({
    title: t('release.withdrawTitle', { id: release.id }),
    text: t('release.withdrawText'),
    name: release.version,
    label: t('release.withdrawDo'),
    reason: true,
    act: ({ reason }) => post(admin('releases', release.id, 'withdraw'), { reason }).then(done(changed, t('release.withdrawn', { id: release.id }))),
  });

/** What is left of a notice: what waits, or its whole audience while that is still being planned. */
async function leftOf(notice) {
  if (notice.planning?.complete ?? true) {
    return { count: notice.deliveries?.remaining ?? 0, total: notice.deliveries?.planned ?? 0 };
  }
  const [audience, fleet] = await Promise.all([get(admin('notices', notice.id, 'audience')), fleetSize()]);
  return { count: audience.atMost, total: fleet.devices };
}

export const resumeNotice = (notice, changed) =>
  widen(async () => {
    const left = await leftOf(notice);
    return {
      ...left,
      title: t('notice.resumeTitle'),
      sentence: t('notice.resumeSentence'),
      label: t('notice.resumeDo'),
      act: () => post(admin('notices', notice.id, 'resume'), { expectedAtMost: left.count }).then(done(changed, t('notice.resumed'), toNotice(notice))),
    };
  });

export const cancelNotice = (notice, title, changed) =>
  askToEnd({
    title: t('notice.cancelTitle'),
    text: t('notice.cancelText'),
    name: title,
    label: t('notice.cancelDo'),
    reason: true,
    act: ({ reason }) => post(admin('notices', notice.id, 'cancel'), { reason }).then(done(changed, t('notice.cancelled'))),
  });
