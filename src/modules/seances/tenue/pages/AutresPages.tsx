/** Before a session is open, and after it was closed. */
import { LinkButton } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { erreurDe } from '../../../../ui/types.ts';
import { FINE, jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Instance } from '../../../instances/index.ts';
import type { Participant, Seance } from '../../seances.queries.ts';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import { compterPresences } from '../tenue.rules.ts';

interface CadreProps {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  tient: boolean;
}

export interface AvantPageProps extends CadreProps {
  ecrit: boolean;
  /** What the clock says that is out of the ordinary: opening asks. */
  questions: readonly string[];
  points: number;
  participants: readonly Participant[];
  erreurs: readonly ErreurDeChamp[];
  moi: { id: string; nom: string };
}
const direConvies = (participants: readonly Participant[]): string => {
  const { vacants, partis } = compterPresences(participants);
  const convies = pluriel(participants.length - vacants - partis, 'personne conviée', 'personnes conviées');
  return vacants === 0 ? convies : `${convies} et ${pluriel(vacants, 'siège vacant', 'sièges vacants')}`;
};
/** The session is not open: what is missing, or the button that opens it. */
export function AvantPage({ ecrit, questions, points, participants, erreurs, moi, ...k }: AvantPageProps) {
  const { seance: s } = k;
  const resume = `/seances/${s.id}`;
  return (
    // Whoever waits here sees the session open by itself.
    <div data-seance={s.id} data-compte={moi.id} data-nom={moi.nom} data-etat={s.etat} data-ecrit="non">
      <EnteteSeance {...k} ici="tenir" />
      {s.etat === 'convoquee' && ecrit && (
        <div className="c-bloc c-ouvrir">
          <ErrorSummary erreurs={erreurs} />
          <p className="govuk-body">
            {pluriel(points, 'point')} à l’ordre du jour, {direConvies(participants)}. À l’ouverture, tous ceux qui tiennent la séance peuvent écrire en même
            temps{FINE}; les autres membres suivent en direct.
          </p>
          <Form action={`${resume}/ouvrir`}>
            {questions.length > 0 && (
              <Checkbox nom="confirme" libelle={`${questions.join(' ')} Elle se tient bien maintenant.`} erreur={erreurDe(erreurs, 'confirme')} />
            )}
            <button type="submit" className="govuk-button govuk-button--start">
              Ouvrir la séance
            </button>
          </Form>
        </div>
      )}
      {s.etat === 'convoquee' && !ecrit && (
        <EmptyState titre="La séance n’est pas encore ouverte" actions={[{ libelle: 'Lire l’ordre du jour', href: resume }]}>
          Vous la suivrez ici en direct dès que le secrétariat ou la présidence l’aura ouverte.
        </EmptyState>
      )}
      {s.etat === 'preparation' && (
        <EmptyState
          titre="La séance n’est pas encore convoquée"
          actions={k.tient ? [{ libelle: 'Préparer et convoquer', href: `${resume}/preparer` }] : [{ libelle: 'Voir la séance', href: resume }]}
        >
          Elle s’ouvre une fois la convocation envoyée.
        </EmptyState>
      )}
      {s.etat === 'annulee' && (
        <EmptyState titre="Cette séance est annulée" actions={[{ libelle: 'Voir l’instance', href: `/instances/${k.instance.id}` }]}>
          {s.motifAnnulation || 'Aucun motif n’a été donné.'}
        </EmptyState>
      )}
      {s.etat === 'declaree' && (
        <EmptyState titre="Cette réunion a été déclarée après coup" actions={[{ libelle: 'Voir l’instance', href: `/instances/${k.instance.id}` }]}>
          Seuls son jour et le nombre de présents sont gardés ici.
        </EmptyState>
      )}
    </div>
  );
}

/** What someone had typed when the session was closed, kept under their eyes. */
export interface Ecrit {
  libelle: string;
  texte: string;
}

interface DejaLeveeProps extends CadreProps {
  leveePar: string | null;
  ecrits: readonly Ecrit[];
  /** What was typed waits with the draft minutes. */
  garde: boolean;
}
export function DejaLeveePage({ leveePar, ecrits, garde, ...k }: DejaLeveeProps) {
  const { seance: s } = k;
  return (
    <>
      <EnteteSeance {...k} ici="tenir" />
      <NotificationBanner ton="alerte" titre="La séance est déjà levée">
        <p className="govuk-body">
          {leveePar ? `Déjà levée par ${leveePar}` : 'Déjà levée'}
          {s.leveeLe && `, le ${jourEtHeure(s.leveeLe)}`}. Tout ce qui était enregistré est gardé.
        </p>
      </NotificationBanner>
      {ecrits.length > 0 && (
        <section className="c-bloc">
          <h2 className="govuk-heading-m">Ce que vous veniez d’écrire n’est pas enregistré</h2>
          <p className="govuk-body">
            {garde
              ? 'Il attend dans le relevé d’être ajouté ou écarté par qui tient la séance. Rien n’est perdu.'
              : 'Copiez-le, puis reportez-le dans le relevé pendant la relecture.'}
          </p>
          {ecrits.map((e) => (
            <div key={e.libelle}>
              <h3 className="govuk-heading-s">{e.libelle}</h3>
              <p className="c-texte-brut">{e.texte}</p>
            </div>
          ))}
        </section>
      )}
      <LinkButton href={`/seances/${s.id}/clore`}>Aller au relevé</LinkButton>
    </>
  );
}
