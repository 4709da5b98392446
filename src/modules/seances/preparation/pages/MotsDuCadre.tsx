import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { listMots, type NomDeMot } from '../cadre.ts';

interface Champ {
  nom: string;
  valeur: string;
  erreur: string | undefined;
}

/** The words of the frame as a form asks for them; `parmi` leaves some out. */
export const MotsDuCadre = ({ champ, parmi = () => true }: { champ: (nom: string) => Champ; parmi?: (nom: NomDeMot) => boolean }) =>
  listMots()
    .filter(([nom]) => parmi(nom))
    .map(([nom, mot]) =>
      mot.saisie === 'paragraphe' ? (
        <Textarea key={nom} {...champ(nom)} libelle={mot.libelle} aide={mot.aide} lignes={3} max={mot.max} facultatif />
      ) : (
        <TextInput key={nom} {...champ(nom)} libelle={mot.libelle} aide={mot.aide} type={mot.saisie === 'adresse' ? 'url' : 'text'} facultatif />
      ),
    );
