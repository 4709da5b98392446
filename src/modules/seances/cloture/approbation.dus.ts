/** What an approval noted for another makes owed once the minutes are frozen: an answer, and a settlement when it is contested. */
import { sql } from 'kysely';
import { jourDe } from '../../../core/clock.ts';
import { AVEC_SIEGE } from '../../instances/index.ts';
import { direPar } from '../paroles/lien.rules.ts';
import { estLue } from '../adresses.sql.ts';
import { avecTenantDuJour, COURRIEL, COURRIEL_DU_SUPPLEANT } from '../paroles/paroles.queries.ts';
import { dernierMot } from './contenu.queries.ts';
import { type Attendue, plusJours } from '../../echeances/index.ts';

/** Days to say that it is one's own, or to settle one that is contested. */
const CONFIRMER_SOUS = 30;

/** An approval of the latest frozen minutes. */
export interface Notee {
  id: string;
  /** By who may: nothing is owed of it, until it is contested. */
  donnee: boolean;
  organisationId: string;
  instanceId: string;
  nom: string;
  courriel: string;
  /** Who holds the chair today, who is asked; null: nobody does, or nobody reads there. */
  tenant: { nom: string; courriel: string } | null;
  figeLe: string;
  reponse: 'confirmee' | 'contestee' | null;
  par: string;
  parLien: boolean;
  le: string | null;
  contesteeLe: string | null;
}

/** One row `n` a session `s`: `notees`. What nobody could be told of is owed by nobody: minutes say so. */
export const approbationsNotees = (aujourdhui: string) => sql`
  left join lateral (
    select jsonb_agg(jsonb_build_object('id', p.id, 'donnee', q.notee_par = '', 'organisationId', p.organisation_id, 'instanceId', s.instance_id, 'tenant',
        case when t.courriel is not null then jsonb_build_object('nom', t.nom, 'courriel', t.courriel)
          when m.id is null and ${estLue('p', 'courriel')} then jsonb_build_object('nom', coalesce(nullif(p.nom, ''), p.fonction), 'courriel', lower(p.courriel)) end, 'nom', coalesce(nullif(p.nom, ''), p.fonction),
      'courriel', lower(coalesce(nullif(${COURRIEL}, ''), ${COURRIEL_DU_SUPPLEANT})), 'figeLe', r.fige_le, 'reponse', y.acte, 'par', coalesce(y.par, ''),
      'parLien', coalesce(y.par_lien, false), 'le', y.quand, 'contesteeLe', (
        select max(z.quand) from seance_approbation_reponses z
        where z.contrat_id = q.contrat_id and z.seance_id = q.seance_id and z.participant_id = q.participant_id and z.empreinte = q.empreinte
          and z.acte = 'contestee' and z.voie <> 'convoque_dabord'))) as notees
    from seance_approbations q
    join seance_participants p on p.contrat_id = q.contrat_id and p.id = q.participant_id
    ${AVEC_SIEGE}
    ${avecTenantDuJour(aujourdhui)}
    join releves r on r.contrat_id = q.contrat_id and r.seance_id = q.seance_id and r.empreinte = q.empreinte
      and r.version = (select max(v.version) from releves v where v.contrat_id = q.contrat_id and v.seance_id = q.seance_id)
    left join lateral ${dernierMot('q')} y on y.acte <> 'donnee'
    where q.contrat_id = s.contrat_id and q.seance_id = s.id and q.prevenus is distinct from 0
      and (${COURRIEL} <> '' or ${COURRIEL_DU_SUPPLEANT} <> '')) n on true`;

type Commun = Pick<Attendue, 'sujet' | 'objetId' | 'titre' | 'chemin' | 'territoireId' | 'fiche'>;
export function approbationsDues(notees: readonly Notee[], commun: Commun, porteurId: string): Attendue[] {
  return notees.flatMap((n) => {
    const une = { ...commun, periode: n.id, chemin: `${commun.chemin}/clore` };
    const reglee = n.le ? { le: new Date(n.le), par: direPar(n.par, n.parLien).replace(/^par /, ''), chemin: commun.chemin } : null;
    const depuis = jourDe(new Date(n.figeLe));
    const commune = { ouverteLe: depuis, dueLe: plusJours(depuis, CONFIRMER_SOUS) };
    // Of who holds the chair now; answered, of who held it; of nobody, the secretary finds who does.
    const qui = reglee ? n : n.tenant;
    const reponse: Attendue = qui
      ? { ...une, ...commune, genre: 'approbation', organisationId: n.organisationId, personne: qui.nom, courriel: qui.courriel, soldee: reglee }
      : { ...une, ...commune, genre: 'approbation-a-pourvoir', organisationId: porteurId, chemin: `/instances/${n.instanceId}`, soldee: null };
    const demandee = n.donnee ? [] : [reponse];
    if (!n.contesteeLe) return demandee;
    const contestee = jourDe(new Date(n.contesteeLe));
    const reglement: Attendue = {
      ...une,
      genre: 'approbation-contestee',
      organisationId: porteurId,
      ouverteLe: contestee,
      dueLe: plusJours(contestee, CONFIRMER_SOUS),
      soldee: n.reponse === 'confirmee' ? reglee : null,
    };
    return [...demandee, reglement];
  });
}
