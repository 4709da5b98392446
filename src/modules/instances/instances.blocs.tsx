/** What bodies say on the page of a territory: those that meet there, with what the reader may know of their days. */
import { jourDe } from '../../core/clock.ts';
import type { Emplacement } from '../../core/module.ts';
import { Section } from '../../ui/PageHeader.tsx';
import { Table } from '../../ui/Table.tsx';
import { jourCourt, pluriel } from '../../ui/typographie.ts';
import { getCatalogue } from '../contrats/index.ts';
import { cadreDe, lecteurDe } from './instances.contexte.ts';
import { peutVoirInstance } from './instances.policy.ts';
import type { InstanceDeListe } from './instances.types.ts';
import { listInstances } from './instances.queries.ts';
import { vueDeLecture } from './instances.vue.ts';

const MONTREES = 8;
/** The next to meet first: eight lines must not leave out the one that has a day. */
const parProchaine = (a: InstanceDeListe, b: InstanceDeListe): number => (a.prochaine ?? '9999').localeCompare(b.prochaine ?? '9999');
const jourOu = (jour: string | null, sinon: string): string => (jour ? jourCourt(jour) : sinon);

export const instancesDuTerritoire: Emplacement<{ territoireId: string }> = async (c, { territoireId }) => {
  const catalogue = await getCatalogue(c.db, c.contrat.id);
  const vue = vueDeLecture(c.utilisateur, catalogue, jourDe(c.maintenant));
  const toutes = await listInstances(c.db, c.contrat.id, lecteurDe(c), vue, { territoires: catalogue.descendants(territoireId) });
  const visibles = toutes.filter((i) => peutVoirInstance(c.utilisateur, cadreDe(i), catalogue.contient));
  if (visibles.length === 0) return null;
  const connu = vue !== null;
  const corps = (
    <Section
      titre="Les instances"
      actions={
        <a className="govuk-link" href={`/instances?territoire=${territoireId}`}>
          {visibles.length > MONTREES ? `Les ${visibles.length} instances de ce territoire` : 'Voir ces instances'}
        </a>
      }
    >
      <Table
        legende={pluriel(visibles.length, 'instance')}
        legendeMasquee
        dense
        lignes={visibles.toSorted(parProchaine).slice(0, MONTREES)}
        cle={(i) => i.id}
        colonnes={[
          {
            cle: 'nom',
            titre: 'Instance',
            entete: true,
            cellule: (i: InstanceDeListe) => (
              <a className="govuk-link" href={`/instances/${i.id}`}>
                {i.nom}
              </a>
            ),
          },
          { cle: 'derniere', titre: 'Dernière séance', cellule: (i) => jourOu(i.derniere, i.reservees ? 'non communiquée' : 'aucune') },
          { cle: 'prochaine', titre: 'Prochaine', cellule: (i) => jourOu(i.prochaine, !connu ? 'non annoncée' : i.reservees ? 'non communiquée' : 'à fixer') },
        ]}
      />
    </Section>
  );
  return { rang: 20, corps };
};
