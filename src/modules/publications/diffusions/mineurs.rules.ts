/** No minor is ever named in what is sent to a list. What a text says beside a name tells it; what only looks like somebody is asked about. Pure. */
import { NATURES_SUSPECT, trouverSuspects } from '../../documents/index.ts';

const MOTS =
  /(?<!\p{L})(?:mineure?s?|enfants?|élèves?|collégien(?:ne)?s?|lycéen(?:ne)?s?|écoli(?:er|ère)s?|adolescente?s?|fillette|garçon|jeunes?)(?!\p{L})/giu;
const NOM = /(?<!\p{L})\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?(?:\s\p{Lu}(?:\p{Ll}+|\.|\p{Lu}{1,})(?:-\p{Lu}\p{Ll}+)?)/gu;
const AGE = /(?<!\d)(\d{1,2})\s?ans(?!\p{L})/gu;
const NAISSANCE = /(?<!\p{L})née?\s(?:le|en)\s(?:\d{1,2}[/.\s-](?:\d{1,2}|\p{L}+)[/.\s-])?(\d{4})/gu;
/** How far a name and what tells an age may stand from each other. */
const PRES = 40;
const MAJORITE = 18;

/** A passage that names a minor, or may: a name near the word, near an age, or a date of birth. Null when there is none. */
export function mineurNomme(texte: string, annee: number): string | null {
  const noms = [...texte.matchAll(NOM)];
  const signes = [
    ...texte.matchAll(MOTS),
    ...[...texte.matchAll(AGE)].filter((m) => Number(m[1]) < MAJORITE),
    ...[...texte.matchAll(NAISSANCE)].filter((m) => annee - Number(m[1]) <= MAJORITE),
  ];
  for (const n of noms) {
    const [debut, fin] = [n.index, n.index + n[0].length];
    const proche = signes.find((s) => {
      const entre = texte.slice(Math.min(fin, s.index + s[0].length), Math.max(debut, s.index));
      return entre.length <= PRES && !/[.!?\n]/.test(entre);
    });
    if (proche) return n[0];
  }
  return null;
}

/** What looks like a person: it may be an adult in their office, whoever sends it says so. */
export const doutesDuTexte = (champ: string, texte: string): { champ: string; message: string }[] =>
  trouverSuspects(texte)
    .filter((t) => t.nature === 'personne' || t.nature === 'telephone' || t.nature === 'adresse')
    .map((t) => ({ champ, message: `« ${t.passage.slice(0, 80)} » : ${NATURES_SUSPECT[t.nature]}. Est-ce un adulte, au titre de sa fonction ?` }));
