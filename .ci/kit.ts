// The app kit's modules keep what their .d.ts files promise. It is compiled and never run.
import type * as phonePromised from './kit/phone.js';
import type * as promised from './kit/towncrier.js';
import * as phone from './made/phone.js';
import * as kit from './made/towncrier.js';

export const kept: [typeof promised, typeof phonePromised] = [kit, phone];

// What an app writes with it.
export async function app(uni: unknown, platform: promised.Store): Promise<string> {
  const { Towncrier, uniApp } = kit as typeof promised;
  const { Phone } = phone as typeof phonePromised;
  const towncrier = new Towncrier({ url: 'https://updates.example.com', product: 'p', version: '1', ...uniApp(uni) });
  const id: string = await towncrier.register({ identifier: 'i', country: 'DE' });
  const alerts = await towncrier.setAlert('pushCategories.announcement', false);
  await towncrier.setAlert('quietHours', null);
  // @ts-expect-error There is no such switch.
  await towncrier.setAlert('pushh', false);
  const { items } = await towncrier.notices({ limit: 5 });
  const shows = { show: () => {}, hide: () => {}, open: () => {}, list: () => {} };
  await new Phone(towncrier, { store: platform, ...shows }).start({ deleted: true });
  return [id, alerts.settled, alerts.kept, ...items.map((one) => one.id)].join(' ');
}
