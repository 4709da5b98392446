import type { ReactNode } from 'react';
import { Button, ButtonGroup } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { Timeline } from '../../../ui/Timeline.tsx';
import { type ErreurDeChamp, erreurDe, motDe } from '../../../ui/types.ts';
import { champsDuMoment, jourEtHeure, surTotal } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Decision } from '../../decisions/index.ts';
import type { Alerte, Evenement, Point } from '../alerte/alertes.queries.ts';
import { REPONSES } from '../alerte/conduire.ts';
import type { Voisinage } from '../alerte/doublons.ts';
import type { Envoi } from '../envois/envois.queries.ts';
import { estPrevenu, type Suivi } from '../envois/etat.rules.ts';
import { direGenre, direLieu, direPalier } from '../envois/lettres.rules.ts';
import { ISSUES, palierDe } from '../reglement/reglement.ts';
import type { Reglement } from '../reglement/reglement.schema.ts';
import { LeverForm, RetexSection, ValiderForms } from './AlerteFormulaires.tsx';
import { CourrierArrete, DestinatairesTable } from './DestinatairesTable.tsx';
import { Jointures } from './MemeAlerte.tsx';
import { Procedure } from './Procedure.tsx';
import { ACTES, enVigilance, EtatTag, Exercice, moment } from './mots.tsx';

