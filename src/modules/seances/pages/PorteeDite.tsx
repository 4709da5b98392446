import { Table } from '../../../ui/Table.tsx';
import type { Participant } from '../seances.queries.ts';
import { direPersonne, estParti, estVacant, type Portee } from '../portee.rules.ts';

interface PorteeDiteProps {
  portee: Portee;
  instanceId: string;
  /** Page to come back to once a seat is filled. */
  retour: string;
  /** Letters to print, one for each seat; null while there is none. */
  lettres: string | null;
}

/** One link beside each seat that nothing reaches: to name who sits there, or to add their address; then back here. */
export function AdresseManquante({ p, instanceId, retour }: { p: Participant; instanceId: string; retour: string }) {
  if (p.membreId === null) return <>aucune adresse</>;
  const aDesigner = estVacant(p) || estParti(p);
  return (
    <a className="govuk-link" href={`/instances/${instanceId}/membres/${p.membreId}?retour=${retour}${aDesigner ? '' : '#courriel'}`}>
      {aDesigner ? 'Désigner' : 'Ajouter l’adresse'}
      <span className="govuk-visually-hidden"> : {p.nom || p.fonction}</span>
    </a>
  );
}

/** The seats that no mail reaches, the named ones first, each with what to do. */
export function SansAdresse({ portee, instanceId, retour, lettres }: PorteeDiteProps) {
  return (
    <Table
      legende="Sièges sans adresse"
      dense
      lignes={[...portee.sansAdresse, ...portee.vacants]}
      cle={(x) => x.id}
      colonnes={[
        { cle: 'fonction', titre: 'Fonction', entete: true, cellule: (x) => x.fonction },
        { cle: 'nom', titre: 'Personne', cellule: direPersonne },
        { cle: 'faire', titre: 'À faire', cellule: (x) => <AdresseManquante p={x} instanceId={instanceId} retour={retour} /> },
        ...(lettres
          ? [
              {
                cle: 'lettre',
                titre: 'Lettre',
                // Somebody else is to sit there: no letter is theirs yet.
                cellule: (x: Participant) =>
                  x.parti ? (
                    ''
                  ) : (
                    <a className="govuk-link" href={`${lettres}?participant=${x.id}`}>
                      Imprimer<span className="govuk-visually-hidden"> la lettre de {x.nom || x.fonction}</span>
                    </a>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}
