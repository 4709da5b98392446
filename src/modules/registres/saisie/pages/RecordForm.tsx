import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { pluriel } from '../../../../ui/typographie.ts';
import { type Brut, un } from '../../brut.rules.ts';
import { Entree } from '../../champs.tsx';
import type { DefinitionRegistre } from '../../definition.ts';
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
  /** A correction: what it corrects, and its reason is asked. Null for a new record. */
  masques: Readonly<Record<string, string>> | null;
  lignesVides: number;
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
            options={optionsTerritoires(rep)}
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
        <Preuves rep={rep} brut={brut} erreurs={erreurs} />
        {p.masques !== null && (
          <Section titre="Pourquoi cette correction">
            <TextInput {...champ('motif')} libelle="Motif de la correction" aide="Il reste dans l’historique, par exemple : « effectif recompté »." />
          </Section>
        )}
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

function Preuves({ rep, brut, erreurs }: { rep: Repertoire; brut: Brut; erreurs: readonly ErreurDeChamp[] }) {
  const coches = (nom: string) => {
    const v = brut[nom] ?? [];
    return new Set(typeof v === 'string' ? v.split(/[,;\s]+/) : v);
  };
  const fiches = coches('fiches');
  const lignes = coches('lignes');
  const erreur = erreurDe(erreurs, 'fiches') ?? erreurDe(erreurs, 'lignes');
  return (
    <Section titre="Preuve pour le contrat" id="fiches">
      <p className="govuk-body">
        Cochez les fiches que cette activité sert et, si vous les connaissez, les lignes d’action qu’elle prouve. Une activité enregistrée une fois compte pour
        chacune.
      </p>
      {erreur && <p className="govuk-error-message">{erreur}</p>}
      {[...rep.fiches.values()].map((f) => {
        const siennes = f.lignes.filter((l) => lignes.has(l.id)).length;
        const choisie = fiches.has(f.numero) || siennes > 0;
        const compte = choisie ? `, ${siennes > 0 ? pluriel(siennes, 'ligne choisie', 'lignes choisies') : 'choisie'}` : '';
        return (
          <Details key={f.numero} resume={`Fiche ${f.numero} – ${f.titre}${compte}`} ouvert={choisie}>
            <fieldset className="govuk-fieldset">
              <legend className="govuk-visually-hidden">Fiche {f.numero} et ses lignes d’action</legend>
              <div className="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">
                <Case nom="fiches" valeur={f.numero} libelle={`Toute la fiche ${f.numero}`} coche={choisie} />
                {f.lignes.map((l) => (
                  <Case key={l.id} nom="lignes" valeur={l.id} libelle={`${l.id} – ${l.libelle}`} coche={lignes.has(l.id)} />
                ))}
              </div>
            </fieldset>
          </Details>
        );
      })}
    </Section>
  );
}

const Case = ({ nom, valeur, libelle, coche }: { nom: string; valeur: string; libelle: string; coche: boolean }) => (
  <div className="govuk-checkboxes__item">
    <input className="govuk-checkboxes__input" type="checkbox" id={`${nom}-${valeur}`} name={nom} value={valeur} defaultChecked={coche} />
    <label className="govuk-label govuk-checkboxes__label" htmlFor={`${nom}-${valeur}`}>
      {libelle}
    </label>
  </div>
);
