import { abreger } from '../../../../core/couper.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { pluriel } from '../../../../ui/typographie.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import { libelleDeColonne } from '../colonnes.rules.ts';

export interface FauteRepetee {
  rang: number;
  valeur: string;
  fois: number;
  champ: string;
  message: string;
  /** What the field takes, to choose from. */
  choix: readonly string[];
}

interface FautesRepeteesProps {
  d: DefinitionRegistre;
  fautes: readonly FauteRepetee[];
  base: string;
  erreur?: RemplacementRefuse | undefined;
}
/** `par`: what was typed in its place. */
export interface RemplacementRefuse {
  rang: number;
  valeur: string;
  par: string;
  message: string;
}

/** The same wrong value in several rows, mended everywhere at once. */
export function FautesRepetees({ d, fautes, base, erreur }: FautesRepeteesProps) {
  const libelle = libelleDeColonne(d);
  return fautes.map((f, i) => {
    const sienne = erreur?.rang === f.rang && erreur.valeur === f.valeur ? erreur : undefined;
    const id = `par-${i}`;
    const liste = f.choix.length > 0 ? { list: `${id}-choix` } : undefined;
    return (
      <Form key={`${f.rang} ${f.valeur}`} action={`${base}/remplacer`} classe="c-remplacer" masques={{ colonne: String(f.rang), valeur: f.valeur }}>
        <TextInput
          nom="par"
          id={id}
          libelle={`${libelle(f.champ)} : partout dans ce fichier (${pluriel(f.fois, 'ligne')}), remplacer « ${abreger(f.valeur, 60)} » par`}
          aide={f.message}
          valeur={sienne?.par}
          erreur={sienne?.message}
          {...(liste ? { attributs: liste } : {})}
        />
        {liste && (
          <datalist id={liste.list}>
            {f.choix.map((c) => (
              <option key={c} value={c} />
            ))}
          </datalist>
        )}
        <Button variante="secondaire">Remplacer partout</Button>
      </Form>
    );
  });
}
