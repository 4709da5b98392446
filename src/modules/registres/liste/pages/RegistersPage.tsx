import { LinkButton } from '../../../../ui/Button.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jourCourt, nombre } from '../../../../ui/typographie.ts';
import { COMPTE_MAX, type EtatRegistre } from '../../activite.ts';
import type { RegistreDeclare } from '../../definition.ts';
import { nouveauNom } from '../../registres.rules.ts';

export const direCompte = (n: number): string => (n > COMPTE_MAX ? `plus de ${nombre(COMPTE_MAX)}` : nombre(n));

/** All registers, with what they hold. */
export function RegistersPage({
  definitions,
  etats,
  peutCreer,
}: {
  definitions: readonly RegistreDeclare[];
  etats: ReadonlyMap<string, EtatRegistre>;
  peutCreer: (d: RegistreDeclare) => boolean;
}) {
  return (
    <>
      <PageHeader
        titre="Registres d’activité"
        chapo="Enregistrez une activité une fois : elle compte pour chaque fiche et chaque mesure du contrat qu’elle sert."
      />
      <Table
        legende="Registres"
        legendeMasquee
        lignes={definitions}
        cle={(d) => d.code}
        colonnes={[
          {
            cle: 'registre',
            titre: 'Registre',
            entete: true,
            cellule: (d) => (
              <>
                <a className="govuk-link" href={`/registres/${d.code}`}>
                  {d.libelle}
                </a>
                <div className="govuk-hint govuk-!-margin-bottom-0">{d.objet}</div>
              </>
            ),
          },
          { cle: 'nombre', titre: 'Enregistrements', numerique: true, cellule: (d) => direCompte(etats.get(d.code)?.nombre ?? 0) },
          {
            cle: 'dernier',
            titre: 'Le plus récent',
            cellule: (d) => {
              const jour = etats.get(d.code)?.dernierJour;
              return jour ? jourCourt(jour) : 'aucun';
            },
          },
          ...(definitions.some(peutCreer)
            ? [
                {
                  cle: 'ajouter',
                  titre: 'Ajouter',
                  titreMasque: true,
                  cellule: (d: RegistreDeclare) =>
                    peutCreer(d) && (
                      <LinkButton href={`/registres/${d.code}/nouveau`} petit variante="secondaire">
                        {nouveauNom(d)}
                      </LinkButton>
                    ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
