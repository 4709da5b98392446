/** Reading what a person names: a file or an http(s) address, gzip or not, as a stream of text or whole. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import iconv from 'iconv-lite';
import { aDesAccents, reconnaitre } from './encodages.ts';
import { invalide, tropLourd } from './errors.ts';

/** Of a file read in a stream, once inflated; of one held whole. */
const GONFLE_MAX = 3 * 1_073_741_824;
const ENTIER_MAX = 256 * 1_048_576;

async function ouvrir(source: string): Promise<Readable> {
  if (/^https?:\/\//.test(source)) {
    const reponse = await fetch(source, { signal: AbortSignal.timeout(600_000) }).catch((e: Error) => {
      throw invalide(`L’adresse « ${source} » ne répond pas : ${e.message}.`);
    });
    if (!reponse.ok || !reponse.body) throw invalide(`L’adresse « ${source} » répond ${reponse.status} : vérifiez-la.`);
    return Readable.fromWeb(reponse.body as import('node:stream/web').ReadableStream);
  }
  await access(source).catch(() => {
    throw invalide(`Le fichier « ${source} » n’existe pas ou ne peut pas être lu.`);
  });
  return createReadStream(source, { highWaterMark: 1 << 20 });
}

/** Text chunks, in whatever encoding the first accents tell; gzip is recognised by its mark. */
async function* lireTexte(source: string): AsyncGenerator<string> {
  const brut = await ouvrir(source);
  const iterateur = brut[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const premier = await iterateur.next();
  if (premier.done) return;
  async function* tout() {
    yield premier.value as Buffer;
    for (let n = await iterateur.next(); !n.done; n = await iterateur.next()) yield n.value;
  }
  const gzip = premier.value[0] === 0x1f && premier.value[1] === 0x8b;
  const octets: AsyncIterable<Buffer> = gzip ? degzipper(tout) : tout();
  let decodeur: { write(m: Buffer): string; end(): string | undefined } | null = null;
  let octetsLus = 0;
  try {
    for await (const morceau of octets) {
      const debut = octetsLus === 0;
      octetsLus += morceau.length;
      if (octetsLus > GONFLE_MAX)
        throw tropLourd('Ce fichier dépasse 3 Go une fois décompressé : rien n’a été importé. Découpez-le par année, puis recommencez.');
      // Plain letters are the same in all of them but UTF-16, which the beginning tells.
      if (decodeur === null && !aDesAccents(morceau) && !(debut && reconnaitre(morceau) !== 'utf-8')) {
        yield morceau.toString('latin1');
        continue;
      }
      decodeur ??= iconv.getDecoder(reconnaitre(morceau), { stripBOM: true });
      yield decodeur.write(morceau);
    }
  } catch (e) {
    if ((e as { code?: string }).code?.startsWith('Z_')) throw invalide(`« ${source} » est une archive coupée ou abîmée : rien n’a été importé.`);
    throw e;
  }
  const fin = decodeur?.end() ?? '';
  if (fin !== '') yield fin;
}

/** The same, with every line ended by `\n`: files put together from several systems mix line ends, old Macs write `\r` alone. */
export async function* lireTexteUni(source: string): AsyncGenerator<string> {
  let garde = '';
  for await (const morceau of lireTexte(source)) {
    const texte = garde + morceau;
    // A line end may be cut in two.
    garde = texte.endsWith('\r') ? '\r' : '';
    yield (garde === '' ? texte : texte.slice(0, -1)).replace(/\r\n?/g, '\n');
  }
  if (garde !== '') yield '\n';
}

/** Errors of either side reach whoever reads: pipeline destroys both. */
function degzipper(source: () => AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const sortie = createGunzip();
  pipeline(source, sortie).catch(() => {});
  return sortie;
}

export async function lireSource(source: string): Promise<string> {
  let texte = '';
  for await (const morceau of lireTexte(source)) {
    texte += morceau;
    if (texte.length > ENTIER_MAX) throw tropLourd(`« ${source} » dépasse ${ENTIER_MAX / 1_048_576} millions de caractères : rien n’a été lu.`);
  }
  return texte;
}
