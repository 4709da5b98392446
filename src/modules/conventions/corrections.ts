/**
 * What changes of an act after parties signed it. Its dates, notice and renewal change when each says so, once one of them said that it signed; anything else
 * that they signed changes at once, says why, is told to each, and is asked again of each.
 */
import type { ErreurDeChamp } from '../../core/errors.ts';
import { type Contexte, lire } from '../../core/http/http.ts';
import { enumerer } from '../../ui/typographie.ts';
import { auteurDe, type Charge } from './conventions.contexte.ts';
import { parlePourElle } from './conventions.policy.ts';
import * as q from './conventions.queries.ts';
import { contestationSchema, type SaisieConvention } from './conventions.schema.ts';
import { ou } from './formulaires.ts';
import type { Outils } from './lettres.ts';
import { changementEnCours, demanderDeNouveau, dire, direEnCours, parolesDe, parties } from './paroles.ts';
import { addCorrection } from './paroles.queries.ts';
import { aRouvrir, attendentLesParties, changementsDe, datesChangees, datesDe } from './saisie.ts';

interface Correction {
  erreurs: ErreurDeChamp[];
  /** What is written now: dates that wait for parties stay as they were. */
  ecrit: SaisieConvention;
  /** Dates wait for parties. */
  attend: boolean;
  /** Tells each party, and asks it. */
  demander: (o: Outils) => Promise<void>;
}
/** The act is held. */
export async function examinerCorrection(c: Contexte, s: Charge, v: SaisieConvention): Promise<Correction> {
  const { acte: a } = s;
  const avant = datesDe(a);
  const dates = datesChangees(avant, v);
  const toutes = await q.listParties(c.db, c.contrat.id, [a.id]);
  const attend = dates.length > 0 && attendentLesParties(toutes, (x) => parlePourElle(c.utilisateur, s.tenu, 'correction', x, s.catalogue.contient));
  const changes = [...changementsDe(a, v), ...(attend ? [] : dates.map((d) => d.mot))];
  const rouvertes = changes.length > 0 ? aRouvrir(toutes) : [];
  const motif = lire(contestationSchema, { motif: c.corps.motif_correction ?? '' });
  const erreurs: ErreurDeChamp[] = [];
  const pourquoi = (message: string) => erreurs.push({ champ: 'motif_correction', message: `${message} Dites en une phrase pourquoi.` });
  if (!motif.ok && rouvertes.length > 0)
    pourquoi(`Des parties ont signé cet acte avant que change : ${changes.join(', ')}. Chacune l’apprend, et le confirme de nouveau.`);
  else if (!motif.ok && attend)
    pourquoi(`Une partie a dit avoir signé cet acte. Ceci n’y change que si chacune le confirme : ${dates.map((d) => d.mot).join(', ')}.`);
  const enCours = attend ? changementEnCours(await parolesDe(c, s)) : undefined;
  if (enCours) erreurs.push({ champ: dates[0]?.champ ?? 'fin', message: direEnCours(enCours) });
  const demander = async (o: Outils) => {
    if (!motif.ok) return;
    const raison = motif.valeur.motif;
    await demanderDeNouveau(c, o, s, rouvertes, `${changes.join(', ')} : ${raison}`);
    if (!attend) return;
    const objet = await addCorrection(c.db, ou(c, s), avant, v, raison, auteurDe(c));
    const texte = `${enumerer(dates.map((d) => d.dit))} : « ${raison} »`;
    await dire(
      c,
      o,
      s,
      (await parties(c, s)).map((de) => ({ genre: 'correction', objet, de, jour: s.aujourdhui, texte })),
    );
  };
  return { erreurs, ecrit: attend ? { ...v, ...avant } : v, attend, demander };
}
