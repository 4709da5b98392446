/** The fields of a report, for the public form (a few at a time) and for those who take it down (all at once). */
import { Checkboxes, Radios } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { type Categorie, type Circuit, estMuet, type Question } from '../../circuits/circuit.schema.ts';
import { useMots } from '../../langues/Langue.ts';
import { type Mots, remplir } from '../../langues/mots.rules.ts';
import { champDe, dit, type Saisie } from '../saisie.rules.ts';

export interface ChampsProps {
  circuit: Circuit;
  saisie: Saisie;
  erreurs: readonly ErreurDeChamp[];
}
export interface Quartier {
  valeur: string;
  libelle: string;
  groupe?: string;
}

export const ChampQuoi = ({ circuit, saisie, erreurs }: ChampsProps) => (
  <Radios
    nom="categorie"
    legende={useMots().quoi}
    valeur={dit(saisie, 'categorie')}
    erreur={erreurDe(erreurs, 'categorie')}
    options={circuit.categories.map((k) => ({ valeur: k.code, libelle: k.libelle, aide: k.aide }))}
  />
);

const heures = (m: Mots) => Array.from({ length: 24 }, (_, h) => ({ valeur: String(h), libelle: remplir(m.entreHeures, { de: h, a: (h + 1) % 24 }) }));

export function ChampsDuLieu({ circuit, saisie, erreurs, quartiers, aujourdhui }: ChampsProps & { quartiers: readonly Quartier[]; aujourdhui: string }) {
  const m = useMots();
  return (
    <>
      {circuit.lieu === 'point' && (
        <TextInput
          nom="adresse"
          libelle={m.ou}
          aide={m.ouAide}
          valeur={dit(saisie, 'adresse')}
          erreur={erreurDe(erreurs, 'adresse')}
          autoComplete="off"
          attributs={{ maxLength: 200 }}
        />
      )}
      {circuit.lieu === 'point' && (
        <TextInput nom="point" libelle={m.point} aide={m.pointAide} valeur={dit(saisie, 'point')} erreur={erreurDe(erreurs, 'point')} largeur={20} facultatif />
      )}
      {circuit.lieu !== 'aucun' && (
        <Select
          nom="territoire"
          libelle={m.quartier}
          vide={m.choisissez}
          valeur={dit(saisie, 'territoire')}
          erreur={erreurDe(erreurs, 'territoire')}
          options={quartiers}
        />
      )}
      <DateInput
        nom="jour"
        libelle={circuit.debut ?? m.jour}
        aide={circuit.debut ? 'Le délai court de ce jour.' : undefined}
        valeur={dit(saisie, 'jour') || aujourdhui}
        max={aujourdhui}
        erreur={erreurDe(erreurs, 'jour')}
      />
      {!estMuet(circuit) && (
        <Select
          nom="heure"
          libelle={m.heure}
          vide={m.jeNeSaisPas}
          valeur={dit(saisie, 'heure')}
          erreur={erreurDe(erreurs, 'heure')}
          options={heures(m)}
          facultatif
        />
      )}
    </>
  );
}

/** Enough to find what is there already. */
export const ChampsDeRecherche = ({ saisie, quartiers }: Pick<ChampsProps, 'saisie'> & { quartiers: readonly Quartier[] }) => (
  <>
    <TextInput
      nom="adresse"
      libelle="Où est-ce ?"
      aide="Ce qui est déjà signalé là est cherché avant que vous n’alliez plus loin."
      valeur={dit(saisie, 'adresse')}
      autoComplete="off"
      attributs={{ maxLength: 200 }}
      facultatif
    />
    <Select nom="territoire" libelle="Dans quel quartier ?" vide="Choisissez" valeur={dit(saisie, 'territoire')} options={quartiers} facultatif />
  </>
);

function ChampDeQuestion({ q, saisie, erreurs }: { q: Question; saisie: Saisie; erreurs: readonly ErreurDeChamp[] }) {
  const nom = champDe(q);
  const commun = { nom, erreur: erreurDe(erreurs, nom), aide: q.aide, facultatif: !q.obligatoire };
  if (q.type === 'choix')
    return <Radios {...commun} legende={q.libelle} valeur={dit(saisie, nom)} options={q.options.map((o) => ({ valeur: o.code, libelle: o.libelle }))} />;
  if (q.type === 'plusieurs')
    return <Checkboxes {...commun} legende={q.libelle} valeurs={saisie[nom] ?? []} options={q.options.map((o) => ({ valeur: o.code, libelle: o.libelle }))} />;
  return (
    <TextInput
      {...commun}
      libelle={q.libelle}
      valeur={dit(saisie, nom)}
      {...(q.type === 'nombre' ? { type: 'number', inputMode: 'numeric', largeur: 5 } : {})}
    />
  );
}

export const ChampsDeQuestions = ({ categorie, saisie, erreurs }: Omit<ChampsProps, 'circuit'> & { categorie: Categorie }) =>
  categorie.questions.map((q) => <ChampDeQuestion key={q.code} q={q} saisie={saisie} erreurs={erreurs} />);

export function ChampsDesFaits({ circuit, categorie, saisie, erreurs }: ChampsProps & { categorie: Categorie }) {
  const m = useMots();
  return (
    <>
      <ChampsDeQuestions categorie={categorie} saisie={saisie} erreurs={erreurs} />
      {circuit.texte && (
        <Textarea
          nom="texte"
          libelle={circuit.texte.libelle}
          aide={`${circuit.texte.aide ? `${circuit.texte.aide} ` : ''}${m.texteAide}`}
          valeur={dit(saisie, 'texte')}
          erreur={erreurDe(erreurs, 'texte')}
          max={circuit.texte.max}
          facultatif={!circuit.texte.obligatoire}
        />
      )}
      {/* What was flagged and is sent again unchanged is meant. */}
      {circuit.texte && erreurs.some((e) => e.champ === 'texte') && <input type="hidden" name="texte_vu" value={dit(saisie, 'texte').replace(/\r\n/g, '\n')} />}
    </>
  );
}

export function ChampCourriel({ saisie, erreurs, pourAutrui = false }: Omit<ChampsProps, 'circuit'> & { pourAutrui?: boolean }) {
  const m = useMots();
  return (
    <TextInput
      nom="courriel"
      type="email"
      libelle={pourAutrui ? 'Adresse électronique de la personne qui signale' : m.courriel}
      aide={m.courrielAide}
      valeur={dit(saisie, 'courriel')}
      erreur={erreurDe(erreurs, 'courriel')}
      autoComplete="email"
      facultatif
    />
  );
}
