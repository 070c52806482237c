// HTTP as an app outside of a browser has it: each request on a connection of its own, each answer as it came. Node's
// fetch repeats by itself what gets 421, and loses the body on the way.
import { request } from 'node:http';

export const plain = ({ method, url, headers, body }) =>
  new Promise((come, fail) => {
    const sent = request(url, { method, headers, agent: false }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (more) => (text += more));
      answer.on('end', () => come({ status: answer.statusCode, header: (name) => answer.headers[name] ?? null, text }));
    });
    sent.on('error', fail);
    sent.end(body);
  });
