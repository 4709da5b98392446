/** What the data protection officer's desk owes: an answer to each request within its month, and the purges that need a person's judgement. */
import { JOUR_MS } from '../../../core/jours.ts';
import { sql } from 'kysely';
import type { Utilisateur } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import { uuids } from '../../../core/base/id.ts';
import { type Adresses, accorder, type Attendue, plusJours, type Prevenir, type Source } from '../../echeances/index.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Regle } from '../../../core/trace/retention.ts';
import { simulerPurge } from './conservation.ts';
import { estClose, type EtatDemande, NATURES, type Nature } from './demandes.rules.ts';
import { peutPurger, peutTraiterDemandes } from './dpo.policy.ts';

/** Days after which something past its time should have gone. */
const PURGER_APRES = 30;
const BUREAU = 'Délégué à la protection des données';

const oui = (droit: boolean) => (droit ? sql`true` : sql`false`);
const tous = (p: Prevenir, droit: (u: Utilisateur) => boolean): Adresses => new Map(p.echeances.map((e) => [e.id, p.comptes.filter(droit)]));

export const sourceDemandes: Source = {
  code: 'demandes',
  module: 'comptes',
  genres: [
    { code: 'demande-droits', libelle: 'Demande de droits', rappels: [-14, -7, -2, 0], puisTousLes: 7, acte: { libelle: 'Répondre', chemin: (e) => e.chemin } },
  ],
  attendues: async (db, o) => {
    interface Ligne {
      id: string;
      recueLe: string;
      nature: Nature;
      etat: EtatDemande;
      echeance: string;
      modifieLe: Date;
      par: string;
    }
    const { rows } = await sql<Ligne>`
      select d.id, d.recue_le, d.nature, d.etat, d.echeance, d.modifie_le, coalesce(c.nom, '') as par
      from demandes_droits d
      left join comptes c on c.contrat_id = d.contrat_id and c.id = d.modifie_par
      where d.contrat_id = ${o.contratId} ${o.sujets ? sql`and d.id = any(${uuids(o.sujets)})` : sql``}`.execute(db);
    return rows.map((d): Attendue => {
      const chemin = `/dpo/demandes/${d.id}`;
      return {
        genre: 'demande-droits',
        sujet: d.id,
        objetId: d.id,
        titre: `${NATURES[d.nature].libelle}, reçue le ${d.recueLe.split('-').reverse().join('/')}`,
        chemin,
        organisationId: '',
        personne: BUREAU,
        territoireId: null,
        ouverteLe: d.recueLe,
        dueLe: d.echeance,
        soldee: estClose(d.etat) ? { le: d.modifieLe, par: d.par, chemin } : null,
      };
    });
  },
  lisibles: (_, l) => oui(peutTraiterDemandes(l.u)),
  miennes: (_, l) => oui(peutTraiterDemandes(l.u)),
  destinataires: async (_, p) => tous(p, peutTraiterDemandes),
};

/** `conservation`: the rules of every module. */
export const buildSourceConservation = (conservation: readonly Regle[]): Source => ({
  code: 'conservation',
  module: 'comptes',
  genres: [
    { code: 'conservation', libelle: 'Données à purger', rappels: [0], puisTousLes: 30, acte: { libelle: 'Relire et purger', chemin: (e) => e.chemin } },
  ],
  attendues: async (db, o) => {
    const { sujets } = o;
    const regles = conservation.filter((r) => sujets === null || sujets.includes(r.code));
    const { rows } = await sql<{ regle: string; quand: Date; par: string }>`
      select distinct on (p.regle) p.regle, p.quand, coalesce(c.nom, '') as par
      from purges p left join comptes c on c.contrat_id = p.contrat_id and c.id = p.par
      where p.contrat_id = ${o.contratId} and not p.simulation
      order by p.regle, p.quand desc`.execute(db);
    const faites = new Map(rows.map((r) => [r.regle, r]));
    const dues: Attendue[] = [];
    // What goes by itself each night waits for nobody.
    for (const r of regles.filter((x) => !x.seule)) {
      const { nombre, plusAncien } = await simulerPurge(db, o.contratId, r, o.maintenant);
      const faite = faites.get(r.code);
      if (nombre === 0 && !faite) continue;
      const depassee = nombre > 0 && plusAncien ? new Date(plusAncien.getTime() + r.jours * JOUR_MS) : (faite?.quand ?? o.maintenant);
      dues.push({
        genre: 'conservation',
        sujet: r.code,
        objetId: r.code,
        titre: r.libelle,
        chemin: '/dpo/conservation',
        organisationId: '',
        personne: BUREAU,
        territoireId: null,
        ouverteLe: jourDe(depassee),
        dueLe: plusJours(jourDe(depassee), PURGER_APRES),
        soldee: nombre === 0 && faite ? { le: faite.quand, par: faite.par, chemin: '/dpo/conservation' } : null,
      });
    }
    return dues;
  },
  lisibles: (_, l) => oui(peutPurger(l.u)),
  miennes: (_, l) => oui(peutPurger(l.u)),
  destinataires: async (_, p) => tous(p, peutPurger),
});

type Ou = Pick<Contexte, 'db' | 'contrat' | 'maintenant'>;
export const suivreDemande = (c: Ou, id: string): Promise<number> => accorder(c.db, c.contrat.id, sourceDemandes, [id], c);
export const suivrePurge = (c: Ou, conservation: readonly Regle[], regle: string): Promise<number> =>
  accorder(c.db, c.contrat.id, buildSourceConservation(conservation), [regle], c);
