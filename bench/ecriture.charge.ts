/** The load, in a process of its own: the same form by so many connections, each sending with another once-only key. Prints autocannon's own result. */
import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

const [url = '', connexions = '1', duree = '1', corps = '', cookie = ''] = process.argv.slice(2);
const r = await autocannon({
  url,
  connections: Number(connexions),
  duration: Number(duree),
  requests: [
    {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
      setupRequest: (q) => ({ ...q, body: `_cle=${randomUUID()}&${corps}` }),
    },
  ],
});
process.stdout.write(JSON.stringify(r));
