import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { capitale, jour, jourEtHeure } from '../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { nomEntier } from '../../instances/index.ts';
import { actesDe, ditACote, EN_QUALITE, estNotee } from '../cloture/cloture.rules.ts';
import { estSaParole } from '../preparation/reponses.rules.ts';
import { contestationAReprendre, contestationsClassees, direPresence } from '../tenue/presences.rules.ts';
import { direPar, type FinDeParole, FINS, NE_PLUS_CONTESTER, UNE_AUTRE_PERSONNE } from './lien.rules.ts';
import type { Parole, ParoleDApprobation, ParoleDePresence } from './paroles.contexte.ts';
import { aCoteEcrit, direDabord } from '../releve/approbations.rules.ts';
import { AILLEURS, SANS_NOM, voieDAutre } from '../releve/qualites.rules.ts';
import { estDIci } from './voix.rules.ts';

/** Of a restricted body: who gave it, by nobody's name. */
function direAuteur({ discrete, approbation: a }: ParoleDApprobation, presidence: string): string {
  const autre = voieDAutre(a.voie);
  if (discrete) return autre ? SANS_NOM[autre] : a.depuis ? `Une personne ${AILLEURS}` : 'La présidence';
  if (!autre && a.depuis) return `${a.par}, ${AILLEURS},`;
  return a.voie === 'suppleant' ? `${a.par}, en suppléance de ${presidence},` : `${a.par}${EN_QUALITE[a.voie] ? `${EN_QUALITE[a.voie]},` : ''}`;
}

interface ParolePageProps {
  parole: Parole;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** An answer has just been recorded. */
  merci: boolean;
}
export const TITRES = { approbation: 'Approbation notée en votre nom', presence: 'Votre présence, comme elle est notée' } as const;

/** What somebody noted in their name, and the two words that they may say of it; nothing else of the minutes. */
export function ParolePage(p: ParolePageProps) {
  const { parole } = p;
  const { seance, instance, catalogue } = parole.s;
  const quand = seance.jour ? ` du ${jour(seance.jour)}` : '';
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.merci && <NotificationBanner ton="succes">Merci, votre réponse est enregistrée.</NotificationBanner>}
      <PageHeader
        titre={TITRES[parole.genre]}
        surtitre={parole.discrete ? 'Une instance dont vous êtes ou étiez membre' : nomEntier(instance, catalogue)}
        chapo={parole.discrete ? `Réunion${quand}.` : `Séance « ${seance.titre} »${quand}.`}
      />
      {parole.genre === 'approbation' ? <Approbation {...p} parole={parole} /> : <Presence {...p} parole={parole} />}
      {repond(parole) && (
        <p className="govuk-body-s c-note">
          {direCommentOnLeDira(parole)} Ce lien ne montre pas le relevé
          {parole.discrete ? '.' : ' : il se lit avec un compte, ou dans les fichiers envoyés quand il est arrêté.'}
        </p>
      )}
    </>
  );
}

/** They are who the link was sent to, and speak from there. */
const repond = (p: Parole): boolean => !p.autre && p.seConnecter === null;
function direCommentOnLeDira(p: Parole): string {
  if (p.depuis) return 'Le relevé dira que vous avez répondu, et que votre adresse n’est pas celle de la convocation.';
  return p.compte ? 'Le relevé dira que vous avez répondu.' : 'Le relevé dira que la réponse est venue par le lien envoyé à l’adresse de la convocation.';
}

const qui = (...mots: (string | undefined)[]): string => mots.filter(Boolean).join(', ');
/** Somebody else is signed in: whose link it is, and nothing to press. */
const PourUnAutre = ({ nom }: { nom: string }) => (
  <WarningText>Ce lien est celui de {nom}. Vous êtes connecté avec un autre compte : déconnectez-vous si c’est bien votre lien.</WarningText>
);

