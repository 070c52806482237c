// Where something stands in a document of the API, in the words of the form that it is filled in with.
import { hasText, nameOf, t } from './texts.js';

/** Members and the text that names each of them; what has none is shown as the API calls it. */
const LABELS = {
  severity: 'release.severity', version: 'release.version', publishedAt: 'release.publishedAt',
  allow: 'release.onlyIn', deny: 'release.notIn', rules: 'release.rules', rollout: 'release.rollout',
  artifacts: 'release.artifacts', revision: 'release.revision', mandatory: 'field.mandatory',
  floorFor: 'field.floorFor', install: 'field.install', days: 'field.days', notBefore: 'field.notBefore',
  from: 'field.from', before: 'field.before', to: 'field.to', promotion: 'field.promotion', only: 'field.only',
  except: 'field.except', cohorts: 'field.cohorts', downgrade: 'field.downgrade', priority: 'field.priority',
  affected: 'field.affected', soak: 'field.lasts', percentage: 'phase.share', start: 'phase.notBefore',
  phases: 'release.rollout', notes: 'draft.notes', advisory: 'draft.advisory', countries: 'draft.countries',
  description: 'draft.description', remedy: 'draft.remedy', title: 'written.title', body: 'written.body',
  counter: 'fact.counter', hardware: 'fact.hardware', country: 'fact.country', timezone: 'fact.timezone', language: 'fact.language', cohort: 'fact.cohort',
  installed: 'explain.version', versions: 'explain.version', at: 'notice.at', channel: 'channel', name: 'name', size: 'size', product: 'product',
  audience: 'notice.to', products: 'notice.products', languages: 'notice.languages',
  seenWithinDays: 'notice.seenWithin', localTime: 'notice.localTime', devices: 'devices.title', kind: 'devices.kind',
  schedule: 'editor.when', date: 'editor.date', spreadSeconds: 'editor.spread', ttlSeconds: 'editor.ttl',
  texts: 'editor.texts', defaultLanguage: 'editor.default', policyChange: 'editor.policy',
  situation: 'editor.situation', measures: 'editor.measures', selfProtection: 'editor.selfProtection',
  remedies: 'editor.remedies', supportedUntil: 'products.until', reference: 'request.reference',
  verifiedAt: 'request.verifiedAt', decidedBy: 'request.decidedBy', retried: 'policy.retried',
  failures: 'policy.failures', minimum: 'policy.minimum', downloads: 'policy.downloads',
  confirmSoak: 'policy.confirmSoak', timeOut: 'policy.timeOut', restartLimit: 'policy.restartLimit',
  attempts: 'policy.attempts', backOff: 'policy.backOff',
};

/** One of several, such as phases[1]: the second phase. A release is called by its version. */
const ONE_OF = { phases: 'phase.legend', artifacts: 'draft.artifact', rules: 'field.rule', releases: 'field.release' };

/** Members that say nothing more in front of what stands in them. */
const SILENT = new Set(['rollout', 'phases', 'incident', 'audience', 'schedule']);
const BY_LANGUAGE = ['notes', 'texts'];

const called = (name) => (Object.hasOwn(LABELS, name) && hasText(LABELS[name]) ? t(LABELS[name]) : name);

/** "rollout.phases[1].percentage" is "Phase 2: Share". */
export function inWords(path) {
  const parts = [...path.matchAll(/([^.[\]]+)(?:\[([^\]]*)\])?/g)].map(([, name, at]) => ({ name, at }));
  const words = parts.map(({ name, at }, i) => {
    if (BY_LANGUAGE.includes(parts[i - 1]?.name)) {
      return nameOf('language', name);
    }
    if (at !== undefined) {
      const number = /^\d+$/.test(at) && name !== 'releases' ? Number(at) + 1 : at;
      return Object.hasOwn(ONE_OF, name) && hasText(ONE_OF[name]) ? t(ONE_OF[name], { number }) : `${called(name)} ${number}`;
    }
    return SILENT.has(name) && i < parts.length - 1 ? '' : called(name);
  });
  return words.filter(Boolean).join(': ');
}
