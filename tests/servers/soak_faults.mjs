// SPDX-License-Identifier: MIT
// A way to a server on which things go wrong: each connection goes through one of several proxies, most of
// them through one that behaves, and is cut after some requests. Prints its address; keeps the number of faults in a file.
//
//   node soak_faults.mjs FAULT_PROXY_MJS HOST:PORT FILE [SEED]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';

const [, , proxy, target, file, seed = '1'] = process.argv;
const always = '1000000000';
const kinds = [
  { mode: 'ok', n: '0', of100: 80 },
  { mode: '503-first', n: always, of100: 4 },
  { mode: 'close-first', n: always, of100: 4 },
  { mode: 'reset', n: '0', of100: 3 },
  { mode: 'stall', n: '0', of100: 1 },
  { mode: 'slow', n: '200', of100: 4 },
  { mode: 'cut', n: '700', of100: 4 },
];
const counted = Object.fromEntries(kinds.slice(1).map(kind => [kind.mode, 0]));
counted['cut-in-use'] = 0;

let state = Number(seed) >>> 0;
function random() {  // from [0, 1), the same in every run
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 4294967296;
}

function start(kind) {
  return new Promise(started => {
    const child = spawn(process.execPath, [proxy, target, kind.mode, kind.n],
      { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', line => {
      kind.port = Number(new URL(String(line).trim()).port);
      started(child);
    });
  });
}

function chosen() {
  let left = random() * 100;
  return kinds.find(kind => (left -= kind.of100) < 0) ?? kinds[0];
}

function relay(client) {
  const kind = chosen();
  if (kind.mode in counted) ++counted[kind.mode];
  const server = net.connect(kind.port, '127.0.0.1');
  const both = [client, server];
  client.on('error', () => server.destroy()).on('close', () => server.destroy());
  server.on('error', () => client.resetAndDestroy()).on('close', () => client.destroySoon());
  client.pipe(server);
  server.pipe(client);
  // Pieces of requests, so that it is as often on a busy computer as on an idle one.
  let left = 10 + Math.floor(random() * 40);
  client.on('data', () => {
    if (--left > 0 || kind.mode === 'stall') return;
    if (left === 0) ++counted['cut-in-use'];
    for (const one of both) one.destroy();
  });
}

const children = await Promise.all(kinds.map(start));
const write = () => fs.writeFileSync(file, Object.entries(counted).map(([k, n]) => `${k} ${n}\n`).join(''));
write();
setInterval(write, 250);
process.on('SIGTERM', () => {
  for (const child of children) child.kill();
  process.exit(0);
});
net.createServer(relay).listen(0, '127.0.0.1', function () {
  console.log('127.0.0.1:' + this.address().port);
});
