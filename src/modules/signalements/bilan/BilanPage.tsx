import { Details } from '../../../ui/Details.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { type Colonne, Table } from '../../../ui/Table.tsx';
import { duree, formatPeriode, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../contrats/index.ts';
import type { Circuits } from '../circuits/circuits.ts';
import { type Ligne, SEUIL } from './bilan.rules.ts';

export interface BilanPageProps {
  catalogue: Catalogue;
  lieu: Catalogue['racine'];
  mois: string;
  total: Ligne;
  parMois: readonly Ligne[];
  parLieu: readonly Ligne[];
  parCircuit: readonly Ligne[];
  circuits: Circuits;
}
const PEU = `moins de ${SEUIL}`;

const colonnes = (titre: string, nommer: (l: Ligne) => React.ReactNode): Colonne<Ligne>[] => [
  { cle: 'nom', titre, entete: true, cellule: nommer },
  { cle: 'recus', titre: 'Signalés', numerique: true, cellule: (l) => (l.peu ? PEU : nombre(l.recus)) },
  { cle: 'reponse', titre: 'Répondus', numerique: true, cellule: (l) => (l.peu ? '–' : `${nombre(l.repondus)} (${l.tauxDeReponse} %)`) },
  { cle: 'delai', titre: 'Délai moyen de réponse', cellule: (l) => (l.heures === null ? '–' : duree(Math.round(l.heures * 60))) },
  { cle: 'faits', titre: 'Interventions faites', numerique: true, cellule: (l) => (l.peu ? '–' : nombre(l.faits)) },
  { cle: 'resolus', titre: 'Confirmés réglés', numerique: true, cellule: (l) => (l.peu ? '–' : nombre(l.resolus)) },
  { cle: 'contestes', titre: 'Contestés', numerique: true, cellule: (l) => (l.peu ? '–' : nombre(l.contestes)) },
  { cle: 'ouverts', titre: 'En cours', numerique: true, cellule: (l) => (l.peu ? '–' : nombre(l.ouverts)) },
];

export function BilanPage(p: BilanPageProps) {
  const { total: t, catalogue: cat } = p;
  const lien = (id: string) => `/signaler/bilan?${new URLSearchParams({ territoire: id, mois: p.mois })}`;
  const nomDe = (id: string): Pick<Territoire, 'nom'> | undefined => cat.territoires.get(id);
  const au = formatPeriode(p.mois);
  return (
    <>
      <PageHeader
        surtitre={p.lieu.nom}
        titre="Vous avez signalé, nous avons fait"
        chapo={
          t.recus === 0
            ? `Rien n’a été reçu dans les douze mois jusqu’à ${au}.`
            : t.peu
              ? `Moins de ${SEUIL} signalements dans les douze mois jusqu’à ${au}.`
              : `Douze mois jusqu’à ${au} : ${pluriel(t.recus, 'signalement reçu', 'signalements reçus')}, ${t.tauxDeReponse} % ont eu une réponse.`
        }
      />
      {t.recus === 0 ? (
        <EmptyState titre="Rien encore">Ce qui sera signalé sur cette plateforme sera compté ici, mois par mois.</EmptyState>
      ) : (
        <>
          {t.satisfaction !== null && (
            <p className="govuk-body">
              Satisfaction de ceux qui l’ont dite : {nombre(t.satisfaction)} sur 5 ({pluriel(t.notes, 'réponse')}).
            </p>
          )}
          <InsetText>
            Plus de signalements ne veut pas dire plus de troubles : un quartier plus peuplé, une campagne d’information ou un habitant très actif en font plus.
            Ces nombres disent ce qui a été signalé ici et la réponse donnée, et ne comparent pas les quartiers.
          </InsetText>
          <Section titre="Mois par mois">
            <Table legende="Par mois de réception" dense colonnes={colonnes('Mois', (l) => formatPeriode(l.cle))} lignes={p.parMois} cle={(l) => l.cle} />
          </Section>
          <Section titre="Par lieu">
            <Table
              legende="Par lieu, sur douze mois"
              dense
              colonnes={colonnes('Lieu', (l) =>
                l.cle === p.lieu.id ? (
                  p.lieu.nom
                ) : (
                  <a className="govuk-link" href={lien(l.cle)}>
                    {nomDe(l.cle)?.nom ?? l.cle}
                  </a>
                ),
              )}
              lignes={[...p.parLieu].sort((a, b) => (nomDe(a.cle)?.nom ?? '').localeCompare(nomDe(b.cle)?.nom ?? '', 'fr', { numeric: true }))}
              cle={(l) => l.cle}
            />
          </Section>
          <Section titre="Par circuit">
            <Table
              legende="Par circuit, sur douze mois"
              dense
              colonnes={colonnes('Circuit', (l) => p.circuits.get(l.cle)?.titre ?? l.cle)}
              lignes={p.parCircuit}
              cle={(l) => l.cle}
            />
          </Section>
        </>
      )}
      <Details resume="Ce que disent ces nombres">
        Un signalement est compté dans le mois et le lieu où il a été reçu, même joint à un autre. « Répondu » : un service a écrit à la personne, ou clos la
        demande en le lui disant ; l’accusé de réception automatique n’est pas une réponse. « Confirmé réglé » : la personne qui a signalé l’a dit elle-même. Un
        lieu de moins de {SEUIL} signalements n’a ni taux ni délai.
      </Details>
    </>
  );
}
