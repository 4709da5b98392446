/**
 * The words of one contract: its closed lists, and what it calls the fields of registers. A register's definition names a list by
 * its key; everything that shows, filters, counts or checks a value reads it here, from the contract being served. Pure.
 */
import type { Lexique, ValeurDeListe } from '../../core/faits.ts';
import type { ChampFichier, ListeFichier } from './contrats.schema.ts';

/**
 * `anciennes`: the same lists as they stood before, the newest first. A value that left the file is kept as withdrawn, under its
 * last label, so that the history of records stays readable.
 */
export function buildLexique(listes: readonly ListeFichier[], champs: readonly ChampFichier[], anciennes: readonly ListeFichier[] = []): Lexique {
  const parId = new Map<string, ValeurDeListe[]>();
  const noter = (l: ListeFichier, valeurs: readonly ValeurDeListe[], retirees: boolean) => {
    const siennes = parId.get(l.id) ?? [];
    parId.set(l.id, siennes);
    for (const v of valeurs) if (!siennes.some((x) => x.code === v.code)) siennes.push(retirees ? { code: v.code, libelle: v.libelle, retiree: true } : v);
  };
  const pris = (l: ListeFichier) => (l.codes ?? []).flatMap((code) => parId.get(l.parmi ?? '')?.find((v) => v.code === code) ?? []);
  // Lists of their own first: the others take their values there.
  for (const l of listes) noter(l, l.valeurs ?? [], false);
  for (const l of anciennes) noter(l, l.valeurs ?? [], true);
  for (const l of listes) noter(l, pris(l), false);
  for (const l of anciennes) noter(l, pris(l), true);
  return { listes: parId, champs: new Map(champs.map((c) => [`${c.registre}.${c.champ}`, c])) };
}

/** Faults of the file by itself: lists and codes named twice, derived lists that lead nowhere. */
export function verifierLexique(listes: readonly ListeFichier[], champs: readonly ChampFichier[]): string[] {
  const fautes: string[] = [];
  const parId = new Map<string, ListeFichier>();
  for (const l of listes) {
    const ici = `listes.yaml, ${l.id}`;
    if (parId.has(l.id)) fautes.push(`${ici} : cette liste est écrite deux fois`);
    parId.set(l.id, l);
    for (const code of doubles(l.valeurs?.map((v) => v.code) ?? l.codes ?? [])) fautes.push(`${ici} : le code « ${code} » sert deux fois`);
    if (l.valeurs ? l.parmi || l.codes : !(l.parmi && l.codes))
      fautes.push(`${ici} : une liste a soit « valeurs », soit « parmi » (une autre liste) avec « codes »`);
    if (l.valeurs?.every((v) => v.retiree)) fautes.push(`${ici} : toutes ses valeurs sont retirées`);
  }
  for (const l of listes) {
    if (!l.parmi) continue;
    const base = parId.get(l.parmi);
    if (!base?.valeurs) fautes.push(`listes.yaml, ${l.id}, parmi : liste « ${l.parmi} » inconnue, ou qui n’a pas de valeurs à elle`);
    else
      for (const code of l.codes ?? [])
        if (!base.valeurs.some((v) => v.code === code)) fautes.push(`listes.yaml, ${l.id}, codes : la liste « ${l.parmi} » n’a pas de valeur « ${code} »`);
  }
  for (const cle of doubles(champs.map((c) => `${c.registre}.${c.champ}`))) fautes.push(`listes.yaml, champs : « ${cle} » est écrit deux fois`);
  return fautes;
}

const doubles = (codes: readonly string[]): string[] => [...new Set(codes.filter((c, i) => codes.indexOf(c) !== i))];
