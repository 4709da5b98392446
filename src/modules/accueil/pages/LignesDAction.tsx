import type { ReactNode } from 'react';
import { Details } from '../../../ui/Details.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { accorder, nombre, pluriel } from '../../../ui/typographie.ts';
import { type Action, ancre, type Catalogue, type Fiche, type Ligne } from '../../contrats/index.ts';
import { type AppuiDeLigne, type Appuis, appuiDeLigne } from '../../indicateurs/index.ts';
import { Suite } from './Blocs.tsx';

export interface LignesProps {
  catalogue: Catalogue;
  fiche: Fiche;
  annee: string;
  territoireId: string;
  appuis: Appuis;
  /** What modules say beside each action line. */
  dits: ReadonlyMap<string, readonly ReactNode[]>;
  connecte: boolean;
}

/** One action of the contract, its lines and what supports each. */
export function ActionBloc({ action: a, catalogue, appuis, dits, annee, territoireId, connecte }: LignesProps & { action: Action }) {
  return (
    <div className="c-action" id={ancre(a.id)}>
      {a.type !== 'action' && <h3 className="govuk-heading-s">{a.libelle}</h3>}
      {a.type !== 'action' && <Officiel catalogue={catalogue} id={a.id} />}
      {a.lignes.length > 0 && (
        <ul className="govuk-list c-lignes">
          {a.lignes.map((l) => (
            <LigneBloc
              key={l.id}
              ligne={l}
              catalogue={catalogue}
              appui={appuiDeLigne(appuis, l.id)}
              dits={dits.get(l.id) ?? []}
              annee={annee}
              territoireId={territoireId}
              connecte={connecte}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface LigneBlocProps extends Pick<LignesProps, 'catalogue' | 'annee' | 'territoireId' | 'connecte'> {
  ligne: Ligne;
  appui: AppuiDeLigne;
  dits: readonly ReactNode[];
}
/** What is true of the whole fiche, before its lines. */
export function direAppuis({ fiche: f, appuis, annee }: LignesProps): string {
  const confirmees = f.lignes.filter((l) => appuiDeLigne(appuis, l.id).confirmes > 0).length;
  const n = appuis.fiches.get(f.numero) ?? 0;
  const comptes = n === 0 ? 'aucun enregistrement ne compte' : `${nombre(n)} ${accorder(n, 'enregistrement compte', 'enregistrements comptent')}`;
  const lignes = confirmees === 0 ? 'aucune' : confirmees === 1 ? 'une' : nombre(confirmees);
  const etre = confirmees === 0 ? 'n’est appuyée' : accorder(confirmees, 'est appuyée', 'sont appuyées');
  return `En ${annee}, ${comptes} pour cette fiche ; ${lignes} de ses ${f.lignes.length} lignes d’action ${etre} par un enregistrement confirmé.`;
}

/** Confirmed, counted by a figure, or neither: what is said beside a line never contradicts the figure above. */
function Appui({ appui: a, annee, territoireId }: Pick<LigneBlocProps, 'appui' | 'annee' | 'territoireId'>) {
  if (a.confirmes > 0) return <Tag ton="vert">{pluriel(a.confirmes, 'preuve')}</Tag>;
  if (a.comptePar.length === 0) return <span className="c-ligne__vide">rien n’y est encore relié en {annee}</span>;
  return (
    <span className="c-ligne__vide">
      compté par{' '}
      {a.comptePar.map((m, i) => (
        <span key={m}>
          {i > 0 && ', '}
          <a className="govuk-link" href={`/chiffres/${encodeURIComponent(m)}?periode=${annee}&territoire=${territoireId}`}>
            {m}
          </a>
        </span>
      ))}
      , sans enregistrement relié à cette ligne même
    </span>
  );
}

function LigneBloc({ ligne: l, catalogue, appui, dits, annee, territoireId, connecte }: LigneBlocProps) {
  const preuve = <Appui appui={appui} annee={annee} territoireId={territoireId} />;
  return (
    <li className={`c-ligne c-ligne--niveau-${Math.min(l.niveau, 2)}`} id={l.id === l.action ? undefined : ancre(l.id)}>
      <span className="c-ligne__libelle">{l.libelle}</span>{' '}
      {connecte && appui.confirmes > 0 ? (
        <a className="govuk-link" href={`/registres?ligne=${l.id}&annee=${annee}&territoire=${territoireId}`}>
          {preuve}
          <span className="govuk-visually-hidden"> de {l.libelle}</span>
        </a>
      ) : (
        preuve
      )}
      {dits.length > 0 && ' '}
      <Suite noeuds={dits} />
      <Officiel catalogue={catalogue} id={l.id} />
    </li>
  );
}

/** The signed wording, when its signatories have had it attached. */
export function Officiel({ catalogue, id }: { catalogue: Catalogue; id: string }) {
  const t = catalogue.textes.get(id);
  if (!t) return null;
  return (
    <Details resume="Texte du contrat">
      <blockquote className="govuk-inset-text">
        {t.texte}
        {t.page !== null && <footer>page {t.page}</footer>}
      </blockquote>
    </Details>
  );
}
