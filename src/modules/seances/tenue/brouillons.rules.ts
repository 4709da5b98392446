/** Drafts in words. Pure. */
import { estUuid } from '../../../core/base/id.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { jour } from '../../../ui/typographie.ts';
import { choixDeCharge } from '../../decisions/index.ts';
import type { Participant, Point } from '../seances.queries.ts';
import { siegesDeLaTable } from './tenue.rules.ts';
import type { Brouillon } from './brouillons.queries.ts';

const ACTES = ['decision', 'vote', 'invite', 'point'] as const;
export type GenreDeBrouillon = (typeof ACTES)[number] | 'correction' | 'notes' | 'inconnu';

/** « correction:<decision> » and « notes:<item> » say what they are about. */
export function lireFormulaire(formulaire: string): { genre: GenreDeBrouillon; objet: string } {
  const [genre = '', objet = ''] = formulaire.split(':');
  if (objet === '' && (ACTES as readonly string[]).includes(genre)) return { genre: genre as GenreDeBrouillon, objet };
  return estUuid(objet) && (genre === 'correction' || genre === 'notes') ? { genre, objet } : { genre: 'inconnu', objet: '' };
}

/** What drafts speak of. */
export interface Salle {
  catalogue: Catalogue;
  instance: { territoireId: string };
  points: readonly Point[];
  participants: readonly Participant[];
}
const direResponsable = (v: string, k: Salle): string =>
  choixDeCharge(k.catalogue, k.instance.territoireId, siegesDeLaTable(k.participants), v).find((o) => o.valeur === v)?.libelle ?? k.catalogue.nomActeur(v);

/** « Décision commencée », and its fields as they were typed. */
export function direBrouillon(b: Pick<Brouillon, 'formulaire' | 'champs'>, k: Salle): { quoi: string; dit: string } {
  const { genre } = lireFormulaire(b.formulaire);
  const c = b.champs;
  const rang = k.points.findIndex((p) => p.id === (genre === 'notes' ? lireFormulaire(b.formulaire).objet : c.point)) + 1;
  const ou = rang > 0 ? `, point ${rang}` : '';
  const qui = [c.responsable_nom, c.responsable ? direResponsable(c.responsable, k) : ''].filter(Boolean).join(', ');
  const suite = [c.libelle, qui, c.echeance ? `pour le ${jour(c.echeance)}` : '', c.engagement].filter(Boolean).join(' · ');
  switch (genre) {
    case 'decision':
      return { quoi: `${c.nature === 'action' ? 'Action' : 'Décision'} commencée${ou}`, dit: suite };
    case 'correction':
      return { quoi: `Correction commencée${ou}`, dit: suite };
    case 'vote':
      return { quoi: `Vote commencé${ou}`, dit: `${c.objet ?? ''} · pour : ${c.pour ?? ''}, contre : ${c.contre ?? ''}, abstentions : ${c.abstention ?? ''}` };
    case 'invite':
      return { quoi: 'Personne à ajouter', dit: [c.nom, c.fonction, c.organisation ? k.catalogue.nomActeur(c.organisation) : ''].filter(Boolean).join(', ') };
    case 'point':
      return { quoi: 'Point à ajouter', dit: c.titre ?? '' };
    case 'notes':
      return { quoi: `Notes arrivées après la levée${ou}`, dit: c.texte ?? '' };
    case 'inconnu':
      return { quoi: 'Saisie', dit: Object.values(c).join(' · ') };
  }
}
