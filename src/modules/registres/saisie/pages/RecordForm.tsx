import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Confirmer } from '../../../../ui/Confirmer.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Brut, un } from '../../brut.rules.ts';
import { Entree } from '../../champs.tsx';
import type { DefinitionRegistre } from '../../definition.ts';
import { PreuvesSaisie } from '../../preuves/pages/PreuvesSaisie.tsx';
import type { Proposition } from '../../preuves/proposition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';

export interface RecordFormProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  titre: string;
  action: string;
  brut: Brut;
  erreurs: readonly ErreurDeChamp[];
  /** Where « Annuler » goes. */
  retour: string;
  /** Organisations that the person may record for; all when null. */
  organisations: readonly string[] | null;
  /** Territories that the person may record in; all when null. */
  territoires: readonly string[] | null;
  /** A correction: what it corrects, and its reason is asked. Null for a new record. */
  masques: Readonly<Record<string, string>> | null;
  /** Surprising, and yet allowed: asked before it is saved. They are among `erreurs`, to be told at their fields. */
  etonnements?: readonly ErreurDeChamp[];
  lignesVides: number;
  /** What it counts for as far as it says, and the action lines that it may be evidence for. */
  proposition: Proposition;
}

/** The form of any register, made from its definition. */
export function RecordForm(p: RecordFormProps) {
  const { d, rep, brut, erreurs } = p;
  const champ = (nom: string) => ({ nom, valeur: un(brut, nom), erreur: erreurDe(erreurs, nom) });
  const organisations = [...rep.acteurs.values()].filter((a) => p.organisations === null || p.organisations.includes(a.id));
  const repete = d.champs.some((c) => c.type === 'lignes');
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre={p.titre} chapo={d.objet} />
      <Form action={p.action} masques={{ ...p.masques, lignes_vides: String(p.lignesVides), fiches: '', lignes: '' }}>
        <Section titre="Quand, où, qui">
          <DateInput {...champ('jour')} libelle={d.jour} />
          {d.fin && <DateInput {...champ('fin')} libelle={d.fin} facultatif />}
          <TextInput {...champ('titre')} libelle="Titre" aide="Ce que l’on lira dans les listes. Sans nom de personne." />
          <Select
            {...champ('territoire_id')}
            libelle="Territoire"
            aide="Le plus précis que vous connaissez."
            options={optionsTerritoires(rep).filter((o) => p.territoires === null || p.territoires.includes(o.valeur))}
            vide="Choisir"
          />
          <TextInput {...champ('adresse')} libelle="Adresse ou lieu" facultatif />
          <Select
            {...champ('organisation_id')}
            libelle={d.organisation}
            options={organisations.map((a) => ({ valeur: a.id, libelle: a.nom }))}
            vide="Choisir"
          />
        </Section>
        <Section titre="Ce qui a été fait">
          {d.champs.map((c) => (
            <Entree key={c.code} champ={c} brut={brut} erreurs={erreurs} rep={rep} lignesVides={p.lignesVides} />
          ))}
          {repete && (
            <Button variante="secondaire" petit nom="ajouter" valeur="lignes" sansVerification>
              Ajouter trois lignes
            </Button>
          )}
          <Textarea
            {...champ('commentaire')}
            libelle="Commentaire"
            aide="Sans nom de personne ni détail qui permette d’en reconnaître une."
            facultatif
            lignes={3}
            max={4000}
          />
        </Section>
        <PreuvesSaisie rep={rep} brut={brut} erreurs={erreurs} proposition={p.proposition} />
        {p.masques !== null && (
          <Section titre="Pourquoi cette correction">
            <TextInput {...champ('motif')} libelle="Motif de la correction" aide="Il reste dans l’historique, par exemple : « effectif recompté »." />
          </Section>
        )}
        <Confirmer etonnements={p.etonnements ?? []} />
        <ButtonGroup>
          <Button>Enregistrer</Button>
          <a className="govuk-link" href={p.retour}>
            Annuler
          </a>
        </ButtonGroup>
      </Form>
    </>
  );
}

const NIVEAUX: Readonly<Record<string, string>> = {
  contrat: 'Tout le territoire',
  mairie: 'Mairies',
  arrondissement: 'Arrondissements',
  quartier: 'Quartiers',
};
export const optionsTerritoires = (rep: Repertoire) =>
  rep.niveaux().flatMap(({ niveau, territoires }) =>
    territoires.map((t) => {
      const parent = t.parent === null ? undefined : rep.territoires.get(t.parent);
      const precision = niveau === 'quartier' && parent ? ` (${parent.nom})` : '';
      return { valeur: t.id, libelle: `${t.nom}${precision}`, groupe: NIVEAUX[niveau] ?? niveau };
    }),
  );
