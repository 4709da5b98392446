import { enSuite } from '../../../../ui/enSuite.tsx';
import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Lot } from '../../activite.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { colonnesDeFichier } from '../colonnes.rules.ts';
import { choixDe } from '../correction.rules.ts';
import { estPassee, sansEtoile } from '../entetes.rules.ts';

interface ColonnesPageProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  lot: Lot;
  /** Field of each column, as chosen or proposed. */
  cles: readonly (string | null)[];
  constantes: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}

/** What each column of the file means: said once, followed by the next files of the organisation. */
export function ColonnesPage({ d, rep, lot, cles, constantes, erreurs }: ColonnesPageProps) {
  const champs = colonnesDeFichier(d);
  const base = `/registres/${d.code}/imports/${lot.id}`;
  const options = champs.map((c) => ({ valeur: c.cle, libelle: c.obligatoire ? `${c.libelle} (obligatoire)` : c.libelle }));
  const manquent = champs.filter((c) => c.obligatoire && !cles.includes(c.cle));
  const proposees = lot.entetes.filter((e, i) => e.cle === null && cles[i] !== null && cles[i] !== undefined).length;
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Vos colonnes"
        surtitre={`${lot.fichier} – ${d.libelle}`}
        chapo="Dites ce que chaque colonne de votre fichier veut dire. Votre organisation n’aura pas à le redire au prochain import."
      />
      {lot.aApparier &&
        lot.remarques.map((r) => (
          <p key={r} className="govuk-inset-text">
            {r}
          </p>
        ))}
      {proposees > 0 && <p className="govuk-body">Ce qui est déjà choisi est proposé d’après les titres : vérifiez-le.</p>}
      <Form action={`${base}/colonnes`}>
        <Section titre="Colonnes du fichier">
          <div className="c-colonnes-lues">
            {enSuite(lot.entetes, (e, i) =>
              e.titre.trim() === '' && e.exemples.length === 0 ? null : (
                <Select
                  nom={`colonne.${i}`}
                  libelle={e.titre.trim() === '' ? `Colonne ${i + 1}, sans titre` : `« ${sansEtoile(e.titre)} »`}
                  libelleTaille="s"
                  aide={
                    e.exemples.length > 0
                      ? `Par exemple : ${e.exemples.map((x) => `«\u00a0${x}\u00a0»`).join(', ')}`
                      : 'Aucune valeur dans les premières lignes.'
                  }
                  valeur={cles[i] ?? ''}
                  vide={estPassee(e.titre) ? 'Ne pas reprendre (ajoutée par Concorde)' : 'Ne pas reprendre'}
                  options={options}
                  erreur={erreurDe(erreurs, `colonne.${i}`)}
                />
              ),
            )}
          </div>
        </Section>
        {manquent.length > 0 && (
          <Section titre="Ce que le fichier ne dit pas">
            <p className="govuk-body">
              Aucune colonne ne porte encore ces champs obligatoires : choisissez-la plus haut, ou écrivez la valeur qui vaut pour toutes les lignes.
            </p>
            {manquent.map((c) => {
              const nom = `constante.${c.cle}`;
              const choix = choixDe(d, rep, c.cle);
              return (
                <div key={c.cle}>
                  <TextInput
                    nom={nom}
                    libelle={`${c.libelle}, pour toutes les lignes`}
                    aide={c.format}
                    valeur={constantes[c.cle] ?? ''}
                    erreur={erreurDe(erreurs, nom)}
                    {...(choix.length > 0 ? { attributs: { list: `${nom}-choix` } } : {})}
                  />
                  {choix.length > 0 && (
                    <datalist id={`${nom}-choix`}>
                      {choix.map((v) => (
                        <option key={v} value={v} />
                      ))}
                    </datalist>
                  )}
                </div>
              );
            })}
          </Section>
        )}
        <ButtonGroup>
          <Button>Lire le fichier ainsi</Button>
          <LinkButton href={lot.aApparier ? `/registres/${d.code}/imports` : base} variante="secondaire">
            {lot.aApparier ? 'Choisir un autre fichier' : 'Revenir à l’aperçu'}
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>
  );
}
