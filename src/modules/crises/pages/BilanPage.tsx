import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { duree, jourEtHeure, nombre, pluriel, surTotal } from '../../../ui/typographie.ts';
import type { Chargee } from '../crises.contexte.ts';
import type { Entree } from '../main-courante/main-courante.queries.ts';
import type { TachePointee } from '../roles/taches.queries.ts';
import type { Comptes } from '../suites/bilan.queries.ts';
import { Salle } from './CriseTete.tsx';
import { libelleDe } from './Entrees.tsx';
import { Dues } from './SallePage.tsx';

interface Props {
  k: Chargee;
  comptes: Comptes;
  taches: readonly TachePointee[];
  dues: readonly Entree[];
  instances: readonly { id: string; nom: string; lieu: string }[];
  maintenant: Date;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  etonnements: readonly ErreurDeChamp[];
}

export function BilanPage({ k, comptes, taches, dues, instances, maintenant, champs, erreurs, etonnements }: Props) {
  const { crise } = k;
  const e = (nom: string) => erreurDe(erreurs, nom);
  const minutes = (t: Date) => Math.max(0, Math.round((t.getTime() - crise.ouverteLe.getTime()) / 60_000));
  const nommees = k.entites.filter((x) => k.acteurs.some((a) => a.entite === x.code));
  const total = nommees.reduce((n, x) => n + x.taches.length, 0);
  const faites = taches.filter((t) => t.faiteLe && nommees.some((x) => x.code === t.entite)).length;
  return (
    <Salle k={k} ici="bilan">
      <ErrorSummary erreurs={erreurs} />
      <Section titre="En chiffres">
        <SummaryList
          serre
          lignes={[
            { cle: 'Durée', valeur: `${duree(minutes(crise.closeLe ?? maintenant))}${crise.closeLe ? '' : ', en cours'}` },
            { cle: 'Entrées', valeur: nombre(comptes.entrees) },
            { cle: 'Première décision', valeur: comptes.premiereDecision ? `après ${duree(minutes(comptes.premiereDecision))}` : 'aucune' },
            { cle: 'Corrections', valeur: nombre(comptes.corrections) },
            { cle: 'Écrites hors ligne', valeur: nombre(comptes.horsLigne) },
            ...(comptes.tardives > 0 ? [{ cle: 'Arrivées après la clôture', valeur: nombre(comptes.tardives) }] : []),
            { cle: 'À faire, dites faites', valeur: surTotal(comptes.faites, comptes.dues) },
            { cle: 'Tâches des rôles présents', valeur: surTotal(faites, total) },
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
      <Dues k={k} dues={dues} maintenant={maintenant} />
      {crise.etat === 'ouverte' && k.conduit && (
        <Section titre="Clore la salle">
          <p className="govuk-body">
            {dues.length > 0 ? `${pluriel(dues.length, 'chose reste à faire', 'choses restent à faire')} : la clôture le dira.` : 'Rien ne reste à faire.'}
          </p>
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
