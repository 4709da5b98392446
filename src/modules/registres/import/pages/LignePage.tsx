import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Confirmer } from '../../../../ui/Confirmer.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import type { LigneDeLot, Lot } from '../../activite.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { colonnesDeFichier } from '../colonnes.rules.ts';
import { choixDe, nomDeCellule } from '../correction.rules.ts';
import { sansEtoile } from '../entetes.rules.ts';

export interface LignePageProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  lot: Lot;
  ligne: LigneDeLot;
  /** Cells as typed, by rank. */
  cellules: readonly string[];
  masques: Readonly<Record<string, string>>;
  /** Surprising, and yet allowed: asked before the row is kept. */
  etonnements?: readonly ErreurDeChamp[];
  /** Where the row stands among those in error. */
  retour: string;
}

/** One row of a file, mended on the screen: wrong cells first, the others behind a title. */
export function LignePage(p: LignePageProps) {
  const { d, lot, ligne: l } = p;
  const colonnes = new Map(colonnesDeFichier(d).map((c) => [c.cle, c]));
  const cellules = lot.entetes.flatMap((e, rang) => (e.cle === null ? [] : [{ rang, cle: e.cle, titre: sansEtoile(e.titre), valeur: p.cellules[rang] ?? '' }]));
  const messages = (cle: string) => [...l.erreurs, ...l.avertissements].filter((e) => e.champ === cle).map((e) => e.message);
  const fautives = cellules.filter((c) => messages(c.cle).length > 0);
  const autres = cellules.filter((c) => messages(c.cle).length === 0);
  const entieres = l.erreurs.filter((e) => !fautives.some((c) => c.cle === e.champ));
  const action = `/registres/${d.code}/imports/${lot.id}/lignes/${l.numero}`;
  const champ = (c: (typeof cellules)[number]) => {
    const colonne = colonnes.get(c.cle);
    const choix = choixDe(d, p.rep, c.cle);
    const nom = nomDeCellule(c.rang);
    const commun = {
      nom,
      libelle: colonne?.libelle ?? c.titre,
      valeur: c.valeur,
      aide: colonne && colonne.libelle !== c.titre ? `Colonne « ${c.titre} » du fichier. ${colonne.format}` : colonne?.format,
      erreur: messages(c.cle).join(' ') || undefined,
      facultatif: colonne?.obligatoire === false,
    };
    if (c.valeur.includes('\n') || c.valeur.length > 90) return <Textarea key={nom} {...commun} lignes={4} />;
    if (choix.length === 0) return <TextInput key={nom} {...commun} />;
    return (
      <div key={nom}>
        <TextInput {...commun} attributs={{ list: `${nom}-choix` }} />
        <datalist id={`${nom}-choix`}>
          {choix.map((v) => (
            <option key={v} value={v} />
          ))}
        </datalist>
      </div>
    );
  };
  return (
    <>
      <ErrorSummary
        erreurs={[
          ...fautives.flatMap((c) =>
            messages(c.cle).map((message) => ({ champ: nomDeCellule(c.rang), message: `${colonnes.get(c.cle)?.libelle ?? c.titre} : ${message}` })),
          ),
          ...entieres.map((e) => ({ champ: nomDeCellule(cellules[0]?.rang ?? 0), message: `${e.colonne} : ${e.message}` })),
        ]}
      />
      <PageHeader
        titre={`Corriger la ligne ${l.numero}`}
        surtitre={lot.fichier}
        chapo="La ligne est vérifiée de nouveau, seule, et garde son numéro. Votre fichier n’est pas changé."
      />
      <Form action={action} masques={p.masques}>
        {fautives.map(champ)}
        {autres.length > 0 && (
          <Details resume="Les autres cellules de la ligne" ouvert={fautives.length === 0}>
            {autres.map(champ)}
          </Details>
        )}
        <Confirmer etonnements={p.etonnements ?? []} />
        <ButtonGroup>
          <Button>Vérifier la ligne</Button>
          <LinkButton href={p.retour} variante="secondaire">
            Revenir à l’aperçu
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>
  );
}
