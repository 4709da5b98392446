import { Table } from '../../../ui/Table.tsx';
import { Tag, type Ton } from '../../../ui/Tag.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { pluriel, surTotal } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import type { Envoi } from '../envois/envois.queries.ts';
import {
  type Arret,
  arretDuCourrier,
  causeDuRelais,
  type Cause,
  compter,
  type EtatDEnvoi,
  etatDeLEnvoi,
  type Remise,
  type Suivi,
} from '../envois/etat.rules.ts';
import { direPlace } from '../envois/lettres.rules.ts';
import { libelleDeFonction } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { moment } from './mots.tsx';

const MOTIFS: Readonly<Record<Envoi['motif'], string>> = {
  liste: 'liste',
  astreinte: 'astreinte',
  silence: 'relais',
  rebond: 'relais',
  retard: 'relais',
  trou: 'relais',
};
const DITES: Readonly<Record<NonNullable<Envoi['reponse']>, [string, Ton]>> = {
  vu: ['vu', 'bleu'],
  vais: ['j’y vais', 'vert'],
  rien: ['rien chez moi', 'neutre'],
  valide: ['a validé', 'vert'],
  ecarte: ['a écarté', 'neutre'],
  fait: ['fait', 'vert'],
};
const CAUSES: Readonly<Record<Cause, string>> = { refus: 'courriel refusé', silence: 'sans réponse', retard: 'pas parti à temps' };
const VOIES: Readonly<Record<Remise['voie'], string>> = { courriel: 'courriel', push: 'notification', sms: 'SMS' };

interface Vue {
  catalogue: Catalogue;
  reglement: Reglement;
  alerte: Alerte;
  maintenant: Date;
  /** Whose names this reader sees: of their own house, and of all for who conducts. */
  nomme: (organisationId: string) => boolean;
}

const finie = (a: Alerte): boolean => a.etat !== 'a-valider' && a.etat !== 'diffusee';
function direRemise(r: Remise, v: Vue): string {
  if (r.etat === 'envoye') return r.le ? `${VOIES[r.voie]} remis à ${moment(r.le, v.maintenant)}` : `${VOIES[r.voie]} remis`;
  if (r.etat === 'attente') return `${VOIES[r.voie]} en attente`;
  if (r.etat === 'echec') return `${VOIES[r.voie]} refusé`;
  return finie(v.alerte) ? `${VOIES[r.voie]} retiré` : `${VOIES[r.voie]} retenu ici`;
}
/** By which ways, and which of them took it. */
function Messages({ e, ...v }: Vue & { e: Suivi }) {
  if (e.remises.length === 0) return <>{e.partiLe ? `remis à ${moment(e.partiLe, v.maintenant)}` : 'aucune trace d’envoi'}</>;
  const dits = [...new Set(e.remises.map((r) => direRemise(r, v)))];
  return <>{dits.join(', ')}</>;
}

const qui = (v: Vue, e: Pick<Envoi, 'nom' | 'organisationId'>): string => (v.nomme(e.organisationId) ? e.nom : v.catalogue.nomActeur(e.organisationId));

function Reponse({ e, tous, ...v }: Vue & { e: Suivi; tous: readonly Suivi[] }) {
  const etat = etatDeLEnvoi(e, v.alerte, v.maintenant);
  switch (etat) {
    case 'repondu': {
      const [mot, ton] = e.reponse ? DITES[e.reponse] : (['', 'neutre'] as const);
      return (
        <>
          <Tag ton={ton}>{mot}</Tag> {e.reponduLe && moment(e.reponduLe, v.maintenant)}
        </>
      );
    }
    case 'a-partir':
      if (e.rebondLe) return <Tag ton="garance">{CAUSES.refus}</Tag>;
      return e.remises.some((r) => r.etat === 'attente') ? <Tag ton="laiton">pas encore parti</Tag> : <Tag ton="garance">pas joint</Tag>;
    case 'attendu':
      return e.rebondLe ? <Tag ton="garance">{CAUSES.refus}</Tag> : <>attendue avant {moment(e.duLe, v.maintenant)}</>;
    case 'en-retard':
      return (
        <>
          <Tag ton="garance">en retard</Tag> attendue avant {moment(e.duLe, v.maintenant)}
        </>
      );
    case 'relaye': {
      const suivant = tous.find((x) => x.id === e.relayePar);
      return (
        <>
          <Tag ton="garance">{CAUSES[causeDuRelais(e)]}</Tag> relais demandé à {suivant ? qui(v, suivant) : 'son suivant'}
        </>
      );
    }
    case 'sans-suite':
      return <Tag ton="garance">{CAUSES[causeDuRelais(e)]}, personne après</Tag>;
    case 'muet':
      return <Tag ton="garance">sans réponse</Tag>;
    case 'non-parti':
      return <Tag ton="garance">jamais parti</Tag>;
    case 'sans-objet':
      return <>{e.genre === 'validation' ? 'décidée sans attendre sa réponse' : 'levée avant sa réponse'}</>;
  }
}

