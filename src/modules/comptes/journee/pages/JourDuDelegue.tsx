import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { jourEtHeure, pluriel } from '../../../../ui/typographie.ts';
import { direLesPurges } from '../../dpo/purges.rules.ts';
import type { Simulation } from '../../dpo/conservation.ts';
import type { Demande, Filtre } from '../../dpo/demandes.queries.ts';
import { TableDesDemandes } from '../../dpo/pages/DemandesPage.tsx';
import type { Refus } from '../../journal/journal.queries.ts';

export interface JourDuDelegueProps {
  aujourdhui: string;
  comptes: Readonly<Record<Filtre, number>>;
  demandes: readonly Demande[];
  /** Rules that have something to remove. */
  purges: readonly Simulation[];
  refus: readonly Refus[];
  /** Days that refusals are told for. */
  jours: number;
  dernierSceau: string | null;
}

export function JourDuDelegue(p: JourDuDelegueProps) {
  return (
    <Section
      titre="Protection des données"
      actions={
        <a className="govuk-link" href="/dpo">
          Votre bureau
        </a>
      }
    >
      <TableDesDemandes
        legende={`Demandes à traiter, la plus urgente d’abord${p.comptes.ouvertes > p.demandes.length ? ` (${p.demandes.length} sur ${p.comptes.ouvertes})` : ''}`}
        demandes={p.demandes}
        aujourdhui={p.aujourdhui}
        vide={
          <EmptyState titre="Aucune demande en attente" actions={[{ libelle: 'Enregistrer une demande', href: '/dpo/demandes/nouvelle' }]}>
            Toutes les demandes reçues ont leur réponse.
          </EmptyState>
        }
      />
      <SummaryList
        lignes={[
          {
            cle: 'Demandes en retard',
            valeur: p.comptes.retard === 0 ? 'aucune' : pluriel(p.comptes.retard, 'demande'),
            ...(p.comptes.retard > 0 ? { actions: [{ libelle: 'Les voir', href: '/dpo/demandes?etat=retard' }] } : {}),
          },
          {
            cle: 'Purges',
            valeur: direLesPurges(p.purges),
            ...(p.purges.length > 0 ? { actions: [{ libelle: 'Ouvrir', precision: 'les purges', href: '/dpo/conservation' }] } : {}),
          },
          {
            cle: `Accès refusés (${p.jours} jours)`,
            valeur: p.refus.length === 0 ? 'aucun' : p.refus.map((r) => `${r.nom ?? 'sans compte'} : ${r.nombre}`).join(' ; '),
            actions: [{ libelle: 'Ouvrir', precision: 'les accès refusés', href: '/journal?action=acces.refuse' }],
          },
          {
            cle: 'Journal d’audit',
            valeur: p.dernierSceau ? `scellé le ${jourEtHeure(new Date(p.dernierSceau))}` : 'pas encore scellé',
            actions: [{ libelle: 'Ouvrir', precision: 'le journal', href: '/journal' }],
          },
        ]}
      />
    </Section>
  );
}
