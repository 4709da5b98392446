import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { capitale, duree, heure, jour } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Instance } from '../../../instances/index.ts';
import type { Participant, Point, Seance } from '../../seances.queries.ts';
import type { REPONSES } from '../../seances.rules.ts';
import { DossierDePoint } from '../../pages/DossierDePoint.tsx';
import { quand } from '../../pages/EnteteSeance.tsx';
import { datesEnregistrees, reponseEnregistree } from '../invitation.formulaires.ts';
import { aReponduLuiMeme, direReponse, type QuiRepond, reponseAMontrer } from '../reponses.rules.ts';
import type { Document } from '../documents.queries.ts';
import type { DateProposee } from '../seances.queries.ts';
import { Documents } from './Documents.tsx';
import { REPONSES_DATE } from './TableauDesDates.tsx';

export interface InvitationPageProps {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  participant: Participant;
  participants: readonly Participant[];
  /** Whose answer this reader gives. */
  qui: QuiRepond;
  points: readonly Point[];
  documents: readonly Document[];
  dates: readonly DateProposee[];
  ici: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** Restricted body: neither its name, nor its agenda, nor its papers by a mailed link. */
  discrete: boolean;
  /** An answer has just been recorded. */
  merci: boolean;
}

/** What someone convoked reads and answers from their mail, on a phone, without an account. */
export function InvitationPage(p: InvitationPageProps) {
  const { seance: s, participant: x } = p;
  const suppleant = p.qui.voie === 'suppleant';
  const sienne = suppleant ? x.suppleantReponse : x.reponse;
  // What the holder said themselves is changed by nobody else.
  const ferme = p.qui.voie === 'notee' && aReponduLuiMeme(x);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.merci && (
        <NotificationBanner ton="succes">Merci, votre réponse est enregistrée. Vous pouvez la changer tant que la séance n’a pas commencé.</NotificationBanner>
      )}
      <PageHeader
        titre={p.discrete ? 'Réunion' : s.titre}
        surtitre={p.discrete ? 'Une instance dont vous êtes membre' : p.instance.nom}
        chapo={s.jour ? `${capitale(quand(s))}${s.lieu ? `, ${s.lieu}` : ''}.` : 'La date n’est pas encore choisie.'}
      />
      {p.discrete ? (
        <p className="govuk-body">
          Ce que cette réunion examine ne passe pas par courriel :{' '}
          <a className="govuk-link" href={`/connexion?retour=${encodeURIComponent(`/seances/${s.id}`)}`}>
            connectez-vous pour lire l’ordre du jour et les documents
          </a>
          . Sans compte, demandez-en un au secrétariat.
        </p>
      ) : (
        <p className="govuk-body">
          Vous êtes invité comme {x.fonction} ({p.catalogue.nomActeurA(x.organisationId, p.instance.territoireId)}).
        </p>
      )}
      {s.acces && <p className="govuk-body">Pour entrer : {s.acces}</p>}
      {s.visio && (
        <p className="govuk-body">
          À distance :{' '}
          <a className="govuk-link" href={s.visio} rel="noreferrer noopener">
            rejoindre la visioconférence
          </a>
        </p>
      )}
      {s.jour === null && p.dates.length > 0 && <Disponibilites {...p} />}
      {s.etat === 'convoquee' && (
        <Section titre="Viendrez-vous ?">
          <PourQui {...p} ferme={ferme} dite={x.reponse ? direReponse({ ...x, suppleantReponse: null }) : ''} />
          {ferme ? null : (
            <Form action={p.ici} masques={masquesDeVersion(reponseEnregistree(x, p.qui.voie), p.champs)}>
              <Radios
                nom="reponse"
                legende="Votre réponse"
                enLigne
                valeur={p.champs.reponse ?? sienne ?? ''}
                erreur={erreurDe(p.erreurs, 'reponse')}
                options={Object.entries({ accepte: 'Je viens', provisoire: 'Peut-être', refuse: 'Je ne viens pas' } satisfies Record<
                  keyof typeof REPONSES,
                  string
                >).map(([valeur, libelle]) => ({ valeur, libelle }))}
              />
              {p.qui.voie !== 'suppleant' && x.suppleantNom && <p className="govuk-body-s">Si vous ne venez pas, votre suppléant est prévenu à votre place.</p>}
              {!suppleant && <Representant {...p} />}
              <TextInput
                nom="mot"
                libelle="Un mot pour le secrétariat"
                facultatif
                valeur={p.champs.mot ?? (suppleant ? x.suppleantReponseMot : x.reponseMot)}
                erreur={erreurDe(p.erreurs, 'mot')}
              />
              <Button>Répondre</Button>
            </Form>
          )}
        </Section>
      )}
      {s.mot && !p.discrete && (
        <Section titre="Le mot du secrétariat">
          <p className="govuk-body">{s.mot}</p>
        </Section>
      )}
      {p.points.length > 0 && s.etat !== 'preparation' && (
        <Section titre="Ordre du jour">
          <ol className="govuk-list govuk-list--number">
            {p.points.map((pt) => (
              <li key={pt.id}>
                {pt.titre} <span className="c-note">({duree(pt.minutes)})</span>
                {pt.dossier && (
                  <Details resume="Fiche du point">
                    <DossierDePoint dossier={pt.dossier} id={pt.id} fige />
                  </Details>
                )}
              </li>
            ))}
          </ol>
        </Section>
      )}
      {p.documents.length > 0 && (
        <Section titre="Documents">
          <Documents documents={p.documents} points={p.points} base={p.ici} />
        </Section>
      )}
    </>
  );
}

