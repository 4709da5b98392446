import { type Enregistre, masquesDeVersion, type Valeur } from '../../../../core/http/versions.ts';
import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkbox, Checkboxes } from '../../../../ui/Choices.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { cx, type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Catalogue, optionsDActeurs } from '../../../contrats/index.ts';
import { OPTIONS_ACCESSIBILITE, OPTIONS_LANGUES } from '../../referentiel/accueil.ts';
import { OPTIONS_BESOINS } from '../../referentiel/besoins.ts';
import { FRAIS, MODES_ACCUEIL, MODES_MOBILISATION, PUBLICS } from '../../referentiel/data-inclusion.ts';

export type Champs = Readonly<Record<string, Valeur>>;
interface Saisie {
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}
const un = (p: Saisie, nom: string) => ({ nom, valeur: [p.champs[nom] ?? ''].flat().at(-1) ?? '', erreur: erreurDe(p.erreurs, nom) });
const plusieurs = (p: Saisie, nom: string) => ({ nom, valeurs: [p.champs[nom] ?? []].flat(), erreur: erreurDe(p.erreurs, nom) });
const options = (o: Readonly<Record<string, string>>) => Object.entries(o).map(([valeur, libelle]) => ({ valeur, libelle }));
/** A box that is not ticked sends nothing: an empty field before it says that it was there. */
const Vide = ({ nom }: { nom: string }) => <input type="hidden" name={nom} value="" />;
const Coches = ({ p, nom, legende, choix }: { p: Saisie; nom: string; legende: string; choix: readonly { valeur: string; libelle: string }[] }) => (
  <div className={cx(choix.length > 12 && 'c-lieux-coches')}>
    <Vide nom={nom} />
    <Checkboxes {...plusieurs(p, nom)} legende={legende} options={choix} petit facultatif />
  </div>
);

/** What who keeps the place corrects, whatever opened the page. */
export function ChampsPratiques({ p }: { p: Saisie }) {
  return (
    <>
      <TextInput {...un(p, 'adresse')} libelle="Adresse (numéro et rue)" facultatif />
      <TextInput {...un(p, 'complement')} libelle="Complément (bâtiment, étage, entrée)" facultatif />
      <TextInput {...un(p, 'code_postal')} libelle="Code postal" largeur={5} inputMode="numeric" facultatif />
      <TextInput {...un(p, 'commune')} libelle="Commune" facultatif />
      <TextInput {...un(p, 'telephone')} libelle="Téléphone du lieu" aide="Le standard : jamais la ligne d’une personne." type="tel" largeur={20} facultatif />
      <TextInput {...un(p, 'courriel')} libelle="Courriel du lieu" type="email" facultatif />
      <TextInput {...un(p, 'site_web')} libelle="Site" type="url" facultatif />
      <TextInput
        {...un(p, 'horaires')}
        libelle="Horaires"
        aide="Par exemple : lun-ven 09:00-12:30,13:30-17:00; sam 09:00-12:00; PH off. « PH off » : fermé les jours fériés. « 24/7 » : toujours ouvert."
        facultatif
      />
      <Textarea {...un(p, 'venir')} libelle="Comment venir" aide="Métro, bus, entrée, code, repère." lignes={3} max={1000} facultatif />
      <Coches p={p} nom="langues" legende="Langues parlées" choix={OPTIONS_LANGUES} />
      <Coches p={p} nom="accessibilite" legende="Accessibilité" choix={OPTIONS_ACCESSIBILITE} />
    </>
  );
}

export function StructureFormPage(
  p: Saisie & {
    catalogue: Catalogue;
    titre: string;
    action: string;
    retour: string;
    enregistre: Enregistre | null;
    parentes: readonly { id: string; nom: string }[];
    /** May say that one takes refuge there. */
    refuge: boolean;
    /** Says that everything is right. */
    verifie: boolean;
  },
) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre={p.titre} chapo="Ce que vous ne savez pas reste vide : la page dit « à compléter ». N’écrivez que ce qui est vérifié." />
      <Form action={p.action} masques={p.enregistre ? masquesDeVersion(p.enregistre, p.champs) : {}}>
        <TextInput {...un(p, 'nom')} libelle="Nom du lieu" />
        <Textarea {...un(p, 'description')} libelle="En quelques mots" lignes={3} max={10_000} facultatif />
        <Select
          {...un(p, 'territoire')}
          libelle="Territoire"
          vide="Choisissez"
          options={[...p.catalogue.territoires.values()].map((t) => ({ valeur: t.id, libelle: t.nom }))}
        />
        <Select
          {...un(p, 'organisation')}
          libelle="Organisme qui en répond"
          aide="Lui et la coordination corrigent cette fiche."
          vide="aucun acteur du contrat"
          options={optionsDActeurs(p.catalogue)}
        />
        {p.parentes.length > 0 && (
          <Select {...un(p, 'parente')} libelle="Permanence de" vide="aucun autre lieu" options={p.parentes.map((x) => ({ valeur: x.id, libelle: x.nom }))} />
        )}
        <ChampsPratiques p={p} />
        <TextInput {...un(p, 'latitude')} libelle="Latitude" largeur={10} inputMode="decimal" facultatif />
        <TextInput {...un(p, 'longitude')} libelle="Longitude" largeur={10} inputMode="decimal" facultatif />
        <TextInput {...un(p, 'siret')} libelle="SIRET" largeur={20} inputMode="numeric" facultatif />
        <Refuge p={p} peut={p.refuge} />
        <Section titre="Qui vérifie cette fiche">
          <p className="govuk-body-s">Jamais montré au public. Cette personne reçoit un lien pour confirmer ou corriger, sans compte.</p>
          <TextInput {...un(p, 'correspondant_nom')} libelle="Nom du correspondant" facultatif />
          <TextInput {...un(p, 'correspondant_courriel')} libelle="Courriel du correspondant" type="email" facultatif />
        </Section>
        <Checkbox
          nom="verifie"
          libelle="J’ai tout relu : cette fiche est juste"
          aide="La fiche dira « vérifié par » votre organisme. Sans cette coche, elle dira « corrigé »."
          coche={p.verifie}
        />
        <ActionBar>
          <Button>Enregistrer</Button>
          <a className="govuk-link" href={p.retour}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}

