/** How one field of a definition is shown: to read, and to enter. */
import type { ReactNode } from 'react';
import { Radios } from '../../ui/Choices.tsx';
import { DateInput } from '../../ui/DateInput.tsx';
import { Fieldset } from '../../ui/Fieldset.tsx';
import { Select } from '../../ui/Select.tsx';
import { Table } from '../../ui/Table.tsx';
import { Textarea } from '../../ui/Textarea.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../ui/types.ts';
import { erreurDe } from '../../ui/types.ts';
import { nombre } from '../../ui/typographie.ts';
import { type Brut, rangsDe, un } from './brut.rules.ts';
import { EntreeActeur } from './saisie/pages/Cherche.tsx';
import type { Champ, ChampLignes, DefinitionRegistre } from './definition.ts';
import type { Choix } from './liens/liens.ts';
import { EntreeLien } from './liens/pages/EntreeLien.tsx';
import { direCible } from './liens/liens.rules.ts';
import { EntreeLieu, LieuDit } from './lieux/pages/EntreeLieu.tsx';
import type { Repertoire } from './registres.repertoire.ts';
import { ETAPES } from './etapes/etapes.rules.ts';
import { type Etape, type LigneRepetee, champDe } from './registres.rules.ts';
import { dateCourte, direOption, ecrireChamp, libelleOption, offertes } from './valeurs.rules.ts';

export const nomActeur = (rep: Repertoire, id: string): string => rep.acteurs.get(id)?.nom ?? id;
export const nomTerritoire = (rep: Repertoire, id: string): string => rep.territoires.get(id)?.nom ?? id;
/** « 18e », where a sentence has no room for the whole name. */
export const nomCourt = (rep: Repertoire, id: string): string => rep.territoires.get(id)?.alias[0] || nomTerritoire(rep, id);

export const estVide = (v: unknown): boolean => v === undefined || v === null || v === '';
const INCONNU = <span className="govuk-hint">non renseigné</span>;

export function Valeur({ champ: c, valeur: v, rep }: { champ: Champ; valeur: unknown; rep: Repertoire }): ReactNode {
  if (estVide(v)) return INCONNU;
  if (c.type === 'lignes' && Array.isArray(v))
    return (
      <Table<LigneRepetee & { rang?: string }>
        legende={c.libelle}
        legendeMasquee
        dense
        colonnes={c.colonnes.map((col) => ({
          cle: col.code,
          titre: col.libelle,
          numerique: col.type === 'nombre',
          cellule: (l) => {
            const lue = l[col.code] ?? '';
            if (typeof lue === 'number') return nombre(lue, 2);
            const x = lue;
            if (col.type === 'nombre') return x;
            if (col.type === 'liste') return libelleOption(col, x);
            if (col.type === 'date') return x === '' ? '' : dateCourte(x);
            return col.format === 'adresse-web' && x !== '' ? <AdresseWeb adresse={x} /> : x;
          },
        }))}
        lignes={v.map((l, i) => ({ ...(l as LigneRepetee), rang: String(i) }))}
        cle={(l) => l.rang ?? ''}
      />
    );
  if (c.type === 'texte' && c.format === 'adresse-web') return <AdresseWeb adresse={String(v)} />;
  if (c.type === 'lien') return <CibleDite id={String(v)} rep={rep} />;
  if (c.type === 'nombre' && typeof v === 'number') return `${nombre(v, 2)}\u00a0${c.unite}`;
  if (c.type === 'lieu') return <LieuDit cle={String(v)} rep={rep} />;
  return ecrireChamp(c, v, (id) => nomActeur(rep, id));
}

/** Where it leads is read before it is followed. */
export function AdresseWeb({ adresse, libelle }: { adresse: string; libelle?: string }) {
  return (
    <a className="govuk-link" href={adresse} rel="noreferrer">
      {libelle ?? adresse.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '')}
    </a>
  );
}

function CibleDite({ id, rep }: { id: string; rep: Repertoire }) {
  const cible = rep.cibles?.get(id);
  if (!cible?.lisible) return <span className="govuk-hint">{direCible(cible)}</span>;
  return (
    <>
      <a className="govuk-link" href={`/registres/${cible.registre}/${cible.id}`}>
        {cible.titre}
      </a>
      , {dateCourte(cible.jour)}
      {cible.statut === 'retire' && ' (retiré depuis)'}
    </>
  );
}

/** A value of a version, common fields included, as one line of text: history and conflicts. */
export function direValeur(d: DefinitionRegistre, rep: Repertoire, champ: string, v: unknown): string {
  if (v === null || v === undefined || v === '' || (Array.isArray(v) && v.length === 0)) return 'vide';
  if (champ === 'territoire_id') return nomTerritoire(rep, String(v));
  if (champ === 'organisation_id') return nomActeur(rep, String(v));
  if (champ === 'jour' || champ === 'fin') return dateCourte(String(v));
  const c = champ.startsWith('donnees.') ? champDe(d, champ.slice(8)) : undefined;
  if (champ === 'etape') return ETAPES[v as Etape] ?? String(v);
  if (c) return ecrireChamp(c, v, (id) => nomActeur(rep, id), rep);
  return Array.isArray(v) ? v.join(', ') : String(v);
}