function Approbation({ parole, champs, erreurs }: ParolePageProps & { parole: ParoleDApprobation }) {
  const { approbation: a, chaise, voie, s } = parole;
  const { ligne } = chaise;
  const actes = repond(parole) ? actesDe(chaise) : [];
  const masques = { empreinte: a.empreinte };
  const auteur = parole.discrete ? '' : qui(a.noteePar, a.noteeDe && s.catalogue.nomActeur(a.noteeDe));
  const presidence = parole.discrete ? 'la présidence' : qui(ligne.participant.nom, ligne.participant.fonction);
  return (
    <>
      <p className="govuk-body">
        {estNotee(a)
          ? `${auteur ? `${auteur} a noté` : 'Il est noté'}, le ${jourEtHeure(a.quand)}, que ${presidence} approuve le relevé de cette séance.`
          : `${direAuteur(parole, presidence)} a approuvé le relevé de cette séance, le ${jourEtHeure(a.quand)}.`}
      </p>
      {!parole.discrete && a.piece && <p className="govuk-body">Pièce citée : « {a.piece} ».</p>}
      {repond(parole) && voie === 'suppleant' && <p className="govuk-body">Vous répondez en suppléance : le titulaire peut encore répondre après vous.</p>}
      {repond(parole) && voie === 'successeur' && <p className="govuk-body">Vous répondez parce que vous tenez désormais cette présidence.</p>}
      {repond(parole) && voie === 'suppleant_successeur' && <p className="govuk-body">Vous répondez en suppléance de qui préside désormais.</p>}
      {a.reponse && a.reponseLe && (
        <p className="govuk-body">
          <strong>{a.reponse === 'contestee' ? 'Contestée' : 'Confirmée'}</strong>{' '}
          {direPar(parole.discrete ? (a.reponseDepuis ? 'une personne' : 'la présidence') : a.reponsePar, a.reponseParLien)}
          {!(parole.discrete && a.reponseVoie === 'successeur') && EN_QUALITE[a.reponseVoie]}
          {a.reponseDepuis && `, ${AILLEURS}`}, le {jourEtHeure(a.reponseLe)}
          {!parole.discrete && a.reponseMotif && ` : « ${a.reponseMotif} »`}.
        </p>
      )}
      {direDabord(ditACote(a).map((m) => ({ ...aCoteEcrit(m), ...(parole.discrete ? { par: '', motif: '' } : { motif: m.motif }) }))).map((dit) => (
        <p className="govuk-body" key={dit}>
          {capitale(dit)}.
        </p>
      ))}
      {ligne.etat === 'caduque' && <p className="govuk-body">Le texte de ce relevé a changé depuis. Tant que vous contestez, rien n’est noté en votre nom.</p>}
      {parole.autre && <PourUnAutre nom={parole.discrete ? 'la présidence' : parole.nom} />}
      <SeConnecter parole={parole} />
      {repond(parole) && actes.length === 0 && <p className="govuk-body">Il n’y a plus rien à répondre ici.</p>}
      {actes.includes('confirmee') && parole.aNote && <p className="govuk-body">Vous l’avez notée : une autre personne la confirme.</p>}
      {actes.includes('contestee') && voie === 'convoque_dabord' && <p className="govuk-body">{UNE_AUTRE_PERSONNE}</p>}
      {actes.includes('confirmee') && !parole.aNote && (
        <Form action={parole.ici} masques={{ ...masques, acte: 'confirmer' }}>
          <Button>Confirmer cette approbation</Button>
        </Form>
      )}
      {actes.includes('reprise') && (
        <Form action={parole.ici} masques={{ ...masques, acte: 'reprendre' }}>
          <p className="govuk-body">{NE_PLUS_CONTESTER}</p>
          <Button variante="secondaire">Ne plus contester</Button>
        </Form>
      )}
      {actes.includes('contestee') && (
        <Contester
          {...{ champs, erreurs }}
          action={parole.ici}
          masques={masques}
          resume="Contester cette approbation"
          libelle="Pourquoi elle n’est pas la vôtre"
          aide={
            voie === 'convoque_dabord'
              ? 'Qui l’a donnée ou notée le lira, et le relevé le dira à côté.'
              : 'Qui l’a donnée ou notée le lira. Elle ne comptera plus, et le relevé dira qu’elle est contestée.'
          }
        />
      )}
    </>
  );
}

