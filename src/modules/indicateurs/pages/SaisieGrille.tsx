import { CellInput } from '../../../ui/CellInput.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { enumerer, nombre, pluriel } from '../../../ui/typographie.ts';
import { lireNombre } from '../../../core/nombres.ts';
import type { CadreDeSaisie, Rangee } from '../saisie/saisie.cadre.ts';

const ETATS = { valeur: 'connu', secret: 'secret', sans_objet: 'sans objet' };

/** More than that are counted: the table marks each. */
const NOMMEES_MAX = 6;
const direManquantes = (l: readonly Rangee[]): string =>
  l.length > NOMMEES_MAX ? `Il manque ${pluriel(l.length, 'ligne')} : elles sont marquées.` : `Il manque : ${enumerer(l.map((r) => r.libelle))}.`;

/** One row for each part. The total is added up here as recorded, and as typed where scripts run (`islands/parts/sommes.ts`). */
export function SaisieGrille({
  cadre: k,
  champs,
  erreurs,
  manquantes,
}: {
  cadre: CadreDeSaisie;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** Still waited for, beside others that were given. */
  manquantes: readonly Rangee[];
}) {
  const lu = (r: Rangee) => {
    const l = lireNombre(champs[`valeur${r.suffixe}`] ?? '', { entier: false, unite: k.mesure.unite });
    return l.ok ? (l.valeur ?? 0) : 0;
  };
  const parties = k.rangees.filter((r) => !r.aPart);
  return (
    <div data-sommes="oui">
      {manquantes.length > 0 && <InsetText>{direManquantes(manquantes)}</InsetText>}
      <Table<Rangee>
        legende={`Une ligne par part, en ${k.mesure.unite}. Laissez vide ce que vous ne savez pas : un zéro s’écrit 0.`}
        colonnes={[
          {
            cle: 'part',
            titre: 'Part',
            entete: true,
            cellule: (r) => (
              <label className="govuk-label" htmlFor={`valeur${r.suffixe}`}>
                {r.libelle} {manquantes.includes(r) && <Tag ton="laiton">manque</Tag>}
              </label>
            ),
          },
          {
            cle: 'valeur',
            titre: 'Valeur',
            cellule: (r) => {
              const nom = `valeur${r.suffixe}`;
              return <CellInput nom={nom} valeur={champs[nom]} erreur={erreurDe(erreurs, nom)} somme={!r.aPart} />;
            },
          },
          {
            cle: 'etat',
            titre: 'État',
            cellule: (r) => {
              const nom = `etat${r.suffixe}`;
              return (
                <select className="govuk-select" id={nom} name={nom} defaultValue={champs[nom] || 'valeur'} aria-label={`État : ${r.libelle}`}>
                  {Object.entries(ETATS).map(([valeur, libelle]) => (
                    <option key={valeur} value={valeur}>
                      {libelle}
                    </option>
                  ))}
                </select>
              );
            },
          },
        ]}
        lignes={k.rangees}
        cle={(r) => r.suffixe}
        dense
      />
      <p className="govuk-body" aria-live="polite">
        {'Total des parts : '}
        <strong data-somme-total="oui">{nombre(parties.reduce((n, r) => n + lu(r), 0))}</strong>
        {` ${k.mesure.unite}. Il est calculé, vous n’avez pas à le retaper.`}
      </p>
    </div>
  );
}
