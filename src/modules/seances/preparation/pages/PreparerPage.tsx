import { enTextes, masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../../ui/FileUpload.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { duree, pluriel } from '../../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { TeteDePoint } from './TeteDePoint.tsx';
import { NOMS_DES_MOTS } from '../cadre.ts';
import { JourApres } from './JourApres.tsx';
import { MotsDuCadre } from './MotsDuCadre.tsx';
import { type Catalogue, optionsDeFiches } from '../../../contrats/index.ts';
import type { Instance } from '../../../instances/index.ts';
import type { Participant, Point, Seance } from '../../seances.queries.ts';
import { DossierDePoint } from '../../pages/DossierDePoint.tsx';
import { EnteteSeance } from '../../pages/EnteteSeance.tsx';
import { cadreEnregistre, pointEnregistre } from '../preparation.formulaires.ts';
import type { Proposition } from '../propositions.rules.ts';
import type { Ecarte } from '../recurrents.queries.ts';
import type { Document } from '../documents.queries.ts';
import type { DateProposee } from '../seances.queries.ts';
import { Documents } from './Documents.tsx';
import { PointsEcartes } from './PointsEcartes.tsx';
import { ChoisirDate } from './ChoisirDate.tsx';

export interface PreparerPageProps {
  seance: Seance;
  instance: Instance;
  catalogue: Catalogue;
  tient: boolean;
  /** With the sheet as it stands today, or as it was frozen. */
  points: readonly Point[];
  ecartes: readonly Ecarte[];
  participants: readonly Participant[];
  documents: readonly Document[];
  dates: readonly DateProposee[];
  /** What may still be taken up, as it was looked for. */
  propositions: readonly Proposition[];
  enTout: number;
  cherche: string;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  aujourdhui: string;
}

export function PreparerPage(p: PreparerPageProps) {
  const { seance: s } = p;
  const total = p.points.reduce((t, x) => t + x.minutes, 0);
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <EnteteSeance seance={s} instance={p.instance} catalogue={p.catalogue} ici="preparer" tient={p.tient} />
      {s.jour === null && p.dates.length > 0 && <ChoisirDate {...p} />}
      <Section titre="Ordre du jour" id="ordre-du-jour">
        <p className="govuk-body">
          {pluriel(p.points.length, 'point')}, {duree(total)} sur {duree(s.dureeMinutes)}.
          {total > s.dureeMinutes && <strong> L’ordre du jour dépasse la durée prévue.</strong>}
        </p>
        {p.points.length === 0 ? (
          <EmptyState titre="Ordre du jour vide">Ajoutez un point ci-dessous, ou prenez-en un parmi ce qui est ouvert.</EmptyState>
        ) : (
          <OrdreDuJour {...p} />
        )}
        <PointsEcartes ecartes={p.ecartes} />
        <Ajouts {...p} />
      </Section>
      <Section titre="Documents" id="documents">
        <Documents documents={p.documents} points={p.points} base={`/seances/${s.id}`} retirer />
        <Details resume="Ajouter un document" ouvert={p.erreurs.some((e) => e.champ === 'fichier')}>
          <Form action={`/seances/${s.id}/documents`} fichiers>
            <FileUpload
              nom="fichier"
              libelle="Fichier"
              aide="25 Mo au plus. Les membres l’ouvrent depuis leur convocation."
              erreur={erreurDe(p.erreurs, 'fichier')}
            />
            <TextInput nom="titre" id="document-titre" libelle="Titre du document" facultatif aide="À défaut, le nom du fichier." />
            <Select nom="point" libelle="Pour le point" vide="toute la séance" options={p.points.map((x) => ({ valeur: x.id, libelle: x.titre }))} />
            <Button variante="secondaire">Ajouter le document</Button>
          </Form>
        </Details>
      </Section>
      <Section titre="Date, lieu et mot d’accompagnement" id="cadre">
        <Details
          resume={s.etat === 'convoquee' ? 'Déplacer ou modifier la séance' : 'Modifier'}
          ouvert={p.erreurs.some((e) => ['titre', 'jour', 'heure', 'confirme_jour', 'duree_minutes', ...NOMS_DES_MOTS].includes(e.champ))}
        >
          {s.etat === 'convoquee' && (
            <InsetText>Changer la date, l’heure, la durée ou le lieu prévient tout de suite les membres et remet leurs réponses à zéro.</InsetText>
          )}
          <Cadre {...p} />
        </Details>
      </Section>
      <ButtonGroup>
        {s.jour !== null && p.points.length > 0 && (
          <LinkButton href={`/seances/${s.id}/convoquer`}>{s.etat === 'convoquee' ? 'Renvoyer la convocation' : 'Convoquer'}</LinkButton>
        )}
        <LinkButton variante="secondaire" href={`/seances/${s.id}/annuler`}>
          Annuler la séance
        </LinkButton>
      </ButtonGroup>
    </>
  );
}

