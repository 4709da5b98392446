import { type Champs, type Enregistre, masquesDeVersion } from '../../../core/http/versions.ts';
import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Fieldset } from '../../../ui/Fieldset.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { type Catalogue, optionsDActeurs } from '../../contrats/index.ts';
import type { Attendu } from '../attendus.rules.ts';
import type { Acte } from '../conventions.queries.ts';
import { NATURES } from '../conventions.rules.ts';
import { SEMAINE } from '../mots.ts';

export interface FormulairePageProps {
  catalogue: Catalogue;
  /** Null for a new one. */
  acte: Acte | null;
  enregistre: Enregistre | null;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
  attendus: readonly Attendu[];
  remplacables: readonly Acte[];
}
const un = (v: Champs[string] | undefined): string => [v ?? ''].flat()[0] ?? '';
const plusieurs = (v: Champs[string] | undefined): string[] => [v ?? []].flat().filter((x) => x !== '');

export function FormulairePage(p: FormulairePageProps) {
  const { catalogue: c, acte: a } = p;
  const champ = (nom: string) => ({ nom, valeur: un(p.champs[nom]), erreur: erreurDe(p.erreurs, nom) });
  const boites = (nom: string) => ({ nom, valeurs: plusieurs(p.champs[nom]), erreur: erreurDe(p.erreurs, nom) });
  const ouvert = (...noms: string[]): boolean => noms.some((n) => plusieurs(p.champs[n]).length > 0 || erreurDe(p.erreurs, n) !== undefined);
  // What an act serves already is kept on its form, even when nothing calls for it.
  const systemes = [...new Set([...p.attendus.map((x) => x.systeme), ...plusieurs(p.champs.systemes)])];
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre={a ? 'Modifier l’acte' : 'Nouvel acte'}
        surtitre={a?.titre}
        chapo="Les parties, le texte, les revues et les engagements s’ajoutent ensuite, sur sa page. Son état se lit de ses dates et de ses signatures."
      />
      <Form
        action={a ? `/conventions/${a.id}/modifier` : '/conventions/nouvelle'}
        masques={{
          ...(p.enregistre ? masquesDeVersion(p.enregistre, p.champs) : {}),
          // A group without any box ticked sends nothing: it says first that it is there.
          territoires: '',
          systemes: '',
          jours: '',
        }}
      >
        <Radios {...champ('nature')} legende="Nature" petit options={Object.entries(NATURES).map(([valeur, libelle]) => ({ valeur, libelle }))} />
        <TextInput {...champ('titre')} libelle="Titre" />
        <TextInput {...champ('reference')} libelle="Référence" facultatif largeur={20} aide="Le numéro de l’acte, tel qu’il est écrit sur le texte." />
        <Select
          {...champ('porteur')}
          libelle="Tenu par"
          vide="choisir"
          aide="L’organisation qui en suit les dates. Pour un arrêté, l’autorité qui l’a pris."
          options={optionsDActeurs(c)}
        />
        <Textarea
          {...champ('objet')}
          libelle="Objet"
          lignes={3}
          max={4000}
          facultatif
          aide="Ce que l’acte organise. N’écrivez le nom d’aucune personne suivie."
        />
        <Fieldset legende="Durée">
          <DateInput
            {...champ('effet')}
            libelle="Date d’effet"
            facultatif
            aide="Sans elle, l’acte prend effet le jour de sa dernière signature ; une charte, de la première."
          />
          <DateInput {...champ('fin')} libelle="Date de fin" facultatif aide="Sans elle, l’acte n’a pas de terme." />
          <TextInput
            {...champ('preavis')}
            libelle="Préavis"
            facultatif
            largeur={3}
            inputMode="numeric"
            suffixe="jours"
            aide="Avant la fin, pour renouveler ou dénoncer."
          />
          <TextInput
            {...champ('reconduction')}
            libelle="Reconduction tacite"
            facultatif
            largeur={3}
            inputMode="numeric"
            suffixe="mois"
            aide="Sans dénonciation avant le préavis, l’acte repart pour cette durée."
          />
          <TextInput {...champ('revue')} libelle="Revue tous les" facultatif largeur={3} inputMode="numeric" suffixe="mois" />
        </Fieldset>
        <Details resume="Ce qu’il sert dans le contrat" ouvert={ouvert('systemes', 'lignes')}>
          <Checkboxes
            {...boites('systemes')}
            legende="Dispositifs qui demandent un acte"
            petit
            facultatif
            options={systemes.map((s) => ({ valeur: s, libelle: `${s} · ${c.systemes.get(s)?.nom ?? s}` }))}
          />
          <TextInput
            {...champ('lignes')}
            libelle="Autres lignes d’action"
            facultatif
            aide="Leurs codes, séparés par des espaces, comme ils sont écrits sur les fiches."
          />
        </Details>
        <Details resume="Où il s’applique" ouvert={ouvert('territoires', 'lieu')}>
          <Checkboxes
            {...boites('territoires')}
            legende="Territoires"
            petit
            facultatif
            aide="Aucun : tout le contrat."
            options={[...new Set([...c.enfants(c.racine.id).map((t) => t.id), ...plusieurs(p.champs.territoires)])].map((t) => ({
              valeur: t,
              libelle: c.territoires.get(t)?.nom ?? t,
            }))}
          />
          <Textarea {...champ('lieu')} libelle="Périmètre, en mots" lignes={3} max={2000} facultatif aide="Les voies, les places, le site." />
        </Details>
        <Details
          resume="Arrêté, charte ou site : jours, heures, ce qui est interdit ou promis"
          ouvert={ouvert('jours', 'heure_de', 'heure_a', 'saison_de', 'saison_a', 'interdits')}
        >
          <Textarea {...champ('interdits')} libelle="Ce qui est interdit, ou promis" lignes={3} max={2000} facultatif />
          <Checkboxes
            {...boites('jours')}
            legende="Jours de la semaine"
            petit
            facultatif
            aide="Aucun : tous les jours."
            options={SEMAINE.map((libelle, i) => ({ valeur: String(i + 1), libelle }))}
          />
          <TextInput {...champ('heure_de')} libelle="De" facultatif largeur={5} type="time" />
          <TextInput
            {...champ('heure_a')}
            libelle="À"
            facultatif
            largeur={5}
            type="time"
            aide="Une heure plus petite que la première est celle du lendemain."
          />
          <TextInput {...champ('saison_de')} libelle="Chaque année, du" facultatif largeur={5} aide="Jour et mois, par exemple 21/06." />
          <TextInput {...champ('saison_a')} libelle="Chaque année, au" facultatif largeur={5} />
        </Details>
        <Select
          {...champ('remplace')}
          libelle="Remplace"
          vide="aucun acte"
          facultatif
          aide="Parmi les actes que vous tenez. Celui qui est remplacé cesse le jour où celui-ci est en vigueur : texte déposé, signatures faites."
          options={p.remplacables.map((x) => ({ valeur: x.id, libelle: `${NATURES[x.nature]} · ${x.titre}` }))}
        />
        {a && a.parties > 0 && (
          <TextInput
            {...champ('motif_correction')}
            libelle="Pourquoi ce qui a été signé change"
            facultatif
            aide="Exigé quand une partie a déjà signé : chacune l’apprend par lettre, et confirme de nouveau. Dès que l’une a dit avoir signé, les dates, le préavis et la reconduction ne changent qu’une fois confirmés par chacune."
          />
        )}
        <ActionBar>
          <Button>{a ? 'Enregistrer' : 'Créer l’acte'}</Button>
          <a className="govuk-link" href={a ? `/conventions/${a.id}` : '/conventions'}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
