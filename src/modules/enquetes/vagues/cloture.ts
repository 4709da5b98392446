/** Closing a wave: what it says becomes the figures that it feeds, by the one write of contributions; validated afterwards as any other. */
import type { Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { abreger } from '../../../core/couper.ts';
import { conflit } from '../../../core/errors.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { contribuer, listSorts, listVersions, tenirLesAns } from '../../indicateurs/index.ts';
import { direMesure, direSource } from '../resultats/dire.rules.ts';
import { type Depouille, depouiller } from '../resultats/resultats.rules.ts';
import { addChiffre, clore, listChiffres, listComptes, listTextes, type Vague } from './vagues.queries.ts';
import type { Figure } from './vagues.rules.ts';

const cheminDe = (v: Pick<Vague, 'id'>): string => `/enquetes/vagues/${v.id}`;

export async function depouillerVague(c: Pick<Contexte, 'db' | 'contrat'>, v: Vague): Promise<Depouille> {
  return depouiller(v.definition, await listComptes(c.db, c.contrat.id, v.id), { aleatoire: v.tirage === 'aleatoire' });
}

const TEXTES_PAR_PAGE = 200;
/** Words given to a question that enough people answered, once the wave is closed. */
export async function lireTextes(c: Pick<Contexte, 'db' | 'contrat'>, v: Vague, demandee: number) {
  const d = v.closeLe === null ? null : await depouillerVague(c, v);
  const lisibles = d?.questions.filter((q) => q.question.type === 'texte' && !q.tropPeu) ?? [];
  const total = lisibles.reduce((t, q) => t + q.repondu, 0);
  const n = Math.min(demandee, Math.max(1, Math.ceil(total / TEXTES_PAR_PAGE)));
  const questions = lisibles.map((q) => q.question.code);
  const lignes = total === 0 ? [] : await listTextes(c.db, c.contrat.id, v.id, { questions, debut: (n - 1) * TEXTES_PAR_PAGE, parPage: TEXTES_PAR_PAGE });
  return { page: n, total, parPage: TEXTES_PAR_PAGE, lignes };
}

type Figurante = Pick<Vague, 'id' | 'periode' | 'debiteur' | 'territoireId'>;
/** What these waves gave, and what became of it, by wave; two reads however many they are. */
export async function figuresDes(c: Pick<Contexte, 'db' | 'contrat'>, vagues: readonly Figurante[]): Promise<Map<string, Figure[]>> {
  const par = new Map(vagues.map((v) => [v.id, v]));
  const donnees = await listChiffres(c.db, c.contrat.id, [...par.keys()]);
  const visees = donnees.flatMap((d) => {
    const v = par.get(d.vagueId);
    return v ? [{ ...d, periode: v.periode, debiteur: v.debiteur, territoireId: v.territoireId }] : [];
  });
  const sorts = await listSorts(c.db, c.contrat.id, visees);
  const figures = new Map<string, Figure[]>();
  for (const [i, d] of visees.entries()) {
    const sort = sorts[i] ?? { validee: false, courante: false, secret: false };
    figures.set(d.vagueId, [...(figures.get(d.vagueId) ?? []), { mesure: d.mesureId, ...sort }]);
  }
  return figures;
}
export const figuresDe = async (c: Pick<Contexte, 'db' | 'contrat'>, v: Figurante): Promise<Figure[]> => (await figuresDes(c, [v])).get(v.id) ?? [];

/** Returns the measures that got a figure: a question with too few answers gives none. The caller holds the wave. */
export async function cloreVague(
  c: Pick<Contexte, 'db' | 'contrat' | 'maintenant' | 'auditer'>,
  cat: Catalogue,
  v: Vague,
  u: Utilisateur,
  adresse: string,
): Promise<string[]> {
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
    const derniere = courante?.version ?? 0;
    await contribuer(
      c,
      cat,
      u,
      [
        {
          ...place,
          derniere,
          etat: 'valeur',
          nombre: null,
          texte: direMesure(v, m, d),
          source: direSource(v, cat.nomActeur(v.debiteur)),
          commentaire: '',
          lien: `${adresse}${cheminDe(v)}`,
          fichierId: null,
          fichierNom: null,
          documentLe: jourDe(c.maintenant),
          documentAuteur: abreger(cat.nomActeur(v.debiteur), 200),
        },
      ],
      { periode: v.periode, territoire: v.territoireId, debiteur: v.debiteur, vague: v.id },
    );
    await addChiffre(c.db, c.contrat.id, v.id, m.resultat.mesure, derniere + 1);
  }
  return donnees.map((m) => m.resultat.mesure);
}
