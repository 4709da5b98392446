import { EmptyState } from '../../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../../ui/SummaryList.tsx';
import { Table } from '../../../../../ui/Table.tsx';
import { capitale, nombre } from '../../../../../ui/typographie.ts';
import type { Compte } from '../abonnes.queries.ts';
import { cleDuSujet, JOURS_POUR_CONFIRMER, type Sujet } from '../abonnes.rules.ts';

/** How many follow what: numbers only, an address is shown to nobody. */
export function AbonnesPage({ compte, nomDe }: { compte: Compte; nomDe: (s: Sujet) => string }) {
  return (
    <>
      <PageHeader
        titre="Abonnés par courriel"
        chapo="Combien reçoivent la lettre de la semaine, et pour quoi. Les adresses sont chiffrées : aucun écran ne les montre, ni ici ni ailleurs."
      />
      <SummaryList
        lignes={[
          { cle: 'Adresses abonnées', valeur: nombre(compte.adresses) },
          { cle: `Demandes à confirmer (${JOURS_POUR_CONFIRMER} jours)`, valeur: nombre(compte.aConfirmer) },
        ]}
      />
      {compte.sujets.length === 0 ? (
        <EmptyState titre="Personne n’est abonné" actions={[{ libelle: 'Voir le formulaire', href: '/suivre' }]}>
          Le formulaire est sur la page « Être prévenu », au bout du bouton « S’abonner » de chaque fiche et de chaque territoire.
        </EmptyState>
      ) : (
        <Table
          legende="Ce qui est suivi"
          lignes={compte.sujets}
          cle={cleDuSujet}
          colonnes={[
            { cle: 'sujet', titre: 'Suivi', entete: true, cellule: (s) => capitale(nomDe(s)) },
            { cle: 'nombre', titre: 'Adresses', cellule: (s) => nombre(s.nombre) },
          ]}
        />
      )}
    </>
  );
}
