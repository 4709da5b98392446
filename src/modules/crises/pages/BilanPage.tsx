import { Button } from '../../../ui/Button.tsx';
import { Checkbox, Radios } from '../../../ui/Choices.tsx';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { Details } from '../../../ui/Details.tsx';
import { enSuite } from '../../../ui/enSuite.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { capitale, duree, enumerer, jourEtHeure, nombre, pluriel, surTotal } from '../../../ui/typographie.ts';
import type { Chargee } from '../crises.contexte.ts';
import { avantArchive, ceQuiFinira, type EnCours } from '../suites/en-cours.ts';
import type { Comptes } from '../suites/bilan.queries.ts';
import { Salle } from './CriseTete.tsx';
import { libelleDe } from './Entrees.tsx';
import { Dues } from './SallePage.tsx';

interface Props {
  k: Chargee;
  comptes: Comptes;
  enCours: EnCours;
  instances: readonly { id: string; nom: string; lieu: string }[];
  /** Open rooms that this one may be joined to. */
  candidates: readonly { id: string; titre: string; ouverteLe: Date }[];
  maintenant: Date;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  etonnements: readonly ErreurDeChamp[];
}

export function BilanPage({ k, comptes, enCours, instances, candidates, maintenant, champs, erreurs, etonnements }: Props) {
  const { crise } = k;
  const e = (nom: string) => erreurDe(erreurs, nom);
  const minutes = (t: Date) => Math.round((t.getTime() - crise.ouverteLe.getTime()) / 60_000);
  return (
    <Salle k={k} ici="bilan">
      <ErrorSummary erreurs={erreurs} />
      <Section titre="En chiffres">
        <SummaryList
          serre
          lignes={[
            { cle: 'Durée', valeur: `${duree(minutes(crise.closeLe ?? maintenant))}${crise.closeLe ? '' : ', en cours'}` },
            { cle: 'Entrées', valeur: nombre(comptes.entrees) },
            { cle: 'Première décision', valeur: direPremiere(comptes.premiereDecision, minutes) },
            { cle: 'Corrections', valeur: nombre(comptes.corrections) },
            { cle: 'Écrites hors ligne', valeur: nombre(comptes.horsLigne) },
            ...(comptes.tardives > 0 ? [{ cle: 'Arrivées après la clôture', valeur: nombre(comptes.tardives) }] : []),
            { cle: 'À faire, dites faites', valeur: surTotal(comptes.faites, comptes.dues) },
            { cle: 'Tâches des rôles présents', valeur: surTotal(enCours.taches.faites, enCours.taches.total) },
            { cle: 'Gardées avec un nom possible', valeur: nombre(comptes.confirmees) },
          ]}
        />
        <div className="c-crise__comptes">
          <Table
            legende="Par classe"
            dense
            lignes={comptes.parClasse}
            cle={(x) => x.classe}
            vide={<p className="govuk-body">Rien n’est écrit.</p>}
            colonnes={[
              { cle: 'c', titre: 'Classe', entete: true, cellule: (x) => libelleDe(k.cadre.classes, x.classe) },
              { cle: 'n', titre: 'Entrées', numerique: true, cellule: (x) => nombre(x.nombre) },
            ]}
          />
          <Table
            legende="Par organisation"
            dense
            lignes={comptes.parOrganisation}
            cle={(x) => x.organisationId}
            vide={<p className="govuk-body">Personne n’a écrit.</p>}
            colonnes={[
              { cle: 'o', titre: 'Organisation', entete: true, cellule: (x) => k.cat.nomActeur(x.organisationId) },
              { cle: 'n', titre: 'Entrées', numerique: true, cellule: (x) => nombre(x.nombre) },
            ]}
          />
        </div>
      </Section>
      <Dues k={k} dues={enCours.dues} restent={enCours.restent} maintenant={maintenant} />
      <Reste k={k} e={enCours} />
      {crise.etat === 'ouverte' && k.conduit && (
        <Section titre="Clore la salle">
          {ceQuiFinira(enCours) && <p className="govuk-body">{ceQuiFinira(enCours)}</p>}
          <Form action={`/crises/${crise.id}/clore`}>
            <Checkbox nom="confirme" libelle="La crise est finie : une salle close ne se rouvre pas" erreur={e('confirme')} />
            <Button>Clore</Button>
          </Form>
        </Section>
      )}
      {crise.closeLe && (
        <InsetText>
          Close le {jourEtHeure(crise.closeLe)}
          {crise.archiveeLe && `, archivée le ${jourEtHeure(crise.archiveeLe)}`}.
        </InsetText>
      )}
      {candidates.length > 0 && (
        <Details resume="C’est le même événement qu’une autre salle" ouvert={e('autre') !== undefined}>
          <Form action={`/crises/${crise.id}/joindre`}>
            <Radios
              nom="autre"
              legende="Laquelle continue"
              aide="Celle-ci se clôt et sort des chiffres. Ses organisations entrent dans l’autre ; ses entrées restent ici, à lire."
              petit
              erreur={e('autre')}
              options={candidates.map((x) => ({ valeur: x.id, libelle: `${x.titre}, depuis le ${jourEtHeure(x.ouverteLe)}` }))}
            />
            <Button variante="danger">Joindre à celle-là</Button>
          </Form>
        </Details>
      )}
      {crise.etat !== 'ouverte' && k.conduit && (
        <Section titre="Ce que le conseil doit savoir" id="conseil">
          {crise.pourLeConseil && <InsetText>{crise.pourLeConseil}</InsetText>}
          {instances.length === 0 ? (
            <p className="govuk-body">Aucune instance où vous puissiez proposer un point. Demandez à qui la tient.</p>
          ) : (
            <Form action={`/crises/${crise.id}/conseil`}>
              <Select
                nom="instance"
                libelle="Instance"
                vide="Choisir"
                valeur={champs.instance ?? ''}
                erreur={e('instance')}
                options={instances.map((i) => ({ valeur: i.id, libelle: `${i.nom}${i.lieu ? `, ${i.lieu}` : ''}` }))}
              />
              <Textarea
                nom="texte"
                libelle="Ce qui sera proposé à son prochain ordre du jour"
                aide="Sans nom de personne"
                lignes={4}
                max={2000}
                valeur={champs.texte ?? crise.pourLeConseil}
                erreur={e('texte')}
              />
              <Confirmer etonnements={etonnements} />
              <Button variante="secondaire">Proposer</Button>
            </Form>
          )}
        </Section>
      )}
      {crise.etat === 'close' && k.conduit && (
        <Section titre="Archiver">
          {avantArchive(enCours) && <p className="govuk-body">{avantArchive(enCours)}</p>}
          <Form action={`/crises/${crise.id}/archiver`}>
            <Checkbox
              nom="confirme"
              id="confirme-archive"
              libelle="Tous les postes ont rendu ce qu’ils gardaient : la main courante ne s’écrira plus"
              erreur={crise.etat === 'close' ? e('confirme') : undefined}
            />
            <Button variante="secondaire">Archiver</Button>
          </Form>
        </Section>
      )}
    </Salle>
  );
}

