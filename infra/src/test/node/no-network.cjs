// Loaded into every Node that the tests start: whoever wants the network ends the process.
const net = require('node:net');
const dns = require('node:dns');

function refuse(what) {
  process.stderr.write(`the tests allow no network: ${what}\n`);
  process.exit(97);
}

net.Socket.prototype.connect = (...to) => refuse(JSON.stringify(to));
dns.lookup = (name) => refuse(name);
dns.promises.lookup = (name) => refuse(name);