export interface AlertePageProps {
  catalogue: Catalogue;
  reglement: Reglement;
  alerte: Alerte;
  conduit: boolean;
  /** Whom it would tell, were it validated now. */
  prevenus: number;
  evenements: readonly Evenement[];
  suivis: readonly Suivi[];
  /** Told that it is over. */
  fins: readonly Suivi[];
  points: readonly Point[];
  /** Those that this person may say done. */
  pointables: ReadonlySet<string>;
  /** What this person is asked, on each list that they are on. */
  miens: readonly Envoi[];
  /** Whose names this reader sees. */
  nomme: (organisationId: string) => boolean;
  /** Opens the lists of who is on duty. */
  ouvreLesListes: boolean;
  actions: readonly Decision[];
  /** The same fact written twice. */
  voisinage: Voisinage;
  maintenant: Date;
  direct: boolean;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

/** What is the same for all who see the same names: shown live to many screens, drawn once for all of them. */
type Commun = Pick<AlertePageProps, 'catalogue' | 'reglement' | 'alerte' | 'evenements' | 'suivis' | 'fins' | 'nomme' | 'ouvreLesListes' | 'maintenant'>;
export const partiesDe = (p: Commun): Record<string, ReactNode> => ({
  etat: <EtatTag alerte={p.alerte} maintenant={p.maintenant} />,
  resume: <Resume {...p} />,
  courrier: <CourrierArrete suivis={p.suivis} alerte={p.alerte} maintenant={p.maintenant} />,
  etablissements: palierDe(p.reglement, p.alerte.palier).etablissements && p.alerte.diffuseeLe && <Etablissements {...p} />,
  prevenus: p.suivis.length > 0 && (
    <Section titre="Destinataires" id="prevenus">
      <DestinatairesTable {...p} />
      <Fin {...p} />
    </Section>
  ),
  fil: (
    <>
      {p.evenements.length === 0 && <p className="govuk-body">Le fil n’est gardé qu’un an.</p>}
      <Timeline items={p.evenements.map((e) => evenement(p, e))} />
    </>
  ),
});
/** Changes when what this person may do here does, or what they answered. */
export const marqueDe = (p: Pick<AlertePageProps, 'alerte' | 'conduit' | 'miens' | 'points'>): string =>
  [
    ...[p.alerte.version, p.conduit ? 'c' : ''],
    ...p.miens.map((m) => `${m.id} ${m.reponse ?? ''}`),
    ...p.points.filter((x) => x.faitLe).map((x) => x.code),
  ].join(' ');

/** Everything of one alert; what may change while one looks is marked, and brought again when it does: what is for all, and what is one's own. */
export function AlertePage(p: AlertePageProps) {
  const { catalogue: cat, alerte: a } = p;
  const base = `/alertes/${a.id}`;
  const ouverte = a.etat === 'diffusee' || a.etat === 'levee';
  const parties = partiesDe(p);
  return (
    <div data-alerte={p.direct ? base : undefined} data-mien={marqueDe(p)}>
      <ErrorSummary erreurs={p.erreurs} />
      {a.exercice && <Exercice />}
      <PageHeader
        surtitre={a.exercice ? 'Exercice' : 'Alerte'}
        titre={`${direPalier(cat, a.palier)}, ${direLieu(cat, a.territoireId)}`}
        etiquette={<span data-vivant="etat">{parties.etat}</span>}
      />
      <div data-vivant="resume">{parties.resume}</div>
      <Jointures {...p.voisinage} catalogue={cat} base={base} maintenant={p.maintenant} valeur={p.champs.autre ?? ''} erreur={erreurDe(p.erreurs, 'autre')} />
      <div data-vivant="courrier">{parties.courrier}</div>
      <div data-mien-part="reponse">
        {p.miens.length > 0 && a.etat === 'diffusee' && (
          <MaReponse base={base} miens={p.miens} maintenant={p.maintenant} erreur={erreurDe(p.erreurs, 'reponse')} />
        )}
      </div>
      <div data-mien-part="valider">
        {a.etat === 'a-valider' && p.conduit && <ValiderForms base={base} prevenus={p.prevenus} champs={p.champs} erreurs={p.erreurs} />}
      </div>
      <div data-mien-part="procedure">
        {p.points.length > 0 && (
          <Section titre="Procédure d’urgence" id="procedure">
            <Procedure {...p} base={base} />
          </Section>
        )}
      </div>
      <div data-vivant="etablissements">{parties.etablissements}</div>
      <div data-vivant="prevenus">{parties.prevenus}</div>
      <div data-mien-part="agir">
        {ouverte && (
          <Form action={`${base}/agir`}>
            <Textarea
              nom="action"
              libelle="Ce qui est fait"
              aide="Une patrouille, une médiation, un appel à un établissement. Sans nom."
              lignes={2}
              max={600}
              valeur={p.champs.action ?? ''}
              erreur={erreurDe(p.erreurs, 'action')}
            />
            <Button variante="secondaire">Noter l’action</Button>
          </Form>
        )}
      </div>
      <div data-mien-part="suites">
        {p.conduit && ouverte && <LeverForm catalogue={cat} reglement={p.reglement} alerte={a} base={base} champs={p.champs} erreurs={p.erreurs} />}
        {a.leveeLe && <RetexSection {...p} base={base} />}
      </div>
      <Section titre="Fil" id="fil">
        <div data-vivant="fil">{parties.fil}</div>
      </Section>
      {a.diffuseeLe && (
        <p className="govuk-body">
          <a className="govuk-link" href={`${base}/rapport`}>
            Temps de réponse et trous
          </a>
          {' · '}
          <a className="govuk-link" href={`${base}/cap.xml`} download>
            Cette alerte en CAP 1.2
          </a>
        </p>
      )}
    </div>
  );
}

/** A house says what it did; who did it there is for who conducts, and for that house. */
function evenement(p: Commun, e: Evenement) {
  const { jour, heure } = champsDuMoment(e.quand);
  const maison = e.organisationId ? p.catalogue.nomActeur(e.organisationId) : '';
  const par = [p.nomme(e.organisationId ?? '') ? e.auteur : '', maison].filter(Boolean).join(', ');
  return {
    titre: motDe(ACTES, e.acte) ?? e.acte,
    jour,
    heure,
    ...(par ? { par } : {}),
    ...(e.texte ? { contenu: <p className="govuk-body">{e.texte}</p> } : {}),
  };
}

function Resume({ catalogue: cat, alerte: a, maintenant, nomme }: Commun) {
  const ligne = (cle: string, valeur: string | null) => (valeur ? [{ cle, valeur }] : []);
  const issue = a.issue && (cat.listes.get(ISSUES)?.find((v) => v.code === a.issue)?.libelle ?? a.issue);
  return (
    <SummaryList
      serre
      lignes={[
        ...ligne('Quoi', direGenre(cat, a.genre)),
        ...ligne('Où', [a.lieu, direLieu(cat, a.territoireId)].filter(Boolean).join(', ')),
        ...ligne('Quand', jourEtHeure(a.debut)),
        ...ligne('En quelques mots', a.faits),
        ...ligne(
          'Écrite',
          [jourEtHeure(a.ecriteLe), nomme(a.auteurOrganisation) ? a.auteur : '', cat.nomActeur(a.auteurOrganisation)].filter(Boolean).join(', '),
        ),
        ...ligne('Part sans validation', a.etat === 'a-valider' && a.validerAvant ? `à ${moment(a.validerAvant, maintenant)}` : null),
        ...ligne('Écartée', a.ecarteeMotif),
        ...ligne('Issue', issue),
        ...ligne('Représailles à craindre', enVigilance(a, maintenant) && a.represaillesJusqua ? `jusqu’au ${jourEtHeure(a.represaillesJusqua)}` : null),
      ]}
    />
  );
}

/** Of those who had been told, how many know that it is over. */
function Fin({ fins, alerte }: Commun) {
  if (fins.length === 0) return null;
  const mot = alerte.etat === 'ecartee' ? 'Écart annoncé' : 'Levée annoncée';
  return (
    <p className="govuk-body">
      {mot} : message remis à {surTotal(fins.filter(estPrevenu).length, fins.length)}.
    </p>
  );
}

/** Schools of the place, and of those around, whom it is for. */
function Etablissements(p: Commun) {
  const ecoles = new Set(p.reglement.fonctions.filter((f) => f.ecole).map((f) => f.code));
  const siens = p.suivis.filter((e) => e.genre === 'accuse' && ecoles.has(e.fonction));
  return (
    <Section titre="Établissements concernés" id="etablissements">
      {siens.length === 0 && (
        <p className="govuk-body">
          Aucun établissement n’est sur la liste de ce lieu : appelez-les
          {p.ouvreLesListes && (
            <>
              , puis <a href="/alertes/astreintes">inscrivez-les</a>
            </>
          )}
          .
        </p>
      )}
      {siens.length > 0 && <DestinatairesTable {...p} suivis={siens} />}
    </Section>
  );
}

function MaReponse({ base, miens, maintenant, erreur }: { base: string; miens: readonly Envoi[]; maintenant: Date; erreur: string | undefined }) {
  const mien = miens.find((e) => e.reponse !== null);
  return (
    <Section titre="Votre réponse" id="reponse">
      {erreur && <p className="govuk-error-message">{erreur}</p>}
      {mien?.reponse && mien.reponduLe && (
        <p className="govuk-body">
          Vous avez répondu « {motDe(REPONSES, mien.reponse)} » à {moment(mien.reponduLe, maintenant)}.
        </p>
      )}
      <Form action={`${base}/repondre`}>
        <ButtonGroup>
          {Object.entries(REPONSES)
            .filter(([code]) => code !== mien?.reponse)
            .map(([code, libelle]) => (
              <Button key={code} nom="reponse" valeur={code} variante={code === 'vais' ? 'principal' : 'secondaire'}>
                {libelle}
              </Button>
            ))}
        </ButtonGroup>
      </Form>
    </Section>
  );
}