const COMMUNS: Readonly<Record<string, string>> = {
  titre: 'Titre',
  territoire_id: 'Territoire',
  adresse: 'Adresse',
  lon: 'Longitude',
  lat: 'Latitude',
  commentaire: 'Commentaire',
  fiches: 'Fiches',
  lignes: 'Lignes d’action',
  etape: 'Étape',
  annulation: 'Motif de l’annulation',
};
export function libelleChamp(d: DefinitionRegistre, champ: string): string {
  if (champ === 'jour') return d.jour;
  if (champ === 'fin') return d.fin ?? 'Fin';
  if (champ === 'organisation_id') return d.organisation;
  return COMMUNS[champ] ?? champDe(d, champ.replace('donnees.', ''))?.libelle ?? champ;
}

interface EntreeProps {
  champ: Champ;
  brut: Brut;
  erreurs: readonly ErreurDeChamp[];
  rep: Repertoire;
  /** Empty lines offered after those filled in. */
  lignesVides: number;
  choix: Choix;
}

export function Entree({ champ: c, brut, erreurs, rep, lignesVides, choix }: EntreeProps): ReactNode {
  const nom = `donnees.${c.code}`;
  const commun = { nom, libelle: c.libelle, valeur: un(brut, nom), aide: c.aide, erreur: erreurDe(erreurs, nom), facultatif: !c.obligatoire };
  switch (c.type) {
    case 'liste':
      return (
        <Select
          {...commun}
          options={offertes(c.options, commun.valeur).map((o) => ({ valeur: o.code, libelle: direOption(o) }))}
          vide={c.obligatoire ? 'Choisir' : 'Non renseigné'}
        />
      );
    case 'booleen':
      return (
        <Radios
          nom={nom}
          legende={c.libelle}
          aide={c.aide}
          erreur={commun.erreur}
          facultatif={!c.obligatoire}
          enLigne
          petit
          valeur={commun.valeur}
          options={[{ valeur: 'oui', libelle: 'Oui' }, { valeur: 'non', libelle: 'Non' }, ...(c.obligatoire ? [] : [{ valeur: '', libelle: 'Non renseigné' }])]}
        />
      );
    case 'nombre':
      return <TextInput {...commun} largeur={10} inputMode={c.entier ? 'numeric' : 'decimal'} suffixe={c.unite} />;
    case 'texte':
      return <TextInput {...commun} />;
    case 'texte-long':
      return <Textarea {...commun} lignes={4} max={c.longueurMax} />;
    case 'date':
      return <DateInput {...commun} />;
    case 'acteur':
      return <EntreeActeur {...commun} aide={c.aide ?? 'Écrivez quelques lettres du nom ou du sigle.'} rep={rep} />;
    case 'lien': {
      const siens = choix.get(c.code);
      return siens ? <EntreeLien {...commun} choix={siens} rep={rep} /> : null;
    }
    case 'lieu':
      return <EntreeLieu {...commun} rep={rep} />;
    case 'lignes':
      return <EntreeLignes champ={c} brut={brut} erreur={commun.erreur} vides={lignesVides} />;
  }
}

function EntreeLignes({ champ: c, brut, erreur, vides }: { champ: ChampLignes; brut: Brut; erreur?: string | undefined; vides: number }) {
  const remplis = rangsDe(c, brut).filter((r) => c.colonnes.some((col) => un(brut, `donnees.${c.code}.${r}.${col.code}`) !== ''));
  const suivant = (remplis.at(-1) ?? -1) + 1;
  const rangs = [...remplis, ...Array.from({ length: vides }, (_, i) => suivant + i)];
  return (
    <Fieldset legende={c.libelle} aide={c.aide} erreur={erreur} taille="s" id={`donnees.${c.code}`}>
      {rangs.map((r, i) => (
        <div key={r} className="c-lignes-repetees">
          {c.colonnes.map((col) => {
            const nom = `donnees.${c.code}.${r}.${col.code}`;
            const props = { nom, libelle: `${col.libelle} (ligne ${i + 1})`, valeur: un(brut, nom), facultatif: false };
            if (col.type === 'liste')
              return (
                <Select
                  key={nom}
                  {...props}
                  options={offertes(col.options, props.valeur).map((o) => ({ valeur: o.code, libelle: direOption(o) }))}
                  vide="Choisir"
                />
              );
            if (col.type === 'date') return <DateInput key={nom} {...props} />;
            if (col.type === 'nombre') return <TextInput key={nom} {...props} largeur={5} inputMode={col.entier ? 'numeric' : 'decimal'} />;
            return <TextInput key={nom} {...props} />;
          })}
        </div>
      ))}
    </Fieldset>
  );
}
