/** A narrative that was given waits for the signature of its institution; a new version waits for it again. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { getCatalogue } from '../../contrats/index.ts';
import { accorder, plusJours, type Source } from '../../echeances/index.ts';
import { peutSigner } from '../indicateurs.policy.ts';
import { type Case, demandeA, genreDe } from '../saisie/grain.rules.ts';
import { casesPermises, viser } from '../saisie/saisie.cadre.ts';

const JOURS_POUR_SIGNER = 14;
interface Donne extends Case {
  mesureId: string;
  periode: string;
  saisiLe: Date;
  signeLe: Date | null;
  par: string | null;
}
const cleDeBilan = (x: Case & { mesureId: string }): string => `${x.mesureId}|${x.debiteur}|${x.territoireId}`;

export const sourceSignatures: Source = {
  code: 'signatures',
  module: 'indicateurs',
  genres: [
    {
      code: 'bilan_a_signer',
      libelle: 'Bilan à signer',
      puisTousLes: 30,
      parPeriode: true,
      acte: { libelle: 'Signer', chemin: (e) => `${e.chemin}#signatures` },
    },
  ],
  attendues: async (db, o) => {
    const c = await getCatalogue(db, o.contratId);
    const siennes = (o.sujets ? o.sujets.flatMap((id) => c.mesures.get(id) ?? []) : [...c.mesures.values()]).filter(
      (m) => m.obtention !== 'calcul' && genreDe(m) === 'texte',
    );
    const { rows } = await sql<Donne>`
      select v.mesure_id as "mesureId", v.periode, v.debiteur, v.territoire_id as "territoireId", v.saisi_le as "saisiLe", s.le as "signeLe", s.par
      from valeurs v
      left join valeur_signatures s on s.contrat_id = v.contrat_id and s.valeur_id = v.id
      where v.contrat_id = ${o.contratId} and v.courante and v.etat = 'valeur' and v.texte is not null and v.ventilation = '{}'::jsonb
        and v.mesure_id = any(${siennes.map((m) => m.id)}::text[])`.execute(db);
    return rows.flatMap((x) => {
      const m = c.mesures.get(x.mesureId);
      if (!m) return [];
      const jour = jourDe(x.saisiLe, c.contrat.fuseau);
      const chemin = `/chiffres/${m.id}?periode=${x.periode}&territoire=${x.territoireId}`;
      return [
        {
          genre: 'bilan_a_signer',
          sujet: m.id,
          objetId: cleDeBilan(x),
          titre: m.court,
          chemin,
          organisationId: demandeA(c, x),
          periode: x.periode,
          territoireId: x.territoireId,
          fiche: m.fiche,
          ouverteLe: jour,
          dueLe: plusJours(jour, JOURS_POUR_SIGNER),
          soldee: x.signeLe ? { le: x.signeLe, par: x.par ?? '', chemin } : null,
        },
      ];
    });
  },
  /** Signed or not is said on the figure's page; who signs is for those who work on it. */
  lisibles: (_, l) => (l.u === null ? sql`false` : sql`true`),
  miennes: (_, l) => {
    const c = l.catalogue;
    const cles = [...c.mesures.values()].flatMap((m) =>
      genreDe(m) === 'texte' ? casesPermises(l.u, c, m, peutSigner).map((x) => cleDeBilan({ ...x, mesureId: m.id })) : [],
    );
    return sql`(e.genre = 'bilan_a_signer' and e.objet_id = any(${cles}::text[]))`;
  },
  destinataires: async (_, p) =>
    new Map(
      p.echeances.map((e) => {
        const m = p.catalogue.mesures.get(e.sujet);
        const [, debiteur = '', territoireId = ''] = e.objetId.split('|');
        return [e.id, m ? p.comptes.filter((u) => peutSigner(u, viser(p.catalogue, m, { debiteur, territoireId }), p.catalogue.contient)) : []];
      }),
    ),
};

export const suivreSignatures = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>, mesureId: string): Promise<number> =>
  accorder(c.db, c.contrat.id, sourceSignatures, [mesureId], c);
