import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { enumerer, jourCourt, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue, Territoire, TypeInstance } from '../../../contrats/index.ts';
import type { InstanceDeListe } from '../../instances.types.ts';
import { CONFIDENTIALITES, QUALITES } from '../../instances.rules.ts';
import { territoiresPrevus } from '../types.rules.ts';

const SOURCES = { contrat: 'fixée par le contrat', loi: 'fixée par la loi', usage: 'd’usage' } as const;

export function TypesPage({ catalogue, creees }: { catalogue: Catalogue; creees: ReadonlyMap<string, readonly string[]> }) {
  const types = [...catalogue.typesInstance.values()];
  return (
    <>
      <PageHeader
        titre="Types d’instances"
        chapo="Tout ce que le contrat réunit, avec sa présidence, sa composition et sa cadence. Ouvrez un type pour créer ses instances, toutes à la fois s’il en faut une par territoire."
      />
      <Table
        legende={pluriel(types.length, 'type d’instance', 'types d’instances')}
        lignes={types}
        cle={(t) => t.id}
        dense
        vide={<EmptyState titre="Aucun type">Ce contrat ne décrit pas d’instances. Vous pouvez en créer librement.</EmptyState>}
        colonnes={[
          {
            cle: 'nom',
            titre: 'Type',
            entete: true,
            cellule: (t) => (
              <a className="govuk-link" href={`/instances/types/${t.id}`}>
                {t.nom}
              </a>
            ),
          },
          {
            cle: 'systeme',
            titre: 'Dispositif',
            cellule: (t) => (
              <a className="govuk-link" href={`/dispositifs/${t.systeme}`}>
                {t.systeme}
              </a>
            ),
          },
          { cle: 'cadence', titre: 'Cadence', cellule: (t) => t.cadence.texte },
          { cle: 'confidentialite', titre: 'Vue de', cellule: (t) => CONFIDENTIALITES[t.confidentialite].libelle },
          {
            cle: 'creees',
            titre: 'Créées',
            numerique: true,
            cellule: (t) => {
              const n = creees.get(t.id)?.length ?? 0;
              const prevues = territoiresPrevus(catalogue, t).length;
              return prevues > 0 ? `${n} sur ${prevues}` : String(n);
            },
          },
        ]}
      />
    </>
  );
}

export interface TypePageProps {
  catalogue: Catalogue;
  type: TypeInstance;
  instances: readonly InstanceDeListe[];
  /** How many the contract calls for. */
  prevus: number;
  /** Territories where this person may create the one that is missing. */
  manquants: readonly Territoire[];
}
export function TypePage({ catalogue, type: t, instances, prevus, manquants }: TypePageProps) {
  return (
    <>
      <PageHeader
        titre={t.nom}
        surtitre={
          <>
            Type d’instance, dispositif{' '}
            <a className="govuk-link" href={`/dispositifs/${t.systeme}`}>
              {t.systeme}
            </a>
          </>
        }
        chapo={t.objet}
      />
      <SummaryList
        lignes={[
          {
            cle: 'Présidence',
            valeur:
              t.presidence.length > 0 ? enumerer(t.presidence.map((x) => `${x.fonction} (${catalogue.nomActeur(x.acteur)})`)) : 'Le contrat ne la nomme pas',
          },
          { cle: 'Secrétariat', valeur: catalogue.nomActeur(t.porteur) },
          { cle: 'Cadence', valeur: t.cadence.mois === undefined ? t.cadence.texte : `${t.cadence.texte}, ${SOURCES[t.cadence.source]}` },
          { cle: 'Vue de', valeur: `${CONFIDENTIALITES[t.confidentialite].libelle}. ${CONFIDENTIALITES[t.confidentialite].sens}` },
          { cle: 'Votes', valeur: t.vote ? 'oui' : 'non' },
          {
            cle: 'Fiches servies',
            valeur: t.fiches.some((n) => catalogue.fiches.has(n))
              ? t.fiches
                  .filter((n) => catalogue.fiches.has(n))
                  .map((n, i) => (
                    <span key={n}>
                      {i > 0 && ', '}
                      <a className="govuk-link" href={`/fiches/${n}`}>
                        {n}
                      </a>
                    </span>
                  ))
              : 'tout le contrat',
          },
        ]}
      />
      <Section titre="Composition">
        <Table
          legende="Sièges par fonction"
          legendeMasquee
          lignes={t.composition}
          cle={(m) => `${m.acteur} ${m.fonction}`}
          dense
          vide={<EmptyState titre="Composition libre">Le contrat ne dit pas qui siège : ajoutez les membres à chaque instance.</EmptyState>}
          colonnes={[
            { cle: 'fonction', titre: 'Fonction', entete: true, cellule: (m) => m.fonction },
            { cle: 'organisation', titre: 'Organisation', cellule: (m) => catalogue.nomActeur(m.acteur) },
            { cle: 'qualite', titre: 'Place', cellule: (m) => QUALITES[m.qualite] },
          ]}
        />
      </Section>
      <Section titre="Instances">
        {t.creation === 'demande' && <InsetText>Le contrat cite ce type sans l’installer : il n’est créé que si vous en avez besoin.</InsetText>}
        {manquants.length > 0 && (
          <Form action={`/instances/types/${t.id}`}>
            <p className="govuk-body">
              {manquants.length > 1
                ? `${manquants.length} sur ${prevus} restent à créer : ${enumerer(manquants.map((m) => m.court))}.`
                : 'Cette instance reste à créer.'}{' '}
              Les sièges ci-dessus y sont posés par fonction ; vous y mettrez ensuite les noms.
            </p>
            <Button>{manquants.length > 1 ? `Créer les ${manquants.length} instances` : 'Créer l’instance'}</Button>
          </Form>
        )}
        <Table
          legende={pluriel(instances.length, 'instance')}
          lignes={instances}
          cle={(i) => i.id}
          dense
          vide={
            <EmptyState titre="Aucune instance visible">
              {manquants.length > 0 ? 'Créez-la ci-dessus.' : 'Aucune instance de ce type n’est créée, ou vous n’en êtes pas membre.'}
            </EmptyState>
          }
          colonnes={[
            {
              cle: 'nom',
              titre: 'Instance',
              entete: true,
              cellule: (i) => (
                <a className="govuk-link" href={`/instances/${i.id}`}>
                  {i.nom}
                </a>
              ),
            },
            { cle: 'derniere', titre: 'Dernière séance', cellule: (i) => (i.derniere ? jourCourt(i.derniere) : i.reservees ? 'non communiquée' : 'aucune') },
            { cle: 'prochaine', titre: 'Prochaine', cellule: (i) => (i.prochaine ? jourCourt(i.prochaine) : i.reservees ? 'non communiquée' : 'à fixer') },
          ]}
        />
        {t.territoires === 'libre' && (
          <ButtonGroup>
            <LinkButton variante="secondaire" href={`/instances/nouvelle?type=${t.id}`}>
              Créer une instance de ce type
            </LinkButton>
          </ButtonGroup>
        )}
      </Section>
    </>
  );
}
