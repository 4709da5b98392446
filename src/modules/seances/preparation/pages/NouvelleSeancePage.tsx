import { ActionBar } from '../../../../ui/ActionBar.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { enumerer, pluriel } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { MOTS_DU_CADRE } from '../cadre.ts';
import { JourApres } from './JourApres.tsx';
import { MotsDuCadre } from './MotsDuCadre.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import type { Instance } from '../../../instances/index.ts';
import { champMinutes, champRapporteur } from '../preparation.contexte.ts';
import type { Proposition } from '../propositions.rules.ts';

const pour = (x: Proposition) => <span className="govuk-visually-hidden"> : {x.titre}</span>;

export interface NouvelleSeancePageProps {
  instance: Instance;
  catalogue: Catalogue;
  /** Put there without being chosen. */
  recurrents: readonly Proposition[];
  choisies: readonly Proposition[];
  /** How many more may be looked for once the session is made. */
  autres: number;
  coches: readonly string[];
  /** Offered for its title. */
  titre: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  aujourdhui: string;
}

/** The date and the agenda on one screen: what is open is offered, and nothing is put there by itself. */
export function NouvelleSeancePage(p: NouvelleSeancePageProps) {
  const { instance: i } = p;
  const depart: Record<string, string> = { titre: p.titre, heure: i.heure, lieu: i.lieu, duree_minutes: String(i.dureeMinutes), choix: 'fixe' };
  const valeur = (nom: string) => p.champs[nom] ?? depart[nom] ?? '';
  const champ = (nom: string) => ({ nom, valeur: valeur(nom), erreur: erreurDe(p.erreurs, nom) });
  const option = (x: Proposition) => ({
    valeur: x.cle,
    libelle: x.titre,
    aide: x.raison,
    contenu: (
      <div className="c-cote-a-cote">
        <TextInput
          {...champ(champMinutes(x.cle))}
          libelle={<>Durée{pour(x)}</>}
          suffixe="minutes"
          largeur={3}
          inputMode="numeric"
          valeur={p.champs[champMinutes(x.cle)] ?? String(x.minutes)}
        />
        <TextInput
          {...champ(champRapporteur(x.cle))}
          libelle={<>Rapporteur{pour(x)}</>}
          facultatif
          autoComplete="off"
          valeur={p.champs[champRapporteur(x.cle)] ?? x.rapporteur ?? ''}
        />
      </div>
    ),
  });
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Préparer une séance"
        surtitre={i.nom}
        chapo="Choisissez la date, cochez ce que la séance traitera : vous l’ordonnerez à l’écran suivant."
      />
      <Form action={`/instances/${i.id}/seances/nouvelle`}>
        <TextInput {...champ('titre')} libelle="Titre" />
        <Radios
          nom="choix"
          legende="Date"
          valeur={valeur('choix')}
          options={[
            {
              valeur: 'fixe',
              libelle: 'Je fixe la date',
              contenu: (
                <div className="c-cote-a-cote">
                  <DateInput {...champ('jour')} libelle="Jour" min={p.aujourdhui} />
                  <TextInput {...champ('heure')} libelle="Heure" type="time" largeur={5} />
                </div>
              ),
            },
            {
              valeur: 'sondage',
              libelle: 'Je propose plusieurs dates aux membres',
              aide: 'Ils reçoivent un message et répondent sans compte. Vous choisirez ensuite.',
              contenu: [1, 2, 3, 4].map((n) => (
                <div className="c-cote-a-cote" key={n}>
                  <DateInput
                    nom={`jour_${n}`}
                    libelle={`Date ${n}`}
                    valeur={valeur(`jour_${n}`)}
                    erreur={erreurDe(p.erreurs, `jour_${n}`)}
                    min={p.aujourdhui}
                  />
                  <TextInput
                    nom={`heure_${n}`}
                    libelle={`Heure de la date ${n}`}
                    type="time"
                    largeur={5}
                    valeur={p.champs[`heure_${n}`] ?? i.heure}
                    erreur={erreurDe(p.erreurs, `heure_${n}`)}
                  />
                </div>
              )),
            },
          ]}
        />
        <JourApres erreurs={p.erreurs} jour={p.champs.jour} />
        <TextInput {...champ('duree_minutes')} libelle="Durée" suffixe="minutes" largeur={4} inputMode="numeric" />
        <MotsDuCadre champ={champ} parmi={(nom) => 'aLaCreation' in MOTS_DU_CADRE[nom]} />
        <Section titre="Ordre du jour">
          {p.recurrents.length > 0 && (
            <p className="govuk-body">Déjà à l’ordre du jour, parce que cela revient : {enumerer(p.recurrents.map((x) => x.titre))}.</p>
          )}
          {p.choisies.length === 0 ? (
            <EmptyState titre="Rien d’ouvert">Aucune décision en retard, aucun chiffre ni engagement à examiner : écrivez vos points ci-dessous.</EmptyState>
          ) : (
            <Checkboxes nom="points" legende="Ce qui attend, le plus pressant d’abord" petit valeurs={p.coches} options={p.choisies.map(option)} />
          )}
          {p.autres > 0 && (
            <p className="govuk-body-s c-note">
              {pluriel(p.autres, 'autre point possible se cherche', 'autres points possibles se cherchent')} à l’écran suivant.
            </p>
          )}
          <Textarea
            {...champ('libres')}
            libelle="Vos points"
            aide="Un point par ligne. Pour sa durée et son rapporteur : Éclairage du square ; 15 ; Mme Durand"
            lignes={3}
            max={4000}
            facultatif
          />
        </Section>
        <ActionBar>
          <Button>Créer la séance</Button>
          <a className="govuk-link" href={`/instances/${i.id}`}>
            Annuler
          </a>
        </ActionBar>
      </Form>
    </>
  );
}
