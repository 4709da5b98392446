import { ActionBar } from '../../../ui/ActionBar.tsx';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { FileUpload } from '../../../ui/FileUpload.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { formatPeriode, nombre } from '../../../ui/typographie.ts';
import { type Catalogue, TOUT } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { METHODE_MAX } from '../methodes/methodes.rules.ts';
import { ACCEPTE } from '../saisie/document.ts';
import type { Comptee } from '../saisie/comptees.queries.ts';
import { genreDe } from '../saisie/grain.rules.ts';
import { type CadreDeSaisie, manquantes, titreDeSaisie } from '../saisie/saisie.cadre.ts';
import type { Surprise } from '../qualite/surprises.rules.ts';
import { SaisieGrille } from './SaisieGrille.tsx';
import { Surprises } from './Surprises.tsx';

export interface SaisiePageProps {
  cadre: CadreDeSaisie;
  /** Says how it is counted: the form is about one place that counts in one way. */
  notee: boolean;
  catalogue: Catalogue;
  /** What is shown in the fields: the current versions, or what the person had typed. */
  champs: Readonly<Record<string, string>>;
  courantes: ReadonlyMap<string, ValeurCollectee>;
  erreurs: readonly ErreurDeChamp[];
  masques: Readonly<Record<string, string>>;
  /** Figures that break a rule, to be corrected or explained. */
  surprises: readonly Surprise[];
  /** What confidential cells, or a circuit, counted there. */
  comptees: readonly (Comptee & { libelle: string })[];
  /** Just recorded, when the form follows another. */
  faite: string | null;
  /** The organisation of a person who does not answer for what the form is about; empty when they do. */
  pourAutrui: string;
  /** Who locked it, when, and what to do; null when it may be given. */
  fige: string | null;
  /** It was locked: what is given now is published as a rectificatif. */
  rectifie: boolean;
}

/** What cells or a circuit told of the year, beside what is typed: given by itself when nobody gave it, and they were there all year. */
function Comptees({ comptees, catalogue, cadre: k }: SaisiePageProps) {
  if (comptees.length === 0) return null;
  const circuit = k.mesure.prevu?.circuit;
  const dire = (x: Comptee) =>
    x.nombre !== null ? nombre(x.nombre) : circuit ? 'secret : moins de cinq, ce nombre ne sort pas' : 'secret : la cellule ne dit pas ce nombre';
  return (
    <InsetText>
      <p className="govuk-body">
        {circuit ? (
          <>
            Le{' '}
            <a className="govuk-link" href={`/signaler/${circuit.code}/parcours`}>
              circuit
            </a>{' '}
            a compté pour {formatPeriode(k.periode)} ce qui y a été noté, et cela seul. Si personne n’a donné ce chiffre, ce nombre entre seul au nom de{' '}
            {catalogue.nomActeur(circuit.debiteur)}, à valider.
          </>
        ) : (
          <>
            Les cellules ont compté pour {formatPeriode(k.periode)}. Si personne n’a donné ce chiffre, leur nombre entre seul, à valider. Rien d’autre ne sort
            d’une cellule.
          </>
        )}
      </p>
      <ul className="govuk-list govuk-list--bullet">
        {comptees.map((x) => (
          <li key={`${x.territoireId} ${x.ventilation}`}>
            {catalogue.territoires.get(x.territoireId)?.nom ?? x.territoireId}
            {x.ventilation === '' ? '' : `, ${x.libelle}`} : {dire(x)}
            {!x.entiere &&
              (circuit
                ? ' (en partie : le circuit a commencé cette année-là ; ce nombre n’entre pas seul)'
                : ' (en partie : la cellule est entrée ici en cours d’année, ou après ; ce nombre n’entre pas seul)')}
          </li>
        ))}
      </ul>
    </InsetText>
  );
}

