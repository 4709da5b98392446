import { Button } from '../../../ui/Button.tsx';
import { Checkbox, Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { pluriel } from '../../../ui/typographie.ts';
import { type Catalogue, optionsDeListe, type Territoire } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import { PersonneNommee } from '../alerte/confirmer.tsx';
import { secteurDe } from '../envois/prevenir.ts';
import { direLieu, direPalier } from '../envois/lettres.rules.ts';
import { GENRES } from '../reglement/reglement.ts';
import type { Palier, Reglement } from '../reglement/reglement.schema.ts';
import { DejaOuvertes } from './MemeAlerte.tsx';

const VOISINS = {
  aucun: 'les listes de l’arrondissement',
  communes: 'l’arrondissement et les communes voisines',
  tous: 'l’arrondissement, ses voisins et les communes voisines',
};
export const direRegle = (p: Palier): string =>
  `Prévient ${VOISINS[p.voisins]}, ${p.validation === 0 ? 'aussitôt' : `au plus tard ${pluriel(p.validation, 'minute')} après`}.`;

/** One short page: what, where, send. Everything else may stay as it is. */
export function NouvelleAlertePage(p: {
  catalogue: Catalogue;
  reglement: Reglement;
  lieux: readonly Territoire[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** What may name somebody. */
  doutes: readonly ErreurDeChamp[];
  /** Open ones of this place that the same fact may already be. */
  ouvertes: readonly Alerte[];
  maintenant: Date;
  exerce: boolean;
}) {
  const cat = p.catalogue;
  const champ = (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: erreurDe(p.erreurs, nom) });
  const plus = ['jour', 'heure', 'exercice', 'sauter'].some((n) => (p.champs[n] ?? '') !== '' || erreurDe(p.erreurs, n));
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Écrire une alerte" chapo="En danger immédiat, appelez d’abord le 17. Dites où et quoi, jamais qui." />
      <Form action="/alertes/nouvelle" classe="c-alerte-courte" masques={{ proposition: p.champs.proposition, vues: p.ouvertes.map((a) => a.id).join(' ') }}>
        {p.champs.proposition && <p className="govuk-body">Cette alerte répond à une alerte proposée par le fil des tensions : elle la soldera.</p>}
        <DejaOuvertes catalogue={cat} ouvertes={p.ouvertes} maintenant={p.maintenant} valeur={p.champs.meme ?? ''} erreur={erreurDe(p.erreurs, 'meme')} />
        <PersonneNommee doutes={p.doutes} />
        <Radios
          {...champ('palier')}
          legende="Palier"
          options={p.reglement.paliers.map((x) => ({ valeur: x.code, libelle: direPalier(cat, x.code), aide: direRegle(x) }))}
        />
        <Select
          {...champ('territoire')}
          libelle="Quartier"
          vide="Choisissez"
          options={p.lieux.map((t) => ({ valeur: t.id, libelle: t.nom, groupe: direLieu(cat, secteurDe(cat, t.id)) }))}
        />
        <TextInput
          {...champ('lieu')}
          libelle="Lieu"
          aide="Une rue, une place, une station, un établissement."
          autoComplete="off"
          attributs={{ maxLength: 160 }}
          facultatif
        />
        <Select {...champ('genre')} libelle="Ce qui se passe" options={optionsDeListe(cat, GENRES)} />
        <Textarea
          {...champ('faits')}
          libelle="En quelques mots"
          aide="Sans nom de personne ni de groupe, sans plaque, sans numéro."
          lignes={2}
          max={600}
          facultatif
        />
        <Details resume={p.exerce ? 'Pour plus tard, ou pour un exercice' : 'Pour plus tard'} ouvert={plus}>
          <DateInput {...champ('jour')} libelle="Jour" facultatif />
          <TextInput {...champ('heure')} type="time" libelle="Heure" aide="Vide : maintenant." largeur={5} facultatif />
          {p.exerce && (
            <Checkbox
              nom="exercice"
              libelle="C’est un exercice"
              aide="Écrit sur chaque page, chaque courriel et chaque notification ; jamais compté."
              coche={p.champs.exercice === 'oui'}
              erreur={erreurDe(p.erreurs, 'exercice')}
            />
          )}
          {p.exerce && (
            <Checkbox
              nom="sauter"
              libelle="Exercice : sauter la validation"
              aide="Sans cette case, l’astreinte est réveillée pour valider, et l’exercice part seul le délai passé, comme une vraie alerte."
              coche={p.champs.sauter === 'oui'}
            />
          )}
        </Details>
        <Button>Envoyer l’alerte</Button>
      </Form>
    </>
  );
}
