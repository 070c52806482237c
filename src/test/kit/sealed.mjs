// A message with its MAC, by Node's own HMAC (docs/adr/0073).
import { createHmac } from 'node:crypto';

const MEMBERS = ['kind', 'noticeId', 'category', 'expires', 'link', 'title', 'body'];

export function sealed(data, { key, generation }) {
  const members = MEMBERS.map((name) => data[name] ?? '').map((text) => `${Buffer.byteLength(text)}:${text}\n`);
  const form = ['towncrier-push-1\n', ...members].join('');
  const mac = createHmac('sha256', Buffer.from(key, 'base64url')).update(form).digest().subarray(0, 16);
  return { ...data, mac: `1.${generation}.${mac.toString('base64url')}` };
}