/** One form orders, whatever moves the items: the buttons, or the drag of the island. */
function OrdreDuJour(p: PreparerPageProps) {
  const base = `/seances/${p.seance.id}`;
  return (
    <>
      <Form action={`${base}/ordre`} id="ordre">
        <p className="govuk-visually-hidden" aria-live="polite" data-ordre-annonce="" />
      </Form>
      <ol className="c-odj" data-ordre="ordre">
        {p.points.map((x, rang) => (
          <li key={x.id} id={`point-${x.id}`} className="c-odj__point" data-ordre-point={x.id}>
            <TeteDePoint point={x} rang={rang} catalogue={p.catalogue}>
              <div className="c-odj__actes">
                <Button formulaire="ordre" nom="deplacer" valeur={`${x.id}:haut`} variante="discret" petit desactive={rang === 0}>
                  Monter<span className="govuk-visually-hidden"> {x.titre}</span>
                </Button>
                <Button formulaire="ordre" nom="deplacer" valeur={`${x.id}:bas`} variante="discret" petit desactive={rang === p.points.length - 1}>
                  Descendre<span className="govuk-visually-hidden"> {x.titre}</span>
                </Button>
              </div>
            </TeteDePoint>
            {x.dossier && (
              <Details resume={<>Fiche du point{x.dossier.retire ? ' (retiré depuis)' : ''}</>} ouvert={x.dossier.retire === true}>
                <DossierDePoint dossier={x.dossier} id={x.id} fige={p.seance.convoqueeLe !== null} />
              </Details>
            )}
            <Details resume="Modifier ou enlever" ouvert={p.champs.point_modifie === x.id}>
              <ModifierPoint {...p} point={x} />
            </Details>
          </li>
        ))}
      </ol>
    </>
  );
}

function ModifierPoint(p: PreparerPageProps & { point: Point }) {
  const { point: x } = p;
  const base = `/seances/${p.seance.id}/points/${x.id}`;
  const ici = p.champs.point_modifie === x.id;
  const depart = enTextes(pointEnregistre(x).champs);
  const champ = (nom: string) => ({
    nom,
    id: `${nom}-${x.id}`,
    valeur: (ici ? p.champs[nom] : depart[nom]) ?? '',
    erreur: ici ? erreurDe(p.erreurs, nom) : undefined,
  });
  return (
    <>
      <Form action={`${base}/modifier`} masques={masquesDeVersion(pointEnregistre(x), ici ? p.champs : {})}>
        <ChampsPoint champ={champ} catalogue={p.catalogue} />
        <Button variante="secondaire" petit>
          Enregistrer le point
        </Button>
      </Form>
      <Form action={`${base}/retirer`} masques={masquesDeVersion(pointEnregistre(x))}>
        {x.genre === 'recurrent' && (
          <TextInput {...champ('motif')} libelle="Pourquoi l’écarter cette fois" aide="Ce point revient de lui-même. Les membres lisent la raison." />
        )}
        <Button variante="discret" petit>
          Enlever de l’ordre du jour<span className="govuk-visually-hidden"> : {x.titre}</span>
        </Button>
      </Form>
    </>
  );
}

type Champ = (nom: string) => { nom: string; id: string; valeur: string; erreur: string | undefined };
function ChampsPoint({ champ, catalogue }: { champ: Champ; catalogue: Catalogue }) {
  return (
    <>
      <TextInput {...champ('titre')} libelle="Titre du point" />
      <div className="c-cote-a-cote">
        <TextInput {...champ('minutes')} libelle="Durée du point" suffixe="minutes" largeur={3} inputMode="numeric" />
        <TextInput {...champ('rapporteur')} libelle="Rapporteur" facultatif />
        <Select {...champ('fiche')} libelle="Fiche" vide="aucune" options={optionsDeFiches(catalogue)} />
      </div>
      <Textarea {...champ('expose')} libelle="Ce qu’il faut savoir" lignes={3} max={4000} facultatif />
    </>
  );
}