/** Told by the coordination alone; the others read it, and send back what it says. */
function Refuge({ p, peut }: { p: Saisie; peut: boolean }) {
  const [lieu, label] = [un(p, 'lieu_sur'), un(p, 'label')];
  if (!peut && !lieu.erreur && !label.erreur)
    return (
      <>
        <input type="hidden" name="lieu_sur" value={lieu.valeur} />
        <input type="hidden" name="label" value={label.valeur} />
        <p className="govuk-body">
          {lieu.valeur === 'oui'
            ? `La coordination dit que l’on peut s’y réfugier : ${label.valeur}.`
            : 'La coordination dit dans quels lieux on peut se réfugier.'}
        </p>
      </>
    );
  return (
    <>
      <Vide nom="lieu_sur" />
      <Checkbox nom="lieu_sur" libelle="On peut s’y réfugier en cas de danger" coche={lieu.valeur === 'oui'} erreur={lieu.erreur} />
      <TextInput
        {...label}
        libelle="Label du lieu de refuge"
        aide="Le réseau ou le dispositif qui l’a formé ou reconnu : sans lui, ce n’est pas un refuge."
        facultatif
      />
    </>
  );
}

export function ServiceFormPage(p: Saisie & { titre: string; lieu: string; action: string; retour: string; enregistre: Enregistre | null }) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre={p.titre} surtitre={p.lieu} />
      <Form action={p.action} masques={p.enregistre ? masquesDeVersion(p.enregistre, p.champs) : {}}>
        <TextInput {...un(p, 'nom')} libelle="Ce qui est proposé" />
        <Textarea {...un(p, 'description')} libelle="Description" lignes={4} max={10_000} facultatif />
        <Vide nom="besoins" />
        <div className="c-lieux-coches">
          <Checkboxes {...plusieurs(p, 'besoins')} legende="Pour quels besoins" options={OPTIONS_BESOINS} petit />
        </div>
        <Coches p={p} nom="publics" legende="Publics" choix={options(PUBLICS)} />
        <Textarea {...un(p, 'publics_precisions')} libelle="Pour qui précisément" lignes={2} max={1000} facultatif />
        <Textarea {...un(p, 'conditions')} libelle="Conditions" lignes={2} max={1000} facultatif />
        <Select {...un(p, 'frais')} libelle="Prix" vide="pas encore su" options={options(FRAIS)} />
        <Textarea {...un(p, 'frais_precisions')} libelle="Précisions sur le prix" lignes={2} max={1000} facultatif />
        <Coches p={p} nom="modes_accueil" legende="Accueil" choix={options(MODES_ACCUEIL)} />
        <Coches p={p} nom="modes_mobilisation" legende="Comment faire" choix={options(MODES_MOBILISATION)} />
        <Textarea {...un(p, 'mobilisation_precisions')} libelle="Comment faire précisément" lignes={2} max={1000} facultatif />
        <TextInput {...un(p, 'lien_mobilisation')} libelle="Lien pour demander en ligne" type="url" facultatif />
        <Vide nom="sans_rdv" />
        <Checkbox nom="sans_rdv" libelle="Sans rendez-vous" coche={un(p, 'sans_rdv').valeur === 'oui'} />
        <Vide nom="anonyme" />
        <Checkbox nom="anonyme" libelle="Anonyme : on ne demande pas le nom" coche={un(p, 'anonyme').valeur === 'oui'} />
        <Vide nom="retire" />
        {p.enregistre && <Checkbox nom="retire" libelle="N’est plus proposé" coche={un(p, 'retire').valeur === 'oui'} />}
        <ActionBar>
          <Button>Enregistrer</Button>
          <a className="govuk-link" href={p.retour}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