const direPremiere = (t: Date | null, minutes: (t: Date) => number): string => {
  if (!t) return 'aucune';
  const m = minutes(t);
  return m < 0 ? `${duree(-m)} avant l’ouverture` : `après ${duree(m)}`;
};

/** What still runs, beside what is due: said before the close, and after until it is settled. */
function Reste({ k, e }: { k: Chargee; e: EnCours }) {
  const base = `/crises/${k.crise.id}`;
  const reste = [
    ...(e.taches.total > e.taches.faites ? [{ suite: 'taches', dit: `${pluriel(e.taches.total - e.taches.faites, 'tâche')} à pointer` }] : []),
    ...(e.dehors > 0 ? [{ suite: 'moyens', dit: `${pluriel(e.dehors, 'moyen')} dehors` }] : []),
    ...(e.sansReponse > 0 ? [{ suite: 'moyens', dit: `${pluriel(e.sansReponse, 'demande')} de moyen sans réponse` }] : []),
    ...(e.centres.length > 0 ? [{ suite: 'centres', dit: `${pluriel(e.centres.length, 'centre ouvert')} : ${enumerer(e.centres)}` }] : []),
    ...(e.point ? [{ suite: `points/${e.point.id}`, dit: `point de situation n° ${e.point.numero} à signer` }] : []),
    ...(e.exercice ? [{ suite: 'exercice', dit: 'l’horloge de l’exercice tourne' }] : []),
  ];
  if (reste.length === 0 && e.restent === 0) return <p className="govuk-body">Rien ne reste à faire ni à rendre.</p>;
  if (reste.length === 0) return null;
  return (
    <Section titre="Encore en cours">
      <ul className="govuk-list govuk-list--bullet">
        {enSuite(reste, (r) => (
          <li>
            <a className="govuk-link" href={`${base}/${r.suite}`}>
              {capitale(r.dit)}
            </a>
          </li>
        ))}
      </ul>
    </Section>
  );
}