/** Who stands in for whoever does not come: anybody, or one of the members where the body may be told. */
function Representant(p: InvitationPageProps) {
  const { participant: x } = p;
  const membres =
    p.discrete || x.qualite === 'invite' ? [] : [...new Set(p.participants.filter((y) => y.id !== x.id && !y.retireLe && y.nom).map((y) => y.nom))];
  return (
    <>
      <TextInput
        nom="representant"
        libelle="Qui vous représente, si vous ne venez pas"
        aide="Son nom. Le relevé dira que c’est votre réponse."
        facultatif
        valeur={p.champs.representant ?? x.representeDit}
        erreur={erreurDe(p.erreurs, 'representant')}
        autoComplete="off"
        attributs={{ maxLength: 200, ...(membres.length > 0 ? { list: 'membres' } : {}) }}
      />
      {membres.length > 0 && (
        <datalist id="membres">
          {membres.map((nom) => (
            <option key={nom} value={nom} />
          ))}
        </datalist>
      )}
    </>
  );
}

/** In whose name one answers, when it is not one's own seat. `dite`: what its holder said already; `ferme`: by themselves, so that nobody else does. */
function PourQui({ participant: x, qui, dite, ferme }: InvitationPageProps & { dite: string; ferme: boolean }) {
  const titulaire = x.nom || x.fonction;
  const deja = dite && (
    <p className="govuk-body">
      Réponse de {titulaire} : {dite}.
    </p>
  );
  if (qui.voie === 'titulaire') return x.reponseVoie !== 'titulaire' && deja;
  if (qui.voie === 'suppleant')
    return (
      <>
        <p className="govuk-body">
          Vous répondez en suppléance de {titulaire} : votre réponse est la vôtre, elle ne remplace pas la sienne
          {x.courriel && !x.parti && ', et un courriel la lui dit'}.
        </p>
        {deja}
      </>
    );
  return (
    <>
      <p className="govuk-body">
        {ferme
          ? `${titulaire} a répondu : cette réponse ne se change que par son propre lien.`
          : `La réponse est celle de ${titulaire}. Elle sera dite ${qui.par ? `notée par ${qui.par}` : 'donnée par le lien de sa lettre'}${x.courriel && !x.parti ? ', et un courriel l’apprend à cette personne' : ''}.`}
      </p>
      {deja}
    </>
  );
}

function Disponibilites(p: InvitationPageProps) {
  const ferme = p.qui.voie === 'notee' && p.dates.some((d) => d.reponses[p.participant.id]?.titulaire);
  if (ferme)
    return (
      <Section titre="Quelles dates vous conviennent ?">
        <PourQui {...p} dite="" ferme />
      </Section>
    );
  return (
    <Section titre="Quelles dates vous conviennent ?">
      <PourQui {...p} dite="" ferme={false} />
      <Form action={`${p.ici}/dates`} masques={masquesDeVersion(datesEnregistrees(p.dates, p.participant.id, p.qui.voie), p.champs)}>
        {p.dates.map((d) => (
          <Radios
            key={d.id}
            nom={`date-${d.id}`}
            legende={`${jour(d.jour, { semaine: true })} à ${heure(d.heure)}`}
            enLigne
            petit
            valeur={p.champs[`date-${d.id}`] ?? reponseAMontrer(d.reponses[p.participant.id], p.qui.voie)}
            erreur={erreurDe(p.erreurs, `date-${d.id}`)}
            options={Object.entries(REPONSES_DATE).map(([valeur, libelle]) => ({ valeur, libelle }))}
          />
        ))}
        <Button>Enregistrer mes disponibilités</Button>
      </Form>
    </Section>
  );
}
