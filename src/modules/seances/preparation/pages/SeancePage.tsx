import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { WarningText } from '../../../../ui/WarningText.tsx';
import { enumerer, jourCourt, jourDuMoment, jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { Envoi as EnvoiDeCourriel } from '../../../../core/courrier/envois.queries.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { type Instance, Liens, type ObjetLie, type Recherche } from '../../../instances/index.ts';
import type { Participant, Point, Seance } from '../../seances.queries.ts';
import type { ReponseConvocation } from '../../seances.rules.ts';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { PresencesDites } from '../../tenue/pages/PresencesDites.tsx';
import { contestationsDe, direPresence, type mesLignes, type MotDePresence } from '../../tenue/presences.rules.ts';
import { DossierDePoint } from '../../pages/DossierDePoint.tsx';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import { AdresseManquante, SansAdresse } from '../../pages/PorteeDite.tsx';
import { compter, direPersonne, direPortee, estVacant, porteeDe } from '../../portee.rules.ts';
import { adressesDe } from '../convocation.rules.ts';
import type { Ecarte } from '../recurrents.queries.ts';
import { PartieDite, type PartieDiteProps } from '../../partie/pages/PartieDite.tsx';
import { PointsEcartes } from './PointsEcartes.tsx';
import type { Document } from '../documents.queries.ts';
import type { DateProposee } from '../seances.queries.ts';
import { direMandat, direReponse, reponseDuSiege } from '../reponses.rules.ts';
import { TeteDePoint } from './TeteDePoint.tsx';
import { Documents } from './Documents.tsx';
import { TableauDesDates } from './TableauDesDates.tsx';
import { type Decision, direEtat, numeroEcrit } from '../../../decisions/index.ts';

export interface SeancePageProps extends Omit<PartieDiteProps, 'seance'> {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  tient: boolean;
  points: readonly Point[];
  participants: readonly Participant[];
  ecartes: readonly Ecarte[];
  /** Records of registers that it deals with; how another is found, for whoever keeps it. */
  lies: readonly ObjetLie[];
  recherche: Recherche | null;
  documents: readonly Document[];
  dates: readonly DateProposee[];
  decisions: readonly Decision[];
  /** Mails that left about it, for whoever keeps it. */
  envois: readonly EnvoiDeCourriel[];
  /** Path where this reader answers the convocation; null when they hold no seat. */
  invitation: string | null;
  aujourdhui: string;
  /** What was noted of presences and contested; `mots`: the same, when this reader may know who noted what. */
  dits: readonly MotDePresence[];
  mots: readonly MotDePresence[] | null;
  moi: string;
  moiNom: string;
  miennes: ReturnType<typeof mesLignes>;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

export function SeancePage(p: SeancePageProps) {
  const { seance: s } = p;
  return (
    <>
      <EnteteSeance seance={s} instance={p.instance} catalogue={p.catalogue} ici="resume" tient={p.tient} />
      {s.etat === 'annulee' && <NotificationBanner ton="alerte">Séance annulée : {s.motifAnnulation}</NotificationBanner>}
      <PartieDite {...p} />
      <Suite {...p} />
      <Section titre="Ordre du jour">
        {p.points.length === 0 ? (
          <EmptyState
            titre="Aucun point"
            actions={p.tient && s.etat === 'preparation' ? [{ libelle: 'Préparer l’ordre du jour', href: `/seances/${s.id}/preparer` }] : []}
          >
            {s.etat === 'declaree'
              ? 'Cette réunion a été déclarée après coup : seuls son jour et le nombre de présents sont connus.'
              : 'L’ordre du jour n’est pas encore écrit.'}
          </EmptyState>
        ) : (
          <ol className="c-odj">
            {p.points.map((x, rang) => (
              <li key={x.id} className="c-odj__point">
                <TeteDePoint point={x} rang={rang} catalogue={p.catalogue} />
                {x.dossier && (
                  <Details resume={<>Fiche du point{x.dossier.retire ? ' (retiré depuis)' : ''}</>}>
                    <DossierDePoint dossier={x.dossier} id={x.id} fige />
                  </Details>
                )}
              </li>
            ))}
          </ol>
        )}
      </Section>
      <PointsEcartes ecartes={p.ecartes} />
      <Liens base={`/seances/${s.id}`} lies={p.lies} recherche={p.recherche} nomDuLieu={(id) => p.catalogue.territoires.get(id)?.court ?? id} />
      {p.decisions.length > 0 && (
        <Section titre="Décisions et actions">
          <Table
            legende={pluriel(p.decisions.length, 'décision ou action', 'décisions et actions')}
            dense
            lignes={p.decisions}
            cle={(d) => d.id}
            colonnes={[
              { cle: 'numero', titre: 'N°', cellule: (d) => numeroEcrit(d) },
              {
                cle: 'libelle',
                titre: 'Quoi',
                entete: true,
                cellule: (d) => (
                  <a className="govuk-link" href={`/decisions/${d.id}`}>
                    {d.libelle}
                  </a>
                ),
              },
              { cle: 'qui', titre: 'Qui', cellule: (d) => p.catalogue.nomActeurA(d.responsableId, d.territoireId) },
              { cle: 'quand', titre: 'Quand', cellule: (d) => (d.echeance ? jourCourt(d.echeance) : 'sans date') },
              { cle: 'etat', titre: 'État', cellule: (d) => direEtat(d, p.aujourdhui) },
            ]}
          />
        </Section>
      )}
      <Section titre="Documents">
        <Documents documents={p.documents} points={p.points} base={`/seances/${s.id}`} />
      </Section>
      {s.jour === null && p.dates.length > 0 && (
        <Section titre="Dates proposées">
          <TableauDesDates dates={p.dates} participants={p.participants} />
        </Section>
      )}
      <Participants {...p} />
    </>
  );
}

/** The one thing to do next. */
function Suite(p: SeancePageProps) {
  const { seance: s } = p;
  const base = `/seances/${s.id}`;
  const refus = p.envois.filter((e) => e.etat === 'echec');
  return (
    <>
      {refus.length > 0 && (
        <WarningText>
          {pluriel(refus.length, 'adresse refuse', 'adresses refusent')} vos messages : {refus.map((e) => e.destinataire).join(', ')}. Corrigez l’adresse du
          membre, puis renvoyez la convocation.
        </WarningText>
      )}
      <ButtonGroup>
        {p.tient && s.etat === 'preparation' && <LinkButton href={`${base}/preparer`}>Continuer la préparation</LinkButton>}
        {p.tient && s.etat === 'convoquee' && (
          <LinkButton href={`${base}/tenir`}>{s.jour !== null && s.jour <= p.aujourdhui ? 'Tenir la séance' : 'Ouvrir la page de séance'}</LinkButton>
        )}
        {s.etat === 'ouverte' && <LinkButton href={`${base}/tenir`}>{p.tient ? 'Revenir à la séance en cours' : 'Suivre la séance en cours'}</LinkButton>}
        {s.etat === 'relecture' && <LinkButton href={`${base}/clore`}>{p.tient ? 'Mettre au point le relevé' : 'Relire le relevé'}</LinkButton>}
        {s.etat === 'figee' && <LinkButton href={`${base}/clore`}>Lire le relevé</LinkButton>}
        {p.invitation && (s.etat === 'convoquee' || (s.etat === 'preparation' && s.jour === null)) && (
          <LinkButton variante="secondaire" href={p.invitation}>
            {s.jour === null ? 'Dire mes disponibilités' : 'Répondre à la convocation'}
          </LinkButton>
        )}
        {p.tient && (s.etat === 'convoquee' || s.etat === 'ouverte') && (
          <LinkButton variante="secondaire" href={`${base}/emargement.pdf`}>
            Feuille d’émargement
          </LinkButton>
        )}
        {s.etat === 'convoquee' && (
          <LinkButton variante="secondaire" href={`${base}/convocation.pdf`}>
            Convocation imprimable
          </LinkButton>
        )}
      </ButtonGroup>
      <Envoyee {...p} />
    </>
  );
}

/** Whom the convocation reached and whom it did not, as long as something can still be done. */
function Envoyee(p: SeancePageProps) {
  const { seance: s } = p;
  if (!s.convoqueeLe) return null;
  const portee = porteeDe(p.participants, true);
  const base = `/seances/${s.id}`;
  const muets = portee.sansAdresse.length + portee.vacants.length;
  const ouverte = p.tient && s.etat === 'convoquee';
  return (
    <div id="convocation">
      <p className="govuk-body">
        Convoquée le {jourEtHeure(s.convoqueeLe)}
        {p.tient && (
          <>
            {' '}
            : message envoyé <strong>{direPortee(compter(portee))}</strong>
          </>
        )}
        .
      </p>
      {ouverte && portee.aJoindre.length > 0 && (
        <Form action={`${base}/convoquer`} masques={{ qui: 'nouveaux' }}>
          <p className="govuk-body">
            {pluriel(portee.aJoindre.length, 'siège n’a pas', 'sièges n’ont pas')} reçu la convocation et {portee.aJoindre.length > 1 ? 'peuvent' : 'peut'} la
            recevoir : {enumerer(portee.aJoindre.map((x) => adressesDe(x)[0]?.nom ?? x.fonction))}.
          </p>
          <Button>{portee.aJoindre.length > 1 ? 'Les convoquer' : 'Convoquer'}</Button>
        </Form>
      )}
      {ouverte && muets > 0 && (
        <Details resume={`${pluriel(muets, 'siège')} sans adresse : désigner, ou imprimer leur lettre`} ouvert>
          <SansAdresse portee={portee} instanceId={p.instance.id} retour={base} lettres={`${base}/convocation.pdf`} />
        </Details>
      )}
    </div>
  );
}

function Participants(p: SeancePageProps) {
  const { seance: s } = p;
  if (s.etat === 'declaree') return <p className="govuk-body">{pluriel(s.presents ?? 0, 'personne présente', 'personnes présentes')}.</p>;
  const tenue = s.etat === 'ouverte' || s.etat === 'relecture' || s.etat === 'figee';
  const sieges = p.participants.filter((x) => x.retireLe === null).map(reponseDuSiege);
  const vacants = p.participants.filter((x) => x.retireLe === null && estVacant(x)).length;
  // Nobody was asked on a seat where nobody sits.
  const n = (r: ReponseConvocation | null) => sieges.filter((x) => x.reponse === r).length - (r === null ? vacants : 0);
  const suppleants = sieges.filter((x) => x.suppleant).length;
  const envoyeA = (adresse: string) => (adresse === '' ? undefined : p.envois.find((e) => e.destinataire === adresse));
  const etatEnvoi = (x: Participant) => (x.parti ? undefined : envoyeA(x.courriel)) ?? (x.suppleantParti ? undefined : envoyeA(x.suppleantCourriel));
  return (
    <Section titre="Participants" id="participants">
      {s.convoqueeLe && !tenue && (
        <p className="govuk-body">
          {pluriel(n('accepte'), 'vient', 'viennent')}, {n('provisoire')} peut-être, {pluriel(n('refuse'), 'ne vient pas', 'ne viennent pas')}, {n(null)} sans
          réponse{vacants > 0 && `, ${pluriel(vacants, 'siège vacant', 'sièges vacants')}`}
          {suppleants > 0 && ` ; dont ${pluriel(suppleants, 'réponse')} en suppléance`}.
        </p>
      )}
      <Table
        legende="Participants"
        legendeMasquee
        dense
        lignes={p.participants}
        cle={(x) => x.id}
        vide={<EmptyState titre="Personne">Ajoutez les membres de l’instance : ils seront convoqués.</EmptyState>}
        colonnes={[
          { cle: 'fonction', titre: 'Fonction', entete: true, cellule: (x) => x.fonction },
          { cle: 'organisation', titre: 'Organisation', cellule: (x) => p.catalogue.nomActeurA(x.organisationId, p.instance.territoireId) },
          { cle: 'nom', titre: 'Personne', cellule: (x) => direPersonne(tenue ? { ...x, parti: false, suppleantParti: false } : x) },
          {
            cle: 'reponse',
            titre: tenue ? 'Présence' : 'Réponse',
            cellule: (x) =>
              x.retireLe
                ? `ne siège plus depuis le ${jourDuMoment(x.retireLe)}`
                : tenue
                  ? `${direPresence(x)}${contestationsDe(x, p.dits).length > 0 ? ' (contesté)' : ''}${direMandat(x) ? ` ; ${direMandat(x)}` : ''}`
                  : estVacant(x)
                    ? ''
                    : direReponse(x),
          },
          ...(p.tient && s.convoqueeLe && !tenue
            ? [
                {
                  cle: 'envoi',
                  titre: 'Message',
                  cellule: (x: Participant) => {
                    const e = etatEnvoi(x);
                    return e ? (
                      ENVOIS[e.etat]
                    ) : x.convoqueLe && adressesDe(x).length > 0 ? (
                      // Its letter is kept for a time.
                      `convoqué le ${jourDuMoment(x.convoqueLe)}`
                    ) : adressesDe(x).length > 0 ? (
                      'pas encore convoqué'
                    ) : (
                      <AdresseManquante p={x} instanceId={p.instance.id} retour={`/seances/${s.id}`} />
                    );
                  },
                },
              ]
            : []),
        ]}
      />
      {tenue && <PresencesDites {...p} />}
    </Section>
  );
}
const ENVOIS = { attente: 'en attente', envoye: 'envoyé', retenu: 'retenu (démonstration)', echec: 'refusé' } as const;
