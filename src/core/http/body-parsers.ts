/** Bodies that are text (forms, JSON) are measured before they are parsed: a small text can make a very large object. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse } from 'node:querystring';
import { tropLourd } from '../errors.ts';

export const TEXTE_MAX = 1_048_576;
const CHAMPS_MAX = 5_000;
const VALEURS_JSON_MAX = 20_000;
const PROFONDEUR_JSON_MAX = 32;

/** Throws `trop-lourd` for a form of too many fields. */
function lireFormulaire(texte: string): Record<string, unknown> {
  let champs = 1;
  for (let i = texte.indexOf('&'); i >= 0; i = texte.indexOf('&', i + 1))
    if (++champs > CHAMPS_MAX) throw tropLourd(`Ce formulaire a plus de ${CHAMPS_MAX} champs. Enregistrez en plusieurs fois.`);
  return parse(texte, '&', '=', { maxKeys: 0 });
}

/** Throws `trop-lourd` for a text that nests too deep or holds too many values; says nothing of whether it is JSON. */
function mesurerJson(texte: string): void {
  let profondeur = 0;
  let valeurs = 1;
  for (let i = 0; i < texte.length; i++) {
    const c = texte.charCodeAt(i);
    if (c === 0x22) {
      // A string: to its closing quote, over escaped ones.
      for (i++; i < texte.length && texte.charCodeAt(i) !== 0x22; i++) if (texte.charCodeAt(i) === 0x5c) i++;
    } else if (c === 0x5b || c === 0x7b) {
      if (++profondeur > PROFONDEUR_JSON_MAX)
        throw tropLourd(`Ce texte JSON s’emboîte sur plus de ${PROFONDEUR_JSON_MAX} niveaux. Simplifiez-le puis recommencez.`);
    } else if (c === 0x5d || c === 0x7d) profondeur--;
    else if (c === 0x2c && ++valeurs > VALEURS_JSON_MAX)
      throw tropLourd(`Ce texte JSON contient plus de ${VALEURS_JSON_MAX.toLocaleString('fr-FR')} valeurs. Envoyez-le en plusieurs fois.`);
  }
}

type Suite = (erreur: Error | null, corps?: unknown) => void;
/** A parser that throws would end the process: what it throws is its answer. */
const prudent =
  (lire: (texte: string, request: FastifyRequest, suite: Suite) => void) =>
  (request: FastifyRequest, corps: string | Buffer, suite: Suite): void => {
    try {
      lire(String(corps), request, suite);
    } catch (e) {
      suite(e as Error);
    }
  };

export function installerLecteurs(app: FastifyInstance): void {
  const json = app.getDefaultJsonParser('error', 'error');
  const options = { parseAs: 'string', bodyLimit: TEXTE_MAX } as const;
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(
    'application/json',
    options,
    prudent((texte, request, suite) => {
      mesurerJson(texte);
      json(request, texte, suite);
    }),
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    options,
    prudent((texte, _, suite) => suite(null, lireFormulaire(texte))),
  );
}
