/** Rows copied from a spreadsheet: each beside the name of its line, or values alone in the order of the page. Pure. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { cleTexte } from '../../../core/mots.ts';
import { formatPeriode } from '../../../ui/typographie.ts';
import type { Ligne } from './lignes.queries.ts';
import { champsDe } from './reponse.rules.ts';

const champ = 'collage';
const refus = (message: string) => ({ champs: {}, erreurs: [{ champ, message }] });

/** What may stand beside a value and say which line it is. */
const nomsDe = (l: Ligne): string[] => {
  const periode = formatPeriode(l.periode);
  const parties = [
    [l.titre, periode, l.territoire, l.libelle],
    [l.mesureId, periode, l.territoire, l.libelle],
    [l.titre, l.territoire, l.libelle],
    [l.titre, periode, l.libelle],
    [l.mesureId, periode, l.libelle],
    [l.territoire, periode, l.libelle],
    [l.territoire, l.libelle],
    [periode, l.libelle],
    [l.titre, l.libelle],
    [l.titre],
    [l.mesureId],
    [l.territoire],
    [l.libelle],
  ];
  return parties.map((p) => cleTexte(p.filter(Boolean).join(', ')));
};
const NOMS = 13;
/** The lines that this name is the best name of: the most precise way of saying it that some line answers to. */
function nommees(nom: string, lignes: readonly { ligne: Ligne; noms: readonly string[] }[]): Ligne[] {
  for (let i = 0; i < NOMS && nom !== ''; i++) {
    const siennes = lignes.filter((l) => l.noms[i] === nom);
    if (siennes.length > 0) return siennes.map((l) => l.ligne);
  }
  return [];
}

/** The fields that it fills; an error says which row, and fills nothing. */
export function lireCollage(colle: string, lignes: readonly Ligne[]): { champs: Record<string, string>; erreurs: ErreurDeChamp[] } {
  const nombres = lignes.filter((l) => l.genre === 'nombre');
  const connues = nombres.map((ligne) => ({ ligne, noms: nomsDe(ligne) }));
  const rangees = colle
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((r) => r.split('\t').map((x) => x.trim()))
    .filter((r) => r.some((x) => x !== ''));
  if (rangees.length === 0) return refus('Collez au moins une ligne copiée dans votre tableur.');
  if (rangees.length > 2000) return refus('Ce collage a plus de 2 000 lignes : collez seulement celles de cette page.');
  const champs: Record<string, string> = {};
  if (rangees.every((r) => r.length === 1)) {
    if (rangees.length !== nombres.length)
      return refus(`Vous avez collé ${rangees.length} valeurs pour ${nombres.length} lignes : ajoutez le nom du chiffre devant chacune, ou collez-les toutes.`);
    for (const [i, l] of nombres.entries()) champs[champsDe(l).valeur] = rangees[i]?.[0] ?? '';
    return { champs, erreurs: [] };
  }
  const erreurs: ErreurDeChamp[] = [];
  for (const [i, r] of rangees.entries()) {
    const valeur = r.filter((x) => x !== '').at(-1) ?? '';
    const nom = cleTexte(r.slice(0, r.lastIndexOf(valeur)).filter(Boolean).join(', '));
    const visees = nommees(nom, connues);
    const [l] = visees;
    // The head of the table.
    if (!l && i === 0 && !/\d/.test(valeur)) continue;
    if (!l) erreurs.push({ champ, message: `Ligne ${i + 1} : « ${r.filter(Boolean).slice(0, -1).join(', ')} » n’est pas un chiffre de cette page.` });
    else if (visees.length > 1)
      erreurs.push({
        champ,
        message: `Ligne ${i + 1} : « ${r[0]} » peut être ${visees.length} lignes de cette page. Ajoutez le territoire, la période ou la part.`,
      });
    else champs[champsDe(l).valeur] = valeur;
  }
  return erreurs.length > 0 ? { champs: {}, erreurs: erreurs.slice(0, 20) } : { champs, erreurs: [] };
}
