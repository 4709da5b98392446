/** On top of every page of a room: what it is, whether it is real, who commands. */
import type { ReactNode } from 'react';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { jourEtHeure } from '../../../ui/typographie.ts';
import type { Chargee } from '../crises.contexte.ts';

export const EXERCICE = 'Exercice : rien de ceci n’est réel';
export const ETATS: Readonly<Record<string, { libelle: string; ton: 'garance' | 'neutre' | 'vert' }>> = {
  ouverte: { libelle: 'Ouverte', ton: 'garance' },
  close: { libelle: 'Close', ton: 'neutre' },
  archivee: { libelle: 'Archivée', ton: 'neutre' },
};
/** Pages of a room, in their order: the end of their address, and their name. */
const ONGLETS: readonly { cle: string; libelle: string }[] = [
  { cle: '', libelle: 'Main courante' },
  { cle: 'taches', libelle: 'Tâches' },
  { cle: 'acteurs', libelle: 'Qui est là' },
  { cle: 'moyens', libelle: 'Moyens' },
  { cle: 'centres', libelle: 'Centres' },
  { cle: 'services', libelle: 'Services' },
  { cle: 'fil', libelle: 'Notes aux mairies' },
  { cle: 'points', libelle: 'Points de situation' },
  { cle: 'exercice', libelle: 'Exercice' },
  { cle: 'retex', libelle: 'Retour d’expérience' },
  { cle: 'bilan', libelle: 'Bilan et suites' },
];

/** `ici`: key of the page in `ONGLETS`. */
function CriseTete({ k, ici }: { k: Chargee; ici: string }) {
  const { crise } = k;
  const etat = ETATS[crise.etat] ?? { libelle: crise.etat, ton: 'neutre' as const };
  return (
    <>
      <div className="c-crise__tete">
        <h1 className="govuk-heading-l c-crise__titre">{crise.titre}</h1>
        <p className="c-crise__quoi">
          <Tag ton={etat.ton}>{etat.libelle}</Tag> {k.type.libelle}, {k.cat.territoires.get(crise.territoireId)?.nom ?? crise.territoireId}
          {crise.lieu && `, ${crise.lieu}`}, depuis le {jourEtHeure(crise.ouverteLe)}
        </p>
      </div>
      {crise.jointeA && (
        <p className="govuk-body">
          Même événement qu’une autre salle :{' '}
          <a className="govuk-link" href={`/crises/${crise.jointeA}`}>
            la suite s’y écrit
          </a>
          .
        </p>
      )}
      <div className="c-crise__barre" id="b-commande">
        <Commande k={k} />
      </div>
      <SubNavigation
        libelle={crise.titre}
        entrees={ONGLETS.filter((o) => o.cle !== 'exercice' || crise.exercice).map((o) => ({
          libelle: o.libelle,
          href: o.cle === '' ? `/crises/${crise.id}` : `/crises/${crise.id}/${o.cle}`,
          actif: o.cle === ici,
        }))}
      />
    </>
  );
}

/** Who commands, always in sight. */
export const Commande = ({ k }: { k: Chargee }) => (
  <p className="c-crise__commande">
    {k.crise.exercice && <Tag ton="laiton">Exercice</Tag>} <span>Commande</span> <strong>{k.commandement?.libelle ?? k.crise.commandement}</strong>
    {k.commandement && `, ${k.commandement.role.charAt(0).toLowerCase()}${k.commandement.role.slice(1)}`}, depuis le {jourEtHeure(k.crise.commandementLe)}
  </p>
);

/** The page of a room: marked on screen and on paper when it is an exercise. */
export function Salle({ k, ici, donnees, children }: { k: Chargee; ici: string; donnees?: Readonly<Record<`data-${string}`, string>>; children: ReactNode }) {
  return (
    <div className={k.crise.exercice ? 'c-crise c-crise--exercice' : 'c-crise'} {...donnees}>
      {k.crise.exercice && <Filigrane />}
      <CriseTete k={k} ici={ici} />
      {children}
    </div>
  );
}
/** Said in words to everybody, and drawn behind the page. */
export const Filigrane = () => (
  <>
    <p className="c-exercice">{EXERCICE}</p>
    <div className="c-filigrane" />
  </>
);