function Presence({ parole, champs, erreurs }: ParolePageProps & { parole: ParoleDePresence }) {
  const { participant: x, voie, mots, s } = parole;
  const sienne = voie === 'titulaire' && !parole.depuis;
  const notee = mots.filter((m) => m.participantId === x.id && m.acte === 'notee').at(-1);
  const mienne = contestationAReprendre(x, mots, { ...parole, par: parole.compte ? parole.parCompte : parole.nom, parLien: !parole.compte });
  const classee = contestationsClassees(x, mots).find(({ mot }) => estDIci(mot, parole))?.mot;
  // Of a restricted body, neither who noted it nor whom they stood in for: the page opens to whoever has the link.
  const selon = sienne ? 'votre réponse' : `la réponse ${parole.discrete ? 'd’un membre' : `de ${x.nom}`}`;
  const par = notee && !parole.discrete ? qui(notee.par, notee.organisationId && s.catalogue.nomActeur(notee.organisationId)) : '';
  const auteur = estSaParole(x) ? `Selon ${selon} à la convocation` : par || 'Il est noté';
  const de = parole.discrete ? 'un membre' : x.nom || x.fonction;
  const dite =
    voie === 'representant' ? `vous représentiez ${de} à cette séance` : `${sienne ? 'vous étiez' : `${de} était`} « ${direPresence(x, parole.discrete)} »`;
  return (
    <>
      <p className="govuk-body">
        {auteur}
        {notee && `, le ${jourEtHeure(notee.quand)}`} : {dite}.
      </p>
      {mienne && (
        <p className="govuk-body">
          <strong>Vous le contestez</strong> depuis le {jourEtHeure(mienne.quand)} : « {mienne.motif} ». Le relevé le dit.
        </p>
      )}
      {classee && (
        <p className="govuk-body">
          Vous l’avez contesté, et le secrétariat l’a classé le {jourEtHeure(classee.quand)}
          {parole.discrete ? '' : ` : « ${classee.motif} »`}.
        </p>
      )}
      {parole.autre && <PourUnAutre nom={parole.discrete ? 'un membre' : parole.nom} />}
      <SeConnecter parole={parole} />
      {repond(parole) && mienne && (
        <Form action={parole.ici} masques={{ acte: 'reprendre' }}>
          <Button variante="secondaire">Ne plus contester</Button>
        </Form>
      )}
      {repond(parole) && !mienne && <p className="govuk-body">Si c’est exact, vous n’avez rien à faire.</p>}
      {repond(parole) && !mienne && (
        <Contester
          {...{ champs, erreurs }}
          action={parole.ici}
          masques={{}}
          resume="Contester cette présence"
          libelle="Pourquoi ce n’est pas exact"
          aide="Le relevé le dira, et le secrétariat le saura."
          ouvert
        />
      )}
    </>
  );
}

const SeConnecter = ({ parole }: { parole: Parole }) =>
  !parole.autre &&
  parole.seConnecter !== null && (
    <>
      <p className="govuk-body">{parole.seConnecter}</p>
      <LinkButton variante="secondaire" href="/connexion">
        Se connecter
      </LinkButton>
    </>
  );

interface ContesterProps {
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  action: string;
  masques: Readonly<Record<string, string>>;
  resume: string;
  libelle: string;
  aide: string;
  ouvert?: boolean;
}
const Contester = ({ champs, erreurs, action, masques, resume, libelle, aide, ouvert = false }: ContesterProps) => (
  <Details resume={resume} ouvert={ouvert || erreurs.length > 0}>
    <Form action={action} masques={{ ...masques, acte: 'contester' }}>
      <TextInput nom="contestation" libelle={libelle} aide={aide} valeur={champs.contestation ?? ''} erreur={erreurDe(erreurs, 'contestation')} />
      <Button variante="danger">Contester</Button>
    </Form>
  </Details>
);

export const FinDeParolePage = ({ fin }: { fin: FinDeParole }) => (
  <>
    <PageHeader titre="Ce lien ne sert plus" chapo={FINS[fin]} />
    <p className="govuk-body">Une question ? Écrivez au secrétariat de l’instance.</p>
  </>
);
