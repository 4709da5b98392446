/** Crises as facts, exercises apart: a measure says which it counts. */
import { PETIT } from '../../core/petits-nombres.ts';
import type { SourceDeFaits } from '../../core/faits.ts';
import type { Contexte } from '../../core/http/http.ts';
import { appliquerFaits } from '../indicateurs/index.ts';

const NATURES = [
  { code: 'reelle', libelle: 'Crise réelle' },
  { code: 'exercice', libelle: 'Exercice' },
] as const;

export const sourceCrises: SourceDeFaits = {
  nom: 'crises',
  libelle: 'Crises et exercices',
  vue: 'faits_crises',
  dimensions: {
    nature: { libelle: 'Nature', type: 'liste', options: NATURES },
    type: { libelle: 'Type de crise', type: 'texte' },
    care: { libelle: 'Centre d’accueil et de regroupement ouvert', type: 'booleen' },
  },
  quantites: { personnes: { libelle: 'Personnes accueillies dans les centres, une fois close', unite: 'personnes' } },
  cle: 'uuid',
  fin: false,
  // The figure is everyone's; where and when is for those of the room.
  publique: false,
  // The authority alone announces a crisis: a counter that moves in an arrondissement tonight would do it before. Few a year: by place or type,
  // each would be one.
  diffusion: {
    recul: 2,
    seuil: PETIT,
    grain: 'contrat',
    dimensions: [],
    pourquoi: 'Une crise s’annonce par l’autorité, jamais par un compteur ; il y en a peu, chacune se reconnaîtrait.',
  },
  lien: (id) => `/crises/${id}`,
};

/** A crisis counts from its opening, once. */
export const appliquerCrise = async (c: Pick<Contexte, 'db' | 'contrat'>, id: string): Promise<void> =>
  void (await appliquerFaits(c.db, c.contrat.id, sourceCrises.nom, { ids: [id] }, 1));

/** Changes what a crisis counts for: its former facts go, the new ones come, in the same transaction. */
export async function surCrise<T>(c: Pick<Contexte, 'db' | 'contrat'>, id: string, changer: () => Promise<T>): Promise<T> {
  await appliquerFaits(c.db, c.contrat.id, sourceCrises.nom, { ids: [id] }, -1);
  const fait = await changer();
  await appliquerCrise(c, id);
  return fait;
}
