/** One column of a record as a file writes it: for exports, and for what an import is about to publish. */
import type { Cellule } from '../../../core/csv.ts';
import { ETAPES } from '../etapes/etapes.rules.ts';
import type { DefinitionRegistre } from '../definition.ts';
import type { Repertoire } from '../registres.repertoire.ts';
import { champDe, type Contenu } from '../registres.rules.ts';
import { dateCourte, ecrireChamp } from '../valeurs.rules.ts';

export function valeurDeColonne(d: DefinitionRegistre, rep: Repertoire, cle: string, k: Contenu, idExterne: string | null): Cellule {
  const nomActeur = (id: string) => rep.acteurs.get(id)?.nom ?? id;
  switch (cle) {
    case 'id_externe':
      return idExterne ?? '';
    case 'jour':
      return dateCourte(k.jour);
    case 'fin':
      return k.fin ? dateCourte(k.fin) : '';
    case 'territoire_id':
      return rep.territoires.get(k.territoire_id)?.nom ?? k.territoire_id;
    case 'organisation_id':
      return nomActeur(k.organisation_id);
    case 'fiches':
    case 'lignes':
      return k[cle].join(', ');
    case 'lon':
    case 'lat':
      return k[cle];
    case 'etape':
      return ETAPES[k.etape ?? 'realisee'];
    case 'annulation':
      return k.annulation ?? '';
    case 'titre':
    case 'adresse':
    case 'commentaire':
      return k[cle] ?? '';
  }
  const champ = champDe(d, cle.replace('donnees.', ''));
  const v = champ && k.donnees[champ.code];
  if (typeof v === 'number') return v;
  return champ ? ecrireChamp(champ, v, nomActeur, rep) : '';
}