export function SaisiePage(p: SaisiePageProps) {
  const { cadre: k, champs, erreurs } = p;
  const m = k.mesure;
  const genre = genreDe(m);
  const simple = k.rangees.length === 1 && k.rangees[0]?.suffixe === '';
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      {p.faite && erreurs.length === 0 && (
        <NotificationBanner titre="Enregistré" ton="succes">
          {`${formatPeriode(p.faite)} est enregistré. Voici la suite.`}
        </NotificationBanner>
      )}
      <PageHeader titre={titreDeSaisie(k, p.courantes)} surtitre={`${m.id} · fiche ${m.fiche}`} chapo={m.libelle} />
      <Choix cadre={k} catalogue={p.catalogue} erreurs={erreurs} />
      {p.fige && erreurs.length === 0 && <WarningText>{p.fige}</WarningText>}
      {p.pourAutrui && (
        <InsetText>{`Vous saisissez pour un autre : la page dira « ${p.catalogue.nomActeur(k.debiteur)}, saisi par ${p.pourAutrui} ». Cet organisme en sera prévenu, pour le confirmer ou le contester.`}</InsetText>
      )}
      <Comptees {...p} />
      {genre === 'texte' && (
        <p className="govuk-body">
          <a
            className="govuk-link"
            href={`/chiffres/recits/${m.id}?${new URLSearchParams({ periode: k.periode, debiteur: k.debiteur, territoire: k.territoire })}`}
          >
            Écrire ce bilan par parties : faits, difficultés, perspectives, signature
          </a>
        </p>
      )}
      <Form action={`/chiffres/${m.id}/saisir`} masques={p.masques} fichiers={genre !== 'nombre'}>
        {simple || genre !== 'nombre' ? (
          <Radios
            nom={`etat${k.rangees[0]?.suffixe ?? ''}`}
            legende={genre === 'document' ? 'Ce document est' : 'Ce chiffre est'}
            valeur={champs[`etat${k.rangees[0]?.suffixe ?? ''}`] || 'valeur'}
            erreur={erreurDe(erreurs, `etat${k.rangees[0]?.suffixe ?? ''}`)}
            options={[
              {
                valeur: 'valeur',
                libelle: genre === 'nombre' ? 'connu : le voici' : genre === 'texte' ? 'connu : voici le bilan' : 'connu : le voici',
                aide: genre === 'nombre' ? 'Un zéro est un chiffre connu : écrivez 0.' : undefined,
              },
              { valeur: 'secret', libelle: 'connu, mais couvert par le secret', aide: 'Il ne sera ni affiché, ni déduit d’un total.' },
              { valeur: 'sans_objet', libelle: 'sans objet', aide: 'La question ne se pose pas pour cette période ou ce territoire.' },
            ]}
          />
        ) : null}
        {genre === 'nombre' && simple && (
          <TextInput
            nom="valeur"
            libelle="Valeur"
            valeur={champs.valeur}
            suffixe={m.unite}
            largeur={10}
            inputMode="decimal"
            erreur={erreurDe(erreurs, 'valeur')}
          />
        )}
        {genre === 'nombre' && !simple && <SaisieGrille cadre={k} champs={champs} erreurs={erreurs} manquantes={manquantes(k, p.courantes)} />}
        {genre !== 'nombre' && <Piece {...p} genre={genre} />}
        <Surprises surprises={p.surprises} erreurs={erreurs} />
        <TextInput
          nom="source"
          libelle="Source"
          aide="Le logiciel, le service ou le comptage dont il vient."
          valeur={champs.source}
          erreur={erreurDe(erreurs, 'source')}
        />
        <Textarea
          nom="commentaire"
          libelle="Commentaire"
          facultatif
          aide="Ce qu’il faut savoir pour le lire. Aucun nom de personne."
          valeur={champs.commentaire}
          lignes={3}
          erreur={erreurDe(erreurs, 'commentaire')}
        />
        {p.notee && (
          <>
            <Textarea
              nom="methode"
              libelle="Comment c’est compté"
              facultatif
              aide="Une phrase : qui compte, quoi, à quel moment. Elle est publiée avec le chiffre et revient la fois suivante. Aucun nom de personne."
              valeur={champs.methode}
              lignes={2}
              max={METHODE_MAX}
              erreur={erreurDe(erreurs, 'methode')}
            />
            <Textarea
              nom="limites"
              libelle="Limites"
              facultatif
              aide="Ce que ce chiffre ne dit pas : ce qui n’est pas compté, ce qui l’est deux fois, ce qui a changé. Publiées avec lui."
              valeur={champs.limites}
              lignes={2}
              max={METHODE_MAX}
              erreur={erreurDe(erreurs, 'limites')}
            />
          </>
        )}
        {p.rectifie && !p.fige && (
          <Textarea
            nom="rectifie"
            libelle="Pourquoi cette correction"
            aide="Cette période a été figée : ce sera un rectificatif, publié avec l’ancienne valeur, la nouvelle et ces mots. Aucun nom de personne."
            valeur={champs.rectifie}
            lignes={2}
            erreur={erreurDe(erreurs, 'rectifie')}
          />
        )}
        <ActionBar>
          <Button>Enregistrer</Button>
          <Button variante="secondaire" nom="suite" valeur="oui">
            Enregistrer et passer au suivant
          </Button>
          <LinkButton variante="discret" href={`/chiffres/${m.id}`}>
            Annuler
          </LinkButton>
        </ActionBar>
      </Form>
    </>
  );
}

