/** The one screen of a session being held. Every form works alone; `seance.js` makes them immediate, live, and safe offline. */
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { cx } from '../../../../ui/types.ts';
import { enumerer, FINE } from '../../../../ui/typographie.ts';
import { DossierDePoint } from '../../pages/DossierDePoint.tsx';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import { Decisions, FormulaireDecision, FormulaireVote, Votes } from './Actes.tsx';
import { base, Courant, OrdreDuJour, rangDe, TeteDePoint } from './Deroule.tsx';
import { Lever } from './LeverPage.tsx';
import { FormulairePoint } from './FormulairePoint.tsx';
import { NotesEcrites, NotesLues } from './Notes.tsx';
import { Presences } from './Presences.tsx';
import type { EcranProps } from './tenue.modele.ts';

export function TenirPage(p: EcranProps) {
  const { moi, presents, saisie, corrigee, alerte, ...t } = p;
  return (
    <div
      className={cx('c-seance', t.ecrit && 'c-seance--ecrit')}
      data-seance={t.seance.id}
      data-compte={moi.id}
      data-nom={moi.nom}
      data-etat={t.seance.etat}
      data-ecrit={t.ecrit ? 'oui' : 'non'}
      data-maintenant={t.maintenant.toISOString()}
    >
      <EnteteSeance seance={t.seance} instance={t.instance} catalogue={t.catalogue} ici="tenir" tient={t.tient} />
      {alerte && (
        <NotificationBanner ton="alerte" titre="À relire">
          {alerte}
        </NotificationBanner>
      )}
      {t.seance.etat !== 'ouverte' && (
        <InsetText>
          La séance est levée{FINE}: cet écran ne se change plus. La suite se passe dans <a href={`${base(t)}/clore`}>le relevé</a>.
        </InsetText>
      )}
      <div id="s-messages" />
      {t.seance.etat === 'ouverte' && (
        <div className="c-seance__barre">
          <div className="c-courant" id="b-courant">
            <Courant t={t} />
          </div>
          {t.ecrit && (
            <a className="govuk-link c-seance__lever" href="#lever">
              Lever la séance
            </a>
          )}
          <div className="c-seance__direct">
            <p className="c-seance__etat" id="s-etat" />
            <p className="c-seance__la" id="s-la">
              {presents.length > 0 && `En ligne${FINE}: ${enumerer(presents.map((x) => x.nom))}`}
            </p>
          </div>
        </div>
      )}
      <Presences t={t} saisie={saisie} />
      <div className="c-seance__corps" id="point">
        {/* Beside the work where there is room, folded above it where there is none. */}
        <details className="c-seance__odj" open>
          <summary>Ordre du jour</summary>
          <nav aria-label="Ordre du jour" id="b-points">
            <OrdreDuJour t={t} />
          </nav>
          {t.ecrit && <FormulairePoint t={t} saisie={saisie} />}
        </details>
        <div className="c-seance__travail">
          {t.points.length === 0 && (
            <EmptyState titre="L’ordre du jour est vide">
              {t.ecrit ? 'Ajoutez un point à gauche pour prendre des notes.' : 'Aucun point n’a été inscrit avant la séance.'}
            </EmptyState>
          )}
          {t.points.map((point) => (
            <article key={point.id} className="c-point" id={`point-${point.id}`} hidden={point.id !== t.montre} aria-labelledby={`titre-${point.id}`}>
              <div id={`b-tete-${point.id}`}>
                <TeteDePoint t={t} p={point} />
              </div>
              {point.expose && <p className="c-texte-brut c-point__expose">{point.expose}</p>}
              {point.dossier && (
                // Readers have it under their eyes; who writes opens it, above the notes.
                <details className="c-ajout" open={!t.ecrit}>
                  <summary>Dossier du point</summary>
                  <DossierDePoint dossier={point.dossier} id={point.id} fige />
                </details>
              )}
              {t.ecrit ? (
                <NotesEcrites t={t} p={point} saisie={saisie} />
              ) : (
                <section aria-label={`Notes du point ${rangDe(t, point.id)}`} id={`b-notes-${point.id}`}>
                  <NotesLues p={point} />
                </section>
              )}
              <h3 className="govuk-heading-s c-point__sous-titre">Décisions et actions</h3>
              <div id={`b-decisions-${point.id}`}>
                <Decisions t={t} point={point.id} />
              </div>
              {t.instance.vote && (
                <div id={`b-votes-${point.id}`}>
                  <Votes t={t} point={point.id} />
                </div>
              )}
            </article>
          ))}
        </div>
        <div className="c-seance__saisies">
          {t.decisions.some((d) => d.pointId === null) && (
            <section aria-label="Décisions sans point" id="b-decisions-">
              <Decisions t={t} point={null} />
            </section>
          )}
          {t.ecrit && <FormulaireDecision t={t} saisie={saisie} corrigee={corrigee} />}
          {t.ecrit && t.instance.vote && t.points.length > 0 && <FormulaireVote t={t} saisie={saisie} />}
        </div>
      </div>
      {t.ecrit && <Lever t={t} />}
    </div>
  );
}
