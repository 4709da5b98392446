/** A counter-value waits for whoever settles: the pilots of the fiche, and the coordination. */
import { sql } from 'kysely';
import { accorder, plusJours, type Source } from '../../echeances/index.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { peutTrancher, pilote } from '../indicateurs.policy.ts';

const JOURS_POUR_REGLER = 30;
interface Ligne {
  id: string;
  mesureId: string;
  periode: string;
  territoireId: string;
  debiteur: string;
  le: Date;
  issue: string | null;
  issueLe: Date | null;
  issuePar: string | null;
}

export const sourceContreValeurs: Source = {
  code: 'contre-valeurs',
  module: 'indicateurs',
  genres: [
    {
      code: 'contre_valeur',
      libelle: 'Contre-valeur à régler',
      puisTousLes: 30,
      parPeriode: true,
      acte: { libelle: 'Régler', chemin: (e) => `${e.chemin}#contre-valeurs` },
    },
  ],
  attendues: async (db, o) => {
    const c = await getCatalogue(db, o.contratId);
    const { rows } = await sql<Ligne>`
      select id, mesure_id as "mesureId", periode, territoire_id as "territoireId", debiteur, le, issue, issue_le as "issueLe", issue_par as "issuePar"
      from contre_valeurs
      where contrat_id = ${o.contratId}${o.sujets ? sql` and mesure_id = any(${[...o.sujets]}::text[])` : sql``}`.execute(db);
    return rows.flatMap((x) => {
      const m = c.chiffre(x.mesureId);
      if (!m) return [];
      const jour = jourDe(x.le, c.contrat.fuseau);
      const chemin = `/chiffres/${m.id}?periode=${x.periode}&territoire=${x.territoireId}`;
      return [
        {
          genre: 'contre_valeur',
          sujet: m.id,
          objetId: x.id,
          titre: m.court,
          chemin,
          organisationId: c.fiches.get(m.fiche)?.pilotes[0] ?? x.debiteur,
          periode: x.periode,
          territoireId: x.territoireId,
          fiche: m.fiche,
          ouverteLe: jour,
          dueLe: plusJours(jour, JOURS_POUR_REGLER),
          soldee: x.issueLe && x.issue !== 'retiree' ? { le: x.issueLe, par: x.issuePar ?? '', chemin } : null,
          sansObjet: x.issue === 'retiree' ? 'retirée par qui l’avait proposée' : null,
        },
      ];
    });
  },
  /** Who disputes what is for those who work on it. */
  lisibles: (_, l) => (l.u === null ? sql`false` : sql`true`),
  miennes: (_, l) => {
    const c = l.catalogue;
    const fiches = [...c.fiches.keys()].filter((fiche) => peutTrancher(l.u, { fiche, territoireId: c.racine.id }, c.contient));
    return sql`(e.genre = 'contre_valeur' and e.fiche = any(${fiches}::text[]))`;
  },
  destinataires: async (_, p) =>
    new Map(
      p.echeances.map((e) => {
        const fiche = p.catalogue.fiches.get(p.catalogue.chiffre(e.sujet)?.fiche ?? '');
        return [e.id, fiche ? p.comptes.filter((u) => pilote(u, fiche)) : []];
      }),
    ),
};

export const suivreContreValeur = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, mesureId: string): Promise<number> =>
  accorder(c.db, c.contrat.id, sourceContreValeurs, [mesureId], c);
