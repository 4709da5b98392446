import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { pluriel } from '../../../../ui/typographie.ts';
import { type Catalogue, optionsDeFiches } from '../../../contrats/index.ts';
import type { Demande } from '../campagnes.queries.ts';
import type { Choix, Repondant } from '../ouvrir.ts';

interface Props {
  catalogue: Catalogue;
  annees: readonly string[];
  choix: Choix;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  demandes: readonly Demande[];
  repondants: readonly Repondant[];
}

export function NouvelleCampagnePage({ catalogue: c, annees, choix, champs, erreurs, demandes, repondants }: Props) {
  const organisations = [...new Set(demandes.map((d) => d.organisationId))];
  const qui = (id: string) => repondants.filter((r) => r.organisationId === id).map((r) => r.compte.nom);
  const sans = organisations.filter((id) => qui(id).length === 0);
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Ouvrir une campagne" chapo="Ce que personne n’a encore donné et qui sera dû à la date choisie. La liste est figée à l’ouverture." />
      <Form action="/collecte/campagnes/nouvelle" methode="get" classe="c-choix-de-saisie">
        <Select nom="annee" libelle="Année" vide="toutes" valeur={choix.annee} options={annees.map((a) => ({ valeur: a, libelle: a }))} />
        <Select nom="fiche" libelle="Fiche" vide="toutes" valeur={choix.fiche} options={optionsDeFiches(c)} />
        <input type="hidden" name="due_le" value={choix.dueLe} />
        <Button variante="secondaire">Voir la liste</Button>
      </Form>
      <Form action="/collecte/campagnes/nouvelle" masques={{ annee: choix.annee, fiche: choix.fiche, organisation: choix.organisation }}>
        <TextInput nom="titre" libelle="Titre" aide="Comme « Bilan 2026 »." valeur={champs.titre} erreur={erreurDe(erreurs, 'titre')} />
        <DateInput nom="due_le" libelle="À donner pour le" valeur={choix.dueLe} erreur={erreurDe(erreurs, 'due_le')} />
        <Textarea
          nom="message"
          libelle="Message"
          facultatif
          aide="Lu par chaque organisme, dans le message et en haut de sa page."
          lignes={4}
          valeur={champs.message}
          erreur={erreurDe(erreurs, 'message')}
        />
        <Section titre={`${pluriel(demandes.length, 'chiffre')} à demander à ${pluriel(organisations.length, 'organisme')}`}>
          {sans.length > 0 && (
            <InsetText>
              {`Personne ne répond encore pour ${pluriel(sans.length, 'organisme')} : aucun message ne leur partira. Vous pourrez désigner quelqu’un une fois la campagne ouverte.`}
            </InsetText>
          )}
          <Table<string>
            legende="Organismes"
            legendeMasquee
            dense
            vide={<EmptyState titre="Rien à demander">Rien n’est dû à cette date avec ces choix.</EmptyState>}
            colonnes={[
              { cle: 'nom', titre: 'Organisme', entete: true, cellule: (id) => c.nomActeur(id) },
              { cle: 'n', titre: 'Chiffres', numerique: true, cellule: (id) => demandes.filter((d) => d.organisationId === id).length },
              { cle: 'qui', titre: 'Qui reçoit le message', cellule: (id) => qui(id).join(', ') || 'personne' },
            ]}
            lignes={organisations}
            cle={(id) => id}
          />
        </Section>
        <ActionBar>
          <Button>{`Ouvrir et écrire à ${pluriel(repondants.length, 'personne')}`}</Button>
          <LinkButton variante="discret" href="/collecte/campagnes">
            Annuler
          </LinkButton>
        </ActionBar>
      </Form>
    </>
  );
}
