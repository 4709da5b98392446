/** What a request carries: form fields, and uploaded files set down in a folder that lives as long as the request. */
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { dossierDeRequete } from '../base/deposits.ts';
import { abreger, couper, toutEcrivable } from '../couper.ts';
import { ErreurConcorde, invalide, tropLourd } from '../errors.ts';
import type { FichierRecu, Route } from './http.ts';
import { nomDeFichier } from '../nature.ts';

interface Corps {
  corps: Record<string, unknown>;
  fichiers: FichierRecu[];
  nettoyer: () => Promise<void>;
}

/**
 * Of one multipart form. What counts is the product: fields x size of a field is all the memory such a form can take. Files go
 * to disk; the largest upload of the route is for all of them together.
 */
export const LIMITES_MULTIPART = { fields: 40, fieldSize: 32_768, fieldNameSize: 200, files: 5, parts: 45, headerPairs: 20 } as const;

/** All the text of a multipart form, whatever the number of its fields. */
const TEXTE_MAX = LIMITES_MULTIPART.fields * LIMITES_MULTIPART.fieldSize;
/** Of a form with a row for each figure that somebody owes. */
const LIMITES_LONGUES = { ...LIMITES_MULTIPART, fields: 4000, fieldSize: TEXTE_MAX, files: 40, parts: 4040 } as const;

/**
 * Throws `invalide` where the route takes no file, `trop-lourd` beyond its limit; `nettoyer` removes the files. The one door of what people send:
 * no text of it is such that the database refuses it, whatever it came in.
 */
export async function lireCorps(request: FastifyRequest, r: Route): Promise<Corps> {
  const lu = await lireTel(request, r);
  return { ...lu, corps: toutEcrivable(lu.corps) as Corps['corps'] };
}
async function lireTel(request: FastifyRequest, r: Route): Promise<Corps> {
  const rien = async () => {};
  if (!request.isMultipart()) {
    const corps = typeof request.body === 'object' && request.body !== null ? request.body : {};
    return { corps: { ...corps }, fichiers: [], nettoyer: rien };
  }
  const max = r.options.televersementMax ?? 0;
  if (max === 0) throw invalide('Cette page n’accepte pas de fichier.');
  const dossier = await dossierDeRequete();
  const nettoyer = () => rm(dossier, { recursive: true, force: true });
  try {
    return { ...(await lireParties(request, dossier, max, r.options.beaucoupDeChamps ? LIMITES_LONGUES : LIMITES_MULTIPART)), nettoyer };
  } catch (e) {
    // The rest of the body is let through to nowhere, so that the answer reaches who sends it.
    request.raw.unpipe();
    request.raw.resume();
    await nettoyer();
    throw traduireEnvoi(e, r.options.beaucoupDeChamps ? LIMITES_LONGUES : LIMITES_MULTIPART);
  }
}

/** Longest wait for the end of a body that is refused. */
const FIN_ATTENDUE_MS = 60_000;
/**
 * Lets the rest of a refused body through to nowhere: a connection closed under who still sends is a network error on their screen,
 * in place of the sentence that says why.
 */
export async function laisserFinir({ raw }: FastifyRequest): Promise<void> {
  if (raw.complete || raw.destroyed) return;
  raw.resume();
  await finished(raw, { signal: AbortSignal.timeout(FIN_ATTENDUE_MS), cleanup: true }).catch(() => {});
}

type Limites = typeof LIMITES_MULTIPART | typeof LIMITES_LONGUES;
async function lireParties(request: FastifyRequest, dossier: string, max: number, limites: Limites): Promise<Omit<Corps, 'nettoyer'>> {
  const corps: Record<string, unknown> = {};
  const fichiers: FichierRecu[] = [];
  let octets = 0;
  let ecrits = 0;
  const compter = () =>
    new Transform({
      transform(morceau: Buffer, _, suite) {
        octets += morceau.length;
        if (octets > max)
          suite(tropLourd(`Ce que vous envoyez dépasse ${Math.round(max / 1_048_576)} Mo. Réduisez le fichier ou envoyez-le en plusieurs fois.`));
        else suite(null, morceau);
      },
    });
  for await (const part of request.parts({ limits: { ...limites, fileSize: max } })) {
    if (part.type === 'field') {
      const { fieldname, value } = part;
      if (part.fieldnameTruncated) throw tropLourd('Un champ de ce formulaire a un nom démesuré. Rechargez la page et recommencez.');
      if (part.valueTruncated)
        throw tropLourd(`Le champ « ${abreger(fieldname, 60)} » dépasse ${Math.round(limites.fieldSize / 1024)} Ko. Raccourcissez-le ou joignez un fichier.`);
      if (typeof value !== 'string') throw invalide(`Le champ « ${abreger(fieldname, 60)} » n’est pas du texte. Rechargez la page et recommencez.`);
      ecrits += fieldname.length + value.length;
      if (ecrits > TEXTE_MAX) throw tropLourd('Ce formulaire est trop long. Envoyez-le en plusieurs fois.');
      const deja = corps[fieldname];
      corps[fieldname] = deja === undefined ? value : [deja, value].flat();
      continue;
    }
    const chemin = join(dossier, `${fichiers.length}`);
    const sortie = createWriteStream(chemin);
    await pipeline(part.file as Readable, compter(), sortie);
    if (part.file.truncated) throw tropLourd(`Le fichier « ${nomDeFichier(part.filename)} » dépasse ${Math.round(max / 1_048_576)} Mo.`);
    if (part.filename && sortie.bytesWritten > 0)
      fichiers.push({ champ: part.fieldname, nom: nomDeFichier(part.filename), type: couper(part.mimetype, 200), chemin, octets: sortie.bytesWritten });
  }
  return { corps, fichiers };
}

function traduireEnvoi(e: unknown, limites: Limites): unknown {
  if (e instanceof ErreurConcorde) return e;
  const { code = '', message = '' } = e as { code?: string; message?: string };
  if (code === 'FST_FIELDS_LIMIT' || code === 'FST_PARTS_LIMIT')
    return tropLourd(`Ce formulaire a plus de ${limites.fields} champs. Rechargez la page et recommencez.`);
  if (code === 'FST_FILES_LIMIT') return tropLourd(`Envoyez ${limites.files} fichiers au plus à la fois.`);
  // What the parser says of a body cut on its way, or that is no multipart at all.
  if (/multipart|Unexpected end|Malformed|Premature close|closed before/i.test(message)) return invalide('L’envoi du fichier a été interrompu. Recommencez.');
  return e;
}
