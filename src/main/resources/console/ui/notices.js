import { t } from './texts.js';

/** What a notice is called in lists: its title in its own language. */
export const titleOf = (notice) => notice.texts?.[notice.defaultLanguage]?.title ?? notice.title ?? notice.id;

export const KINDS = ['announcement', 'security-incident', 'policy-revision', 'firmware-update', 'app-update'];

/** Why somebody may not let out what he or she wrote; empty where it is allowed. */
export const ownWork = (who, writers, needed) => (needed && writers.includes(who.operator) ? t('approval.ownWork') : '');
