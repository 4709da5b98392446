import { ROLES, type Role } from '../../../../core/authorize.ts';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox, Checkboxes } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../../ui/FileUpload.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { ACCEPTE } from '../../../indicateurs/index.ts';
import { type Instance, nomEntier } from '../../../instances/index.ts';
import type { DocumentDiffuse } from '../diffusions.queries.ts';
import { CHEMIN } from '../lien.ts';
import { annoncer, QuiEstNomme } from './QuiEstNomme.tsx';

interface Props {
  champs: Readonly<Record<string, string>>;
  choix: { roles: readonly string[]; organisations: readonly string[]; instances: readonly string[] };
  erreurs: readonly ErreurDeChamp[];
  /** Who the text may name. */
  doutes: readonly ErreurDeChamp[];
  catalogue: Catalogue;
  instances: readonly Instance[];
  remplace: DocumentDiffuse | null;
  /** Who had it, and will not have the next one. */
  partis: readonly string[];
}

export function EcrirePage({ champs, choix, erreurs, doutes, catalogue: c, instances, remplace, partis }: Props) {
  const commun = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  const acteurs = [...c.acteurs.values()].filter((a) => !a.territoire).sort((a, b) => c.nomActeur(a.id).localeCompare(c.nomActeur(b.id), 'fr'));
  return (
    <>
      <ErrorSummary erreurs={annoncer(erreurs, doutes)} />
      <PageHeader
        titre={remplace ? 'Remplacer le document' : 'Diffuser un document'}
        chapo="Chaque personne de la liste le lit une fois connectée, ou par un lien, et dit qu’elle l’a lu."
      />
      <Form action={remplace ? `${CHEMIN}/${remplace.id}/remplacer` : `${CHEMIN}/nouveau`} fichiers>
        <TextInput {...commun('titre')} libelle="Titre" />
        <Textarea
          {...commun('texte')}
          libelle="Texte"
          max={8000}
          lignes={8}
          facultatif
          aide="Sans nom de mineur. Un fichier peut le remplacer ou l’accompagner."
        />
        <FileUpload
          nom="fichier"
          libelle="Fichier"
          facultatif
          aide="PDF, image ou document de bureautique, 10 Mo au plus."
          accepte={ACCEPTE}
          erreur={erreurDe(erreurs, 'fichier')}
        />
        {remplace ? (
          <InsetText>
            <p className="govuk-body">{`Remis aux mêmes personnes : ${remplace.liste}. La version ${remplace.version} ne se lira plus que de qui l’a déjà lue.`}</p>
            {partis.length > 0 && <p className="govuk-body">{`Sauf qui n’est plus de cette liste : ${partis.join(', ')}.`}</p>}
          </InsetText>
        ) : (
          <>
            <Checkboxes
              nom="roles"
              legende="À qui : par rôle"
              petit
              valeurs={choix.roles}
              erreur={erreurDe(erreurs, 'roles')}
              options={(Object.keys(ROLES) as Role[]).map((r) => ({ valeur: r, libelle: ROLES[r] }))}
            />
            <Details resume="À qui : par organisme" ouvert={choix.organisations.length > 0}>
              <Checkboxes
                nom="organisations"
                legende="Organismes"
                petit
                valeurs={choix.organisations}
                options={acteurs.map((a) => ({ valeur: a.id, libelle: c.nomActeur(a.id) }))}
              />
            </Details>
            {instances.length > 0 && (
              <Details resume="À qui : par instance" ouvert={choix.instances.length > 0}>
                <Checkboxes
                  nom="instances"
                  legende="Instances"
                  petit
                  valeurs={choix.instances}
                  options={instances.map((i) => ({ valeur: i.id, libelle: nomEntier(i, c) }))}
                />
              </Details>
            )}
          </>
        )}
        <DateInput {...commun('lire_avant')} libelle="À lire avant le" />
        <DateInput {...commun('jusqu_au')} libelle="Consultable jusqu’au" aide="Deux ans au plus. Ses mots et son fichier s’effacent un mois après." />
        <Checkbox
          nom="sans_mineur"
          libelle="Ni le texte ni le fichier ne nomment un mineur"
          coche={champs.sans_mineur === 'oui'}
          {...(erreurDe(erreurs, 'sans_mineur') ? { erreur: erreurDe(erreurs, 'sans_mineur') } : {})}
        />
        <QuiEstNomme doutes={doutes} />
        <Button>{remplace ? 'Remplacer' : 'Diffuser'}</Button>
      </Form>
    </>
  );
}