/** Which contribution: exactly those that the measure has and that this person may give. */
function Choix({ cadre: k, catalogue: c, erreurs }: Pick<SaisiePageProps, 'cadre' | 'catalogue' | 'erreurs'>) {
  const nom = (id: string) => c.nomActeurA(id, k.territoire === TOUT ? null : k.territoire);
  const { periodes, debiteurs, territoires } = k.choix;
  // The name of who is found in each place holds the place.
  const ici = c.acteurs.get(k.debiteur)?.local ? '' : ` · ${c.territoires.get(k.territoire)?.nom ?? ''}`;
  const ou = k.territoire === TOUT ? ' · tous les territoires' : ici;
  return (
    <Form action={`/chiffres/${k.mesure.id}/saisir`} methode="get" classe="c-choix-de-saisie">
      <Select
        nom="periode"
        libelle="Période"
        valeur={k.periode}
        options={periodes.map((x) => ({ valeur: x, libelle: formatPeriode(x) }))}
        erreur={erreurDe(erreurs, 'periode')}
      />
      {debiteurs.length > 1 ? (
        <Select
          nom="debiteur"
          libelle="Au nom de"
          valeur={k.debiteur}
          options={debiteurs.map((x) => ({ valeur: x, libelle: c.nomActeur(x) }))}
          erreur={erreurDe(erreurs, 'debiteur')}
        />
      ) : (
        <input type="hidden" name="debiteur" value={k.debiteur} />
      )}
      {territoires.length > 1 ? (
        <Select
          nom="territoire"
          libelle="Territoire"
          valeur={k.territoire}
          options={territoires.map((t) => ({ valeur: t, libelle: t === TOUT ? 'tous, dans une grille' : (c.territoires.get(t)?.nom ?? t) }))}
          erreur={erreurDe(erreurs, 'territoire')}
        />
      ) : (
        <input type="hidden" name="territoire" value={k.territoire} />
      )}
      <Button variante="secondaire">Ouvrir</Button>
      <p className="govuk-body c-choix-de-saisie__dit">{`${formatPeriode(k.periode)} · ${nom(k.debiteur)}${ou}`}</p>
    </Form>
  );
}

/** What is not a number: a file or a link, its date, its author, and what it says. */
function Piece({ champs, erreurs, courantes, genre }: SaisiePageProps & { genre: 'texte' | 'document' }) {
  const joint = [...courantes.values()].find((v) => v.fichierNom !== null)?.fichierNom;
  return (
    <>
      <Textarea
        nom="texte"
        libelle={genre === 'texte' ? 'Bilan' : 'Ce qu’il montre, en une phrase'}
        valeur={champs.texte}
        lignes={genre === 'texte' ? 10 : 3}
        erreur={erreurDe(erreurs, 'texte')}
      />
      <FileUpload
        nom="fichier"
        libelle="Fichier"
        facultatif
        aide={joint ? `« ${joint} » est joint ; un autre le remplace.` : 'PDF, image ou document de bureautique, 10 Mo au plus. Un lien suffit aussi.'}
        accepte={ACCEPTE}
        erreur={erreurDe(erreurs, 'fichier')}
      />
      <TextInput nom="lien" libelle="Lien" facultatif type="url" valeur={champs.lien} erreur={erreurDe(erreurs, 'lien')} />
      <DateInput nom="document_le" libelle="Date du document" facultatif valeur={champs.document_le} erreur={erreurDe(erreurs, 'document_le')} />
      <TextInput
        nom="document_auteur"
        libelle="Auteur du document"
        aide="Le service qui le signe."
        facultatif
        valeur={champs.document_auteur}
        erreur={erreurDe(erreurs, 'document_auteur')}
      />
    </>
  );
}
