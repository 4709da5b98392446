/** Before a session is lifted: what is unfinished, and what the clock says; then it is lifted or not. */
import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { accorder, enumerer, FINE, nombre, pluriel } from '../../../../ui/typographie.ts';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import { compterPresences } from '../tenue.rules.ts';
import { Brouillons } from './Brouillons.tsx';
import { base, rangDe } from './Deroule.tsx';
import type { Tenue } from './tenue.modele.ts';

/** What lifting will do, said before. */
export function AvantDeLever({ t }: { t: Tenue }) {
  const restants = t.points.filter((p) => p.etat === 'a_venir');
  const { blancs, vacants } = compterPresences(t.participants);
  return (
    <>
      <Brouillons {...t} base={base(t)} />
      <ul className="govuk-list govuk-list--bullet">
        {restants.length > 0 ? (
          <li>
            {pluriel(restants.length, 'point n’a pas été abordé', 'points n’ont pas été abordés')} et{' '}
            {accorder(restants.length, 'sera reporté', 'seront reportés')}
            {FINE}: {enumerer(restants.map((p) => `${rangDe(t, p.id)}. ${p.titre}`))}.
          </li>
        ) : (
          <li>Tous les points ont été abordés ou reportés.</li>
        )}
        <li>
          {t.decisions.length === 0 ? 'Aucune décision n’est notée' : pluriel(t.decisions.length, 'décision ou action notée', 'décisions et actions notées')}.
        </li>
        {blancs > 0 && (
          <li>
            {nombre(blancs)} {accorder(blancs, 'présence n’est pas notée', 'présences ne sont pas notées')}
            {FINE}: {enumerer(t.participants.filter((p) => p.nom !== '' && p.presence === null && p.retireLe === null).map((p) => p.nom))}.
          </li>
        )}
        {vacants > 0 && (
          <li>
            {pluriel(vacants, 'siège est vacant', 'sièges sont vacants')}
            {FINE}: si quelqu’un y siégeait, écrivez son nom dans les présences.
          </li>
        )}
        <li>Les notes ne pourront plus être changées ici{FINE}: elles se relisent ensuite dans le relevé, pendant huit jours.</li>
      </ul>
    </>
  );
}

export function Lever({ t }: { t: Tenue }) {
  return (
    <details className="c-bloc c-lever" id="lever">
      <summary>Lever la séance</summary>
      <div id="b-lever">
        <AvantDeLever t={t} />
      </div>
      <Form action={`${base(t)}/lever`} id="f-lever">
        <Button immediat>Lever la séance maintenant</Button>
      </Form>
    </details>
  );
}

/** `questions`: what the clock says that is out of the ordinary. */
export function LeverPage({ t, questions }: { t: Tenue; questions: readonly string[] }) {
  const commencees = t.brouillons.filter((b) => b.ecarteLe === null).length;
  return (
    <div className="c-lever-page">
      <EnteteSeance seance={t.seance} instance={t.instance} catalogue={t.catalogue} ici="tenir" tient={t.tient} />
      <NotificationBanner ton="alerte" titre="La séance n’est pas encore levée">
        <div>
          {questions.map((q) => (
            <p className="govuk-body" key={q}>
              {q}
            </p>
          ))}
          {commencees > 0 && (
            <p className="govuk-body">
              {pluriel(commencees, 'saisie commencée n’est pas ajoutée', 'saisies commencées ne sont pas ajoutées')}
              {FINE}:{' '}
              {commencees > 1
                ? 'ajoutez-les ou écartez-les, sinon elles attendront dans le relevé.'
                : 'ajoutez-la ou écartez-la, sinon elle attendra dans le relevé.'}
            </p>
          )}
        </div>
      </NotificationBanner>
      <div className="c-bloc">
        <AvantDeLever t={t} />
        <Form
          action={`${base(t)}/lever`}
          masques={{ ...(questions.length > 0 ? { confirme_heures: 'oui' } : {}), ...(commencees > 0 ? { confirme_brouillons: String(commencees) } : {}) }}
        >
          <ButtonGroup>
            <Button>Lever la séance malgré cela</Button>
            <a className="govuk-link" href={`${base(t)}/tenir`}>
              Revenir à la séance
            </a>
          </ButtonGroup>
        </Form>
      </div>
    </div>
  );
}