function Ajouts(p: PreparerPageProps) {
  const base = `/seances/${p.seance.id}/points`;
  const neuf =
    p.champs.point_modifie === undefined &&
    p.erreurs.some((e) => ['titre', 'minutes', 'fiche', 'expose', 'rapporteur'].includes(e.champ)) &&
    p.champs.minutes !== undefined &&
    p.champs.duree_minutes === undefined;
  const champ = (nom: string) => ({
    nom,
    id: `${nom}-nouveau`,
    valeur: (neuf ? p.champs[nom] : nom === 'minutes' ? '10' : '') ?? '',
    erreur: neuf ? erreurDe(p.erreurs, nom) : undefined,
  });
  return (
    <>
      <Details resume="Ajouter un point" ouvert={neuf}>
        <Form action={base}>
          <ChampsPoint champ={champ} catalogue={p.catalogue} />
          <Button variante="secondaire">Ajouter ce point</Button>
        </Form>
      </Details>
      {p.enTout > 0 && <Propositions {...p} base={base} />}
    </>
  );
}

const MONTREES = 10;
/** What else could be dealt with: looked for by its words, a few at a time. */
function Propositions(p: PreparerPageProps & { base: string }) {
  const reste = p.propositions.length - MONTREES;
  return (
    <Details id="propositions" resume={pluriel(p.enTout, 'autre point possible', 'autres points possibles')} ouvert={p.cherche !== ''}>
      <Form action={`/seances/${p.seance.id}/preparer#propositions`} methode="get" classe="c-recherche-locale">
        <TextInput nom="q" libelle="Chercher un point" aide="Un mot, ou le numéro d’une fiche." valeur={p.cherche} largeur={20} type="search" />
        <Button variante="secondaire" petit>
          Chercher
        </Button>
      </Form>
      {p.propositions.length === 0 && <p className="govuk-body">Rien d’ouvert ne porte ces mots.</p>}
      <ul className="govuk-list c-odj-propositions">
        {p.propositions.slice(0, MONTREES).map((x) => (
          <li key={x.cle}>
            <Form action={p.base} masques={{ cle: x.cle }}>
              <span>
                <strong>{x.titre}</strong> <span className="c-note">{x.raison}</span>
              </span>
              <Button variante="discret" petit>
                Ajouter<span className="govuk-visually-hidden"> {x.titre}</span>
              </Button>
            </Form>
          </li>
        ))}
      </ul>
      {reste > 0 && <p className="govuk-body-s c-note">Et {pluriel(reste, 'autre')} : précisez la recherche.</p>}
    </Details>
  );
}

function Cadre(p: PreparerPageProps) {
  const { seance: s } = p;
  const depart = enTextes(cadreEnregistre(s).champs);
  const ici = p.champs.duree_minutes !== undefined;
  const champ = (nom: string) => ({ nom, valeur: (ici ? p.champs[nom] : depart[nom]) ?? '', erreur: ici ? erreurDe(p.erreurs, nom) : undefined });
  return (
    <Form action={`/seances/${s.id}/cadre`} masques={masquesDeVersion(cadreEnregistre(s), ici ? p.champs : {})}>
      <TextInput {...champ('titre')} libelle="Titre de la séance" />
      <div className="c-cote-a-cote">
        {s.jour !== null && (
          <>
            <DateInput {...champ('jour')} libelle="Jour" min={p.aujourdhui} />
            <TextInput {...champ('heure')} libelle="Heure" type="time" largeur={5} />
          </>
        )}
        <TextInput {...champ('duree_minutes')} libelle="Durée de la séance" suffixe="minutes" largeur={4} inputMode="numeric" />
      </div>
      {ici && <JourApres erreurs={p.erreurs} jour={p.champs.jour} />}
      <MotsDuCadre champ={champ} />
      <Button variante="secondaire">Enregistrer</Button>
    </Form>
  );
}
