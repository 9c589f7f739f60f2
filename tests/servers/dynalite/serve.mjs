// SPDX-License-Identifier: MIT
// A dynalite on a free port of the loopback; prints its address.
import { createRequire } from 'node:module';
const dynalite = createRequire(process.cwd() + '/')('dynalite');
const server = dynalite({ createTableMs: 300, deleteTableMs: 100 });
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
