import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import type { Activite } from '../../activite.ts';
import type { Brut } from '../../brut.rules.ts';
import { direValeur, libelleChamp } from '../../champs.tsx';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { type Contenu, differences } from '../../registres.rules.ts';

/** Someone else wrote in between: both versions side by side, nothing lost, the person decides. */
export function ConflictPage({ d, rep, actuelle, mienne, brut }: { d: DefinitionRegistre; rep: Repertoire; actuelle: Activite; mienne: Contenu; brut: Brut }) {
  const base = `/registres/${d.code}/${actuelle.id}`;
  const ecarts = differences(d, actuelle.contenu, mienne);
  const masques = Object.fromEntries(Object.entries(brut).filter(([k]) => k !== 'version'));
  return (
    <>
      <PageHeader
        titre="Modifié entre-temps"
        chapo={`${actuelle.auteur} a enregistré la version ${actuelle.version} le ${jourEtHeure(actuelle.modifieLe)}, pendant que vous corrigiez. Votre saisie est gardée ci-dessous : choisissez.`}
      />
      <Table
        legende="Ce qui diffère"
        colonnes={[
          { cle: 'champ', titre: 'Champ', entete: true, cellule: (e) => libelleChamp(d, e.champ) },
          { cle: 'actuelle', titre: 'Version enregistrée', cellule: (e) => direValeur(d, rep, e.champ, e.avant) },
          { cle: 'mienne', titre: 'Votre saisie', cellule: (e) => direValeur(d, rep, e.champ, e.apres) },
        ]}
        lignes={ecarts}
        cle={(e) => e.champ}
        vide="Les deux versions disent la même chose."
      />
      <Form action={`${base}/corriger`} masques={{ ...masques, version: String(actuelle.version) }}>
        <ButtonGroup>
          <Button>Enregistrer ma saisie par-dessus</Button>
          <Button variante="secondaire" nom="revoir" valeur="oui">
            Reprendre ma saisie dans le formulaire
          </Button>
          <a className="govuk-link" href={base}>
            Garder la version enregistrée
          </a>
        </ButtonGroup>
      </Form>
    </>
  );
}
