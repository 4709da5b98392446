/** Closing a wave: what it says becomes the figures that it feeds, by the one write of contributions; validated afterwards as any other. */
import type { Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { conflit } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { contribuer, listVersions, tenirLesAns } from '../../indicateurs/index.ts';
import { direMesure, direSource } from '../resultats/dire.rules.ts';
import { type Depouille, depouiller } from '../resultats/resultats.rules.ts';
import { clore, listComptes, type Vague } from './vagues.queries.ts';

const cheminDe = (v: Pick<Vague, 'id'>): string => `/enquetes/vagues/${v.id}`;

export async function depouillerVague(c: Pick<Contexte, 'db' | 'contrat'>, v: Vague): Promise<Depouille> {
  return depouiller(v.definition, await listComptes(c.db, c.contrat.id, v.id), { aleatoire: v.tirage === 'aleatoire' });
}

/** Measures to which this wave gave a figure, and whether one of them is validated. */
export async function figuresDe(c: Pick<Contexte, 'db' | 'contrat'>, v: Vague): Promise<{ mesure: string; validee: boolean }[]> {
  const dites: { mesure: string; validee: boolean }[] = [];
  for (const { mesure } of v.definition.resultats) {
    const versions = await listVersions(c.db, c.contrat.id, { mesureId: mesure, periode: v.periode, territoires: [v.territoireId] });
    const siennes = versions.filter((x) => x.lien?.endsWith(cheminDe(v)) && x.debiteur === v.debiteur);
    if (siennes.length > 0) dites.push({ mesure, validee: siennes.some((x) => x.valideLe !== null) });
  }
  return dites;
}

/** Returns the measures that got a figure: a question with too few answers gives none. The caller holds the wave. */
export async function cloreVague(c: Contexte, cat: Catalogue, v: Vague, u: Utilisateur, adresse: string): Promise<string[]> {
  if (!(await clore(c.db, c.contrat.id, v.id, u, c.maintenant))) throw conflit('Cette vague est déjà close.');
  const d = await depouillerVague(c, v);
  const donnees = d.mesures.flatMap((m) => (m ? [m] : []));
  await tenirLesAns(
    c,
    donnees.map((m) => ({ mesureId: m.resultat.mesure, periode: v.periode })),
  );
  for (const m of donnees) {
    const place = { mesureId: m.resultat.mesure, periode: v.periode, territoireId: v.territoireId, debiteur: v.debiteur, ventilation: '' };
    const versions = await listVersions(c.db, c.contrat.id, { ...place, territoires: [v.territoireId] });
    const courante = versions.find((x) => x.courante && x.periode === v.periode && x.debiteur === v.debiteur && Object.keys(x.ventilation).length === 0);
    await contribuer(
      c,
      cat,
      u,
      [
        {
          ...place,
          derniere: courante?.version ?? 0,
          etat: 'valeur',
          nombre: null,
          texte: direMesure(v, m, d),
          source: direSource(v, cat.nomActeur(v.debiteur)),
          commentaire: '',
          lien: `${adresse}${cheminDe(v)}`,
          fichierId: null,
          fichierNom: null,
          documentLe: jourDe(c.maintenant),
          documentAuteur: cat.nomActeur(v.debiteur).slice(0, 200),
        },
      ],
      { periode: v.periode, territoire: v.territoireId, debiteur: v.debiteur, vague: v.id },
    );
  }
  return donnees.map((m) => m.resultat.mesure);
}