/** What somebody may have to do something about comes first: nobody scrolls at night to find it. */
const RANGS: readonly EtatDEnvoi[] = ['sans-suite', 'a-partir', 'en-retard', 'relaye', 'attendu', 'repondu', 'muet', 'non-parti', 'sans-objet'];

/** Who is to be told, which of their messages left, what each answered; what is said is what is known. */
export function DestinatairesTable({ suivis, ...v }: Vue & { suivis: readonly Suivi[] }) {
  const n = compter(suivis);
  const rang = (e: Suivi) => RANGS.indexOf(etatDeLEnvoi(e, v.alerte, v.maintenant));
  return (
    <>
      {n.destinataires > 0 && (
        <p className="govuk-body">
          Prévenus : {surTotal(n.prevenus, n.destinataires)}
          {n.attendent > 0 && `, ${pluriel(n.attendent, 'en attente d’envoi', 'en attente d’envoi')}`}
          {n.refuses > 0 && `, ${pluriel(n.refuses, 'pas joint', 'pas joints')}`}. Réponses : {n.repondus}
          {n.vont > 0 && `, dont ${pluriel(n.vont, '« j’y vais »', '« j’y vais »')}`}.
        </p>
      )}
      <Table
        legende="Destinataires, par fonction"
        legendeMasquee
        dense
        lignes={[...suivis].sort((x, y) => rang(x) - rang(y))}
        cle={(e) => e.id}
        colonnes={[
          { cle: 'fonction', titre: 'Fonction', entete: true, cellule: (e) => libelleDeFonction(v.reglement, e.fonction) },
          { cle: 'qui', titre: 'Qui', cellule: (e) => `${qui(v, e)} (${MOTIFS[e.motif]})` },
          { cle: 'ou', titre: 'Où', cellule: (e) => direPlace(v.catalogue, v.reglement, e.territoire) },
          { cle: 'message', titre: 'Message', cellule: (e) => <Messages e={e} {...v} /> },
          { cle: 'reponse', titre: 'Réponse', cellule: (e) => <Reponse e={e} tous={suivis} {...v} /> },
        ]}
      />
      <p className="govuk-body-s">
        « Remis » : le relais de courrier, le service du navigateur ou la passerelle SMS l’a pris. Seule une réponse dit qu’il est lu.
      </p>
    </>
  );
}

const direArret = (a: Arret, maintenant: Date): string =>
  a.retenues
    ? `Ce serveur n’envoie pas de courriel : ${pluriel(a.nombre, 'lettre retenue', 'lettres retenues')} depuis ${moment(a.depuis, maintenant)}. Téléphonez.`
    : `Le courrier ne part pas : ${pluriel(a.nombre, 'lettre attend', 'lettres attendent')} depuis ${moment(a.depuis, maintenant)}. Téléphonez.`;
/** Nobody must believe that people were told while letters wait. */
export function CourrierArrete({ suivis, alerte, maintenant }: { suivis: readonly Suivi[]; alerte: Alerte; maintenant: Date }) {
  const arret = finie(alerte) ? null : arretDuCourrier(suivis, maintenant);
  return arret && <WarningText>{direArret(arret, maintenant)}</WarningText>;
}
