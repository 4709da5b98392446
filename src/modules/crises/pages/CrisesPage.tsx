import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jourEtHeure, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Cadre } from '../crises.schema.ts';
import type { Crise } from '../crises.types.ts';
import { ETATS } from './CriseTete.tsx';

interface Props {
  crises: readonly (Crise & { entrees: number })[];
  cadre: Cadre;
  cat: Catalogue;
  ouvre: boolean;
}

export function CrisesPage({ crises, cadre, cat, ouvre }: Props) {
  const reelles = crises.filter((k) => !k.exercice);
  const exercices = crises.filter((k) => k.exercice);
  return (
    <>
      <PageHeader
        titre="Crises"
        chapo="Les salles où votre organisation est nommée. Une salle note et relaie ; elle n’alerte pas la population."
        actions={
          <>
            {ouvre && <LinkButton href="/crises/ouvrir">Ouvrir une salle</LinkButton>}
            <LinkButton href="/crises/avis" variante="secondaire">
              Prévenir {cadre.scop.libelle}
            </LinkButton>
          </>
        }
      />
      {crises.length === 0 && <EmptyState titre="Aucune salle pour vous">Une salle paraît ici quand votre organisation y est nommée.</EmptyState>}
      {reelles.length > 0 && (
        <Section titre={pluriel(reelles.length, 'crise')}>
          <Liste legende="Crises" crises={reelles} cadre={cadre} cat={cat} />
        </Section>
      )}
      {exercices.length > 0 && (
        <Section titre={pluriel(exercices.length, 'exercice')}>
          <Liste legende="Exercices" crises={exercices} cadre={cadre} cat={cat} />
        </Section>
      )}
    </>
  );
}

function Liste({ legende, crises, cadre, cat }: Omit<Props, 'ouvre'> & { legende: string }) {
  return (
    <Table
      legende={legende}
      legendeMasquee
      lignes={crises}
      cle={(k) => k.id}
      colonnes={[
        {
          cle: 'titre',
          titre: 'Salle',
          entete: true,
          cellule: (k) => (
            <a className="govuk-link" href={`/crises/${k.id}`}>
              {k.titre}
            </a>
          ),
        },
        {
          cle: 'etat',
          titre: 'État',
          cellule: (k) => <Tag ton={ETATS[k.etat]?.ton ?? 'neutre'}>{k.jointeA ? 'Jointe à une autre' : (ETATS[k.etat]?.libelle ?? k.etat)}</Tag>,
        },
        { cle: 'type', titre: 'Type', cellule: (k) => cadre.types.find((t) => t.code === k.type)?.libelle ?? k.type },
        { cle: 'lieu', titre: 'Où', cellule: (k) => cat.territoires.get(k.territoireId)?.nom ?? k.territoireId },
        { cle: 'quand', titre: 'Ouverte', cellule: (k) => jourEtHeure(k.ouverteLe) },
        { cle: 'entrees', titre: 'Entrées', numerique: true, cellule: (k) => nombre(k.entrees) },
      ]}
    />
  );
}
