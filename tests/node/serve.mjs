// What the servers of this folder share. A server is started as a child process:
// the first line of its standard input is its configuration, as JSON; when that stream ends, so
// does the server, and none outlives the test that started it. Its standard output has one line of
// JSON, { "url": "http://127.0.0.1:PORT" }, written once connections are accepted.

import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createInterface } from 'node:readline';

/** Starts listening, then asks `makeHandler(url, config)` for the handler of its requests. */
export async function serve(makeHandler) {
  const config = await readConfig();
  const server = config.tls
    ? https.createServer({ key: readFileSync(config.tls.key), cert: readFileSync(config.tls.cert) })
    : http.createServer();
  server.listen(config.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  const url = `${config.tls ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;
  server.on('request', await makeHandler(url, config));
  process.stdout.write(`${JSON.stringify({ url })}\n`);
}

function readConfig() {
  return new Promise((resolve, reject) => {
    const input = createInterface({ input: process.stdin });
    input.once('line', (line) => {
      try {
        resolve(JSON.parse(line));
      } catch (error) {
        reject(new Error(`the first line of standard input is no JSON: ${error.message}`));
      }
    });
    input.once('close', () => process.exit(0));
  });
}
