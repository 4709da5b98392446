/** The letter that goes at once to who is in charge of a decision, when somebody else says where it is. */
import type { Utilisateur } from '../../core/authorize.ts';
import { ajouterCourriels } from '../../core/courrier/mail.ts';
import type { Contexte } from '../../core/http/http.ts';
import { listComptes } from '../comptes/index.ts';
import type { Catalogue } from '../contrats/index.ts';
import { peutSuivre } from './decisions.policy.ts';
import type { Decision } from './decisions.queries.ts';
import { direSuite, ETATS_DECISION, numeroEcrit } from './decisions.rules.ts';
import type { Origine, OrigineChargee } from './origines.ts';

/** Letters that one act sends, at most. */
const LETTRES_MAX = 10;
interface Dite {
  decision: Decision;
  origine: OrigineChargee;
  mots: Origine['mots'];
  catalogue: Catalogue;
  u: Utilisateur;
}

/** To the person named, or else to the accounts of the organisation that may answer. Of what is closed to others, its number alone. */
export async function prevenirLeCharge(c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, adresse: string, o: Dite): Promise<void> {
  const { decision: d, catalogue: cat, u } = o;
  const { ouverts, fermees } = await listComptes(c.db, c.contrat.id, c.maintenant);
  const parti = d.responsableCourriel === '' || fermees.has(d.responsableCourriel.toLowerCase());
  const nommee = parti ? [] : [{ courriel: d.responsableCourriel, nom: d.responsableNom }];
  const a =
    nommee.length > 0
      ? nommee
      : ouverts.filter((x) => x.organisationId === d.responsableId && x.id !== u.id && peutSuivre(x, d, false, cat.contient)).slice(0, LETTRES_MAX);
  const restreinte = [o.origine.confidentialite, d.confidentialite].includes('restreinte');
  const quoi = restreinte ? `${numeroEcrit(d)}, décision ${o.mots.restreinte}` : `${numeroEcrit(d)}, « ${d.libelle} »`;
  await ajouterCourriels(
    c.db,
    c.contrat.id,
    a.map((x) => ({
      a: x.courriel,
      sujet: `Dite ${ETATS_DECISION[d.etat]} par un autre : ${numeroEcrit(d)}`,
      texte: [
        `Bonjour${x.nom ? ` ${x.nom}` : ''},`,
        `${u.nom}, ${cat.nomActeur(u.organisationId)}, a noté ${ETATS_DECISION[d.etat]} la décision dont vous êtes chargé : ${quoi}.`,
        ...(restreinte ? [] : [direSuite(d)].filter(Boolean)),
        'Si ce n’est pas ainsi, dites vous-même où elle en est :',
        `${adresse}/decisions/${d.id}`,
      ].join('\n\n'),
      objet: `/decisions/${d.id}`,
    })),
  );
}
