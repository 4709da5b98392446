import type { ReactNode } from 'react';
import { abreger } from '../../../../core/couper.ts';
import { type Colonne, Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { enumerer } from '../../../../ui/typographie.ts';
import type { EtatLigne, LigneDeLot, Lot } from '../../activite.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import type { Contenu } from '../../registres.rules.ts';
import { cleTexte, nombreEcrit } from '../../valeurs.rules.ts';
import { valeurDeColonne } from '../cellules.rules.ts';
import { colonnesDeFichier, type ErreurDeCellule } from '../colonnes.rules.ts';

export const LIGNES: Readonly<Record<EtatLigne, string>> = { nouvelle: 'Nouvelle', corrigee: 'Corrigée', connue: 'Déjà connue', erreur: 'À corriger' };
const TONS = { nouvelle: 'vert', corrigee: 'laiton', connue: 'neutre', erreur: 'garance' } as const;
/** Longer texts are cut, with the whole within reach. */
const COURT = 70;

interface ApercuProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  lot: Lot;
  lignes: readonly LigneDeLot[];
  base: string;
}

/** The rows as they will be published, one column for each field of the register, in its order. */
export function Apercu(p: ApercuProps) {
  const { d, lot } = p;
  const rangs = new Map(lot.entetes.flatMap((e, i) => (e.cle === null ? [] : [[e.cle, i] as const])));
  const champs = colonnesDeFichier(d).map((c): Colonne<LigneDeLot> => {
    const nombre = d.champs.some((x) => `donnees.${x.code}` === c.cle && x.type === 'nombre');
    const brut = (l: LigneDeLot) => (rangs.has(c.cle) ? (l.cellules[rangs.get(c.cle) ?? 0] ?? '') : (lot.constantes[c.cle] ?? '')).trim();
    return { cle: c.cle, titre: c.libelle, numerique: nombre, cellule: (l) => <CelluleLue {...p} cle={c.cle} brut={brut(l)} ligne={l} /> };
  });
  return (
    <Table
      legende="Lignes du fichier, telles qu’elles seront publiées"
      legendeMasquee
      dense
      forme="large"
      lignes={p.lignes}
      cle={(l) => String(l.numero)}
      vide={<p className="govuk-body">Aucune ligne.</p>}
      colonnes={[{ cle: 'numero', titre: 'Ligne', entete: true, cellule: (l) => <Numero {...p} ligne={l} /> }, ...champs]}
    />
  );
}

function Numero({ d, lot, base, ligne: l }: ApercuProps & { ligne: LigneDeLot }) {
  const reste = l.erreurs.filter((e) => !estDUneColonne(e));
  return (
    <div className="c-apercu__ligne">
      <span>
        <span className="c-apercu__mot">Ligne </span>
        {l.numero}
      </span>{' '}
      <Tag ton={TONS[l.etat]}>{LIGNES[l.etat]}</Tag>
      {l.revueLe !== null && <span className="govuk-hint c-apercu__note">corrigée à l’écran par {l.revuePar}</span>}
      {l.erreurs.length > reste.length && (
        <span className="c-faute__message">{enumerer([...new Set(l.erreurs.filter(estDUneColonne).map((e) => e.colonne))])}</span>
      )}
      {reste.map((e) => (
        <span key={e.message} className="c-faute__message">
          {e.message}
        </span>
      ))}
      {lot.etat === 'prepare' && (l.etat === 'erreur' || l.revueLe !== null || l.avertissements.length > 0) && (
        <a className="govuk-link" href={`${base}/lignes/${l.numero}`}>
          Corriger<span className="govuk-visually-hidden"> la ligne {l.numero}</span>
        </a>
      )}
      {lot.etat !== 'prepare' && l.activiteId && l.etat !== 'erreur' && (
        <a className="govuk-link" href={`/registres/${d.code}/${l.activiteId}`}>
          Ouvrir<span className="govuk-visually-hidden"> l’enregistrement de la ligne {l.numero}</span>
        </a>
      )}
    </div>
  );
}
const estDUneColonne = (e: ErreurDeCellule): boolean => e.champ !== undefined;

function CelluleLue({ d, rep, cle, brut, ligne: l }: ApercuProps & { cle: string; brut: string; ligne: LigneDeLot }): ReactNode {
  const fautes = l.erreurs.filter((e) => e.champ === cle);
  const avertis = l.avertissements.filter((e) => e.champ === cle);
  // A row in error publishes nothing: its cells are shown as they were written.
  const montre = l.etat === 'erreur' || l.contenu === null ? brut : dire(valeurDeColonne(d, rep, cle, l.contenu, l.idExterne));
  if (fautes.length > 0)
    return (
      <div className="c-faute">
        <span className="c-faute__brut">{montre === '' ? <em>vide</em> : <Texte texte={montre} />}</span>
        {fautes.map((e) => (
          <span key={e.message} className="c-faute__message">
            <span className="govuk-visually-hidden">Erreur : </span>
            {e.message}
          </span>
        ))}
      </div>
    );
  const autrement = l.contenu !== null && l.etat !== 'erreur' && NOMS.has(cle) && brut !== '' && cleTexte(brut) !== cleTexte(montre);
  const avant = l.avant && l.etat === 'corrigee' ? dire(valeurDeColonne(d, rep, cle, l.avant as Contenu, l.idExterne)) : montre;
  if (!autrement && avant === montre && avertis.length === 0) return montre === '' ? null : <Texte texte={montre} />;
  return (
    <div>
      <Texte texte={montre === '' ? 'vide' : montre} />
      {avant !== montre && (
        <span className="govuk-hint c-apercu__note">
          remplace <del>{avant === '' ? 'vide' : court(avant)}</del>
        </span>
      )}
      {autrement && <span className="govuk-hint c-apercu__note">écrit « {court(brut)} »</span>}
      {avertis.map((e) => (
        <span key={e.message} className="c-avertie__message">
          <strong>À vérifier :</strong> {e.message}
        </span>
      ))}
    </div>
  );
}
/** Found in the directory of the contract by another way of writing them: the name that was taken is shown. */
const NOMS: ReadonlySet<string> = new Set(['territoire_id', 'organisation_id']);
const dire = (v: string | number | null): string => (typeof v === 'number' ? nombreEcrit(v) : (v ?? ''));
const court = (t: string): string => abreger(t, COURT);

function Texte({ texte }: { texte: string }) {
  if (texte.length <= COURT) return texte;
  return (
    <details className="c-suite">
      <summary>{court(texte)}</summary>
      <div className="c-suite__texte">{texte}</div>
    </details>
  );
}
