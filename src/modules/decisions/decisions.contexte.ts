/** Who reads decisions, and one decision with the rights on it. Unknown and hidden answer alike. */
import { jourDe } from '../../core/clock.ts';
import { interdit, introuvable, ouIntrouvable } from '../../core/errors.ts';
import { type Contexte, texte } from '../../core/http/http.ts';
import { getCatalogue } from '../contrats/index.ts';
import { peutSuivre } from './decisions.policy.ts';
import { getDecision } from './decisions.queries.ts';
import type { RefOrigine } from './decisions.rules.ts';
import { chargerOrigine, listOrigines, origineDe } from './origines.ts';

export const cadre = { largeur: 'travail', section: 'decisions' } as const;
export const FIL = [{ libelle: 'Décisions', href: '/decisions' }];

/** What an address or a form speaks of: `instance=…`, by the name of its kind. */
export function origineDite(champs: Readonly<Record<string, unknown>>): RefOrigine | null {
  const genre = listOrigines().find((o) => texte(champs[o.genre]) !== '')?.genre;
  return genre === undefined ? null : { genre, id: texte(champs[genre]) };
}

/** Of what made it. */
export const siegesDe = (c: Contexte, o: RefOrigine) =>
  origineDe(o.genre).sieges(c.db, { contratId: c.contrat.id, id: o.id, aujourdhui: jourDe(c.maintenant) });

export async function chargerDecision(c: Contexte, verrou = false) {
  const decision = await getDecision(c.db, c.contrat.id, c.params.id ?? '', verrou);
  if (!decision || !c.utilisateur) throw introuvable('Cette décision');
  const origine = await chargerOrigine(c, { genre: decision.origineGenre, id: decision.origineId }, { tenu: decision.confidentialite }).catch(
    ouIntrouvable('Cette décision'),
  );
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  return {
    catalogue,
    origine,
    mots: origineDe(origine.genre).mots,
    decision,
    u: c.utilisateur,
    /** Keeps what made it. */
    tient: origine.tient,
    suit: peutSuivre(c.utilisateur, decision, origine.tient, catalogue.contient),
    aujourdhui: jourDe(c.maintenant),
  };
}

export async function chargerPourSuivre(c: Contexte) {
  const d = await chargerDecision(c, true);
  if (!d.suit) throw interdit(`Cette décision est confiée à une autre organisation : elle seule, ou ${d.mots.garant}, dit où elle en est.`);
  return d;
}
