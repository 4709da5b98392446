/** Numbers of help are checked again every half year, at once when one is said wrong, and when the file says something else of one: owed by the coordination, all of them in one entry, due with the first. */
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import { accorder, type Dues, plusJours, type Source } from '../../echeances/index.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { peutVerifier } from '../secours.policy.ts';
import { REVOIR_JOURS } from './verifications.rules.ts';

/** Days before it is due when it appears in lists; days given for a number that nobody ever checked. */
const AVANT = 30;
const SUJET = 'numeros';
const dues: Dues = {
  code: 'numeros-d-aide',
  module: 'secours',
  genres: [
    {
      code: 'numeros-d-aide',
      libelle: 'Numéros d’aide à vérifier',
      rappels: [-14, 0, 14],
      puisTousLes: 30,
      acte: { libelle: 'Vérifier', chemin: (e) => e.chemin },
    },
  ],
  attendues: async (db, o) => {
    if (o.sujets && !o.sujets.includes(SUJET)) return [];
    const { rows } = await sql<{ dueLe: string | null }>`
      select min(case when v.empreinte is distinct from f.empreinte then f.le + ${AVANT}::int when v.juste then v.le + ${REVOIR_JOURS}::int else v.le end) as "dueLe"
      from secours_verifications f
      left join lateral (
        select x.le, x.juste, x.empreinte from secours_verifications x
        where x.contrat_id = f.contrat_id and x.numero = f.numero and x.version > 0 order by x.version desc limit 1) v on true
      where f.contrat_id = ${o.contratId} and f.version = 0`.execute(db);
    const dueLe = rows[0]?.dueLe;
    if (!dueLe) return [];
    return [
      {
        genre: 'numeros-d-aide',
        sujet: SUJET,
        objetId: SUJET,
        titre: 'Vérifier les numéros d’aide et leurs horaires',
        chemin: '/aide/numeros',
        organisationId: '',
        personne: 'Coordination du contrat',
        territoireId: null,
        ouverteLe: plusJours(dueLe, -AVANT),
        dueLe,
      },
    ];
  },
  sujets: async (_, o) => (o.apres ? [] : [SUJET]),
};
const siCoordination = (u: Utilisateur) => (peutVerifier(u) ? sql`true` : sql`false`);
export const sourceNumeros: Source = {
  ...dues,
  lisibles: (_, l) => (l.u ? siCoordination(l.u) : sql`false`),
  miennes: (_, l) => siCoordination(l.u),
  destinataires: async (_, p) => new Map(p.echeances.map((e) => [e.id, p.comptes.filter(peutVerifier)])),
};
export const suivreNumeros = (c: Pick<Contexte, 'db' | 'contrat' | 'maintenant'>): Promise<unknown> => accorder(c.db, c.contrat.id, dues, [SUJET], c);
