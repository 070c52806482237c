// How many devices there are, as the service counts them: registered ones, exact within seconds.
import { admin, get, query } from './api.js';
import { clock, t } from './texts.js';

/** Devices of a release's product, how many of them a share is, and what the service is to hold us to. */
export async function shareOf(release, share, phases) {
  const [{ devices, asOf }, reach] = await Promise.all([
    fleetSize({ product: release.product }),
    get(admin('releases', release.id, 'reach')),
  ]);
  const expectedAtMost = phases ? atMost(reach.devices, phases) : reach.atMost;
  return { count: Math.max(0, Math.round(devices * share)), total: devices, asOf, expectedAtMost };
}

/** As the service reckons it: the widest phase, and without phases everybody. */
const atMost = (devices, phases) =>
  Math.ceil((devices * (phases.length ? Math.max(...phases.map((phase) => phase.percentage)) : 100)) / 100);

/** The devices that match, and a sentence that says as of when. */
export async function fleetSize(filters = {}, by = 'product') {
  const counted = await get(admin('fleet') + query({ by, limit: 1, ...filters }));
  return { devices: counted.devices, asOf: t('countedAsOf', { time: clock(new Date(counted.asOf)) }) };
}
