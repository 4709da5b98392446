/** What a request carries: form fields, and uploaded files set down in a folder that lives as long as the request. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FastifyRequest } from 'fastify';
import { ErreurConcorde, invalide, tropLourd } from './errors.ts';
import type { FichierRecu, Route } from './http.ts';
import { nomDeFichier } from './nature.ts';

interface Corps {
  corps: Record<string, unknown>;
  fichiers: FichierRecu[];
  nettoyer: () => Promise<void>;
}

/** Throws `invalide` where the route takes no file, `trop-lourd` beyond its limit; `nettoyer` removes the files. */
export async function lireCorps(request: FastifyRequest, r: Route): Promise<Corps> {
  const rien = async () => {};
  if (!request.isMultipart()) {
    const corps = typeof request.body === 'object' && request.body !== null ? request.body : {};
    return { corps: { ...corps }, fichiers: [], nettoyer: rien };
  }
  const max = r.options.televersementMax ?? 0;
  if (max === 0) throw invalide('Cette page n’accepte pas de fichier.');
  const dossier = await mkdtemp(join(tmpdir(), 'concorde-'));
  const nettoyer = () => rm(dossier, { recursive: true, force: true });
  try {
    const corps: Record<string, unknown> = {};
    const fichiers: FichierRecu[] = [];
    for await (const part of request.parts({ limits: { fileSize: max } })) {
      if (part.type === 'field') {
        const deja = corps[part.fieldname];
        corps[part.fieldname] = deja === undefined ? part.value : [deja, part.value].flat();
        continue;
      }
      const chemin = join(dossier, `${fichiers.length}`);
      const sortie = createWriteStream(chemin);
      await pipeline(part.file, sortie);
      if (part.file.truncated) throw tropLourd(`Le fichier « ${part.filename} » dépasse ${Math.round(max / 1_048_576)} Mo.`);
      if (part.filename !== '' && sortie.bytesWritten > 0)
        fichiers.push({ champ: part.fieldname, nom: nomDeFichier(part.filename), type: part.mimetype, chemin, octets: sortie.bytesWritten });
    }
    return { corps, fichiers, nettoyer };
  } catch (e) {
    await nettoyer();
    // What the parser says of a body cut on its way, or that is no multipart at all.
    if (/multipart|Unexpected end|Malformed|Premature close/i.test((e as Error).message) && !(e instanceof ErreurConcorde))
      throw invalide('L’envoi du fichier a été interrompu. Recommencez.');
    throw e;
  }
}
