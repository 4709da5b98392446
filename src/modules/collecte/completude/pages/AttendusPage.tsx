import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { accorder, jour, nombre, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { arrives, type ComptesDAvancement, dus, type LigneDAvancement } from '../../../echeances/index.ts';
import { adresse } from '../completude.cadre.ts';
import { Part } from './Part.tsx';

export interface AttendusPageProps {
  catalogue: Catalogue;
  lignes: readonly LigneDAvancement[];
  total: ComptesDAvancement;
}

export function AttendusPage({ catalogue: c, lignes, total }: AttendusPageProps) {
  const [n, a] = [dus(total), arrives(total)];
  const nom = (l: LigneDAvancement) => c.nomActeurA(l.cle, l.lieu);
  return (
    <>
      <PageHeader
        titre="Chiffres attendus"
        chapo={
          n === 0 ? (
            'Aucun chiffre n’est encore dû.'
          ) : (
            <>
              Sur {pluriel(n, 'chiffre dû', 'chiffres dus')} par les institutions du contrat, {nombre(a)} {accorder(a, 'est arrivé', 'sont arrivés')} et{' '}
              {nombre(total.en_retard)} {accorder(total.en_retard, 'est en retard', 'sont en retard')}.
            </>
          )
        }
      />
      <Regles />
      <Table<LigneDAvancement>
        legende="Par institution"
        lignes={lignes}
        cle={(l) => `${l.cle}|${l.lieu ?? ''}`}
        vide={<EmptyState titre="Rien n’est attendu">Aucune institution ne doit de chiffre pour l’instant.</EmptyState>}
        colonnes={[
          {
            cle: 'nom',
            titre: 'Institution',
            entete: true,
            cellule: (l) => (
              <a className="govuk-link" href={adresse(`/chiffres-attendus/${encodeURIComponent(l.cle)}`, { lieu: l.lieu ?? '' })}>
                {nom(l)}
              </a>
            ),
          },
          { cle: 'part', titre: 'Arrivés', cellule: (l) => <Part comptes={l.comptes} nom={nom(l)} /> },
          { cle: 'retard', titre: 'En retard', numerique: true, cellule: (l) => nombre(l.comptes.en_retard) },
          {
            cle: 'ancien',
            titre: 'Le plus ancien',
            cellule: (l) => (l.plusAncien ? `depuis le ${jour(l.plusAncien)}` : ''),
          },
          { cle: 'attendu', titre: 'Pas encore dus', numerique: true, cellule: (l) => nombre(l.comptes.attendu) },
        ]}
      />
    </>
  );
}

/** How this page counts, and how one answers it. */
export const Regles = () => (
  <p className="govuk-body">
    Un chiffre est en retard le lendemain du jour où il était dû, jamais avant : ce qui n’est pas encore dû est dit à part, et ce qui est sans objet n’est
    compté nulle part. Chaque institution peut dire pourquoi un chiffre tarde et pour quand elle l’annonce : ses mots sont publiés ici, tels quels et sous son
    nom.
  </p>
);
