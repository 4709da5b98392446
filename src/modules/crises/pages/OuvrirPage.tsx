import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Cadre } from '../crises.schema.ts';

interface Props {
  cadre: Cadre;
  cat: Catalogue;
  lieux: readonly string[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  etonnements: readonly ErreurDeChamp[];
  /** Open there already. */
  autour: readonly { id: string; titre: string; territoireId: string; ouverteLe: Date }[];
}

export function OuvrirPage({ cadre, cat, lieux, champs, erreurs, etonnements, autour }: Props) {
  const e = (nom: string) => erreurDe(erreurs, nom);
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre="Ouvrir une salle de crise"
        chapo="La salle rassemble les organisations que vous y nommez. Elle n’alerte pas la population : c’est le rôle de qui commande."
      />
      <Form action="/crises/ouvrir" masques={{ avis: champs.avis ?? '' }}>
        <Radios
          nom="nature"
          legende="Crise réelle ou exercice"
          aide="Ne se change plus : un exercice est marqué partout et compté à part."
          valeur={champs.nature ?? ''}
          erreur={e('nature')}
          options={[
            { valeur: 'crise', libelle: 'Crise réelle' },
            { valeur: 'exercice', libelle: 'Exercice' },
          ]}
        />
        <Select
          nom="type"
          libelle="Type"
          vide="Choisir"
          valeur={champs.type ?? ''}
          erreur={e('type')}
          options={cadre.types.map((t) => ({ valeur: t.code, libelle: t.libelle }))}
        />
        <TextInput nom="titre" libelle="Titre" aide="Ce qui se passe, en quelques mots, sans nom de personne" valeur={champs.titre ?? ''} erreur={e('titre')} />
        <Select
          nom="territoire"
          libelle="Territoire"
          vide="Choisir"
          valeur={champs.territoire ?? ''}
          erreur={e('territoire')}
          options={lieux.map((l) => ({ valeur: l, libelle: cat.territoires.get(l)?.nom ?? l }))}
        />
        <TextInput nom="lieu" libelle="Lieu précis" valeur={champs.lieu ?? ''} erreur={e('lieu')} facultatif />
        {autour.length > 0 && (
          <Radios
            nom="meme"
            legende={autour.length === 1 ? 'Une salle est déjà ouverte ici' : 'Des salles sont déjà ouvertes ici'}
            aide="Deux salles pour un même événement partagent en deux ce que l’on sait."
            valeur={champs.meme ?? ''}
            erreur={e('meme')}
            options={[
              ...autour.map((k) => ({
                valeur: k.id,
                libelle: `C’est le même événement : ${k.titre}`,
                aide: `${cat.territoires.get(k.territoireId)?.nom ?? k.territoireId}, depuis le ${jourEtHeure(k.ouverteLe)}. Vous y allez, rien ne s’ouvre.`,
              })),
              { valeur: 'autre', libelle: 'C’en est un autre', aide: 'La vôtre s’ouvre.' },
            ]}
          />
        )}
        <Confirmer etonnements={etonnements} />
        <Button>Ouvrir la salle</Button>
      </Form>
    </>
  );
}
