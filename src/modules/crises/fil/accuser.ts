/** A mairie says that it has seen a note: once, whoever says it, with a short answer or none, which is an entry of the main courante. */
import { emettre } from '../../../core/direct/direct.ts';
import { conflit } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { code } from '../../../core/trace/details.ts';
import { CONFIRME } from '../../../ui/Confirmer.tsx';
import type { ErreurDeChamp } from '../../../ui/types.ts';
import { lire } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { salleDe } from '../crises.contexte.ts';
import { getCrise } from '../crises.queries.ts';
import { noter } from '../main-courante/ecrire.ts';
import { phrase, relire, su } from '../main-courante/phrase.rules.ts';
import { accorderNotes } from './fil.dus.ts';
import { getMairie, type NoteDeMairie, setAccuse } from './fil.queries.ts';
import { retourSchema } from './fil.schema.ts';
import { retirerLesLettres } from './prevenir.ts';

export const CLOSE = 'Cette salle est close : elle n’attend plus de réponse.';
/** What is wrong with what was typed, or null once it is done. Throws 409 when it was said already, or the room is closed. */
export async function accuser(
  c: Contexte,
  cat: Catalogue,
  m: NoteDeMairie,
  par: { fonction: string | null; voie: 'lien' | 'compte' },
): Promise<ErreurDeChamp[] | null> {
  // The room first, as whoever writes in it.
  const crise = await getCrise(c.db, c.contrat.id, m.criseId, true);
  if (crise?.etat !== 'ouverte') throw conflit(CLOSE);
  const tenue = await getMairie(c.db, c.contrat.id, m.id, true);
  if (!tenue || tenue.accuseLe) throw conflit('Votre mairie a déjà accusé réception de cette note. Pour dire autre chose, appelez la salle.');
  const lu = lire(retourSchema, c.corps);
  if (!lu.ok) return [...lu.erreurs];
  const { retour, besoin } = lu.valeur;
  const relus = relire({ besoin: retour === 'besoin' ? besoin : '' }, { sigles: cat.sigles, confirme: c.corps[CONFIRME] });
  if (!relus.ok) return relus.etonnements;
  const numero =
    retour === ''
      ? null
      : await noter(c, crise.id, {
          classe: 'information',
          source: cat.nomActeurA(m.organisationId, m.territoireId),
          contenu:
            retour === 'rien'
              ? phrase`${su(cat.territoires.get(m.territoireId)?.nom ?? m.territoireId)}, note n° ${m.note} : rien chez nous.`
              : phrase`${su(cat.territoires.get(m.territoireId)?.nom ?? m.territoireId)}, note n° ${m.note} : besoin de ${relus.relus.besoin}`,
        });
  await setAccuse(c.db, c.contrat.id, m.id, { quand: c.maintenant, fonction: par.fonction, voie: par.voie, retour: numero });
  await retirerLesLettres(c.db, c.contrat.id, m);
  await accorderNotes(c.db, c.contrat.id, [m.id], c.maintenant);
  await emettre(c.db, salleDe(c.contrat.id, crise.id), { genre: 'note' });
  await c.auditer('crise.note-accusee', `/crises/${crise.id}/fil`, {
    note: m.note,
    territoire: code(m.territoireId),
    voie: par.voie,
    retour: retour === '' ? code('aucun') : code(retour),
  });
  return null;
}
