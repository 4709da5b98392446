/** Entries of the main courante, as the page and what comes live show them. */
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { aQuelMoment, moment } from '../../../ui/typographie.ts';
import type { Chargee } from '../crises.contexte.ts';
import type { Entree } from '../main-courante/main-courante.queries.ts';
import { direEcart } from '../main-courante/preparer.rules.ts';

export const libelleDe = (l: readonly { code: string; libelle: string }[], code: string): string => l.find((x) => x.code === code)?.libelle ?? code;
const TONS: Readonly<Record<string, 'neutre' | 'bleu' | 'vert' | 'laiton' | 'garance'>> = {
  alerte: 'garance',
  decision: 'bleu',
  demande: 'laiton',
  action: 'vert',
};

/** Where an entry is, in the main courante read whole: there it has its place, however old it is. */
export const PAR_PAGE_ENTIERE = 500;
export const versEntree = (criseId: string, numero: number): string => {
  const page = Math.ceil(numero / PAR_PAGE_ENTIERE);
  return `/crises/${criseId}/main-courante${page > 1 ? `?page=${page}` : ''}#e-${numero}`;
};

interface Props {
  k: Chargee;
  entrees: readonly Entree[];
  /** Today where it is read; null on what is kept: every hour has its day then. */
  jour: Date | null;
  legende?: string;
}
export function Entrees({ k, entrees, jour, legende = 'Main courante' }: Props) {
  const ici = new Set(entrees.map((e) => e.numero));
  const lien = (n: number) => (ici.has(n) ? `#e-${n}` : versEntree(k.crise.id, n));
  return (
    <Table
      legende={legende}
      legendeMasquee
      dense
      lignes={entrees}
      cle={(e) => String(e.numero)}
      vide={<p className="govuk-body">Rien n’est encore écrit.</p>}
      colonnes={[
        { cle: 'n', titre: 'N°', entete: true, numerique: true, cellule: (e) => <span id={`e-${e.numero}`}>{e.numero}</span> },
        {
          cle: 'heure',
          titre: 'Heure',
          cellule: (e) => (
            <>
              {moment(e.survenuLe, jour)}
              <Arrivee e={e} />
            </>
          ),
        },
        { cle: 'de', titre: 'De, par, à', cellule: (e) => <Circuit k={k} e={e} /> },
        { cle: 'quoi', titre: 'Ce qui est dit, décidé, fait', cellule: (e) => <Contenu k={k} e={e} jour={jour} lien={lien} /> },
      ]}
    />
  );
}

/** When it came, where that is not when it happened. */
function Arrivee({ e }: { e: Entree }) {
  const retard = Math.round((e.arriveLe.getTime() - e.survenuLe.getTime()) / 60_000);
  const ecart = direEcart(e.ecartMs);
  if (retard < 2 && ecart === '' && !e.tardive) return null;
  return (
    <span className="c-entree__arrivee">
      {Math.abs(retard) >= 2 && <>arrivée {aQuelMoment(e.arriveLe, e.survenuLe)}</>}
      {e.tardive && <>, après la clôture</>}
      {ecart && <> ({ecart})</>}
    </span>
  );
}
const Circuit = ({ k, e }: { k: Chargee; e: Entree }) => (
  <div>
    {e.source && <div>de {e.source}</div>}
    {e.vers && <div>à {e.vers}</div>}
    {e.canal !== 'salle' && <div>par {libelleDe(k.cadre.canaux, e.canal).toLowerCase()}</div>}
    <span className="c-entree__auteur">
      {e.automatique ? 'Noté par la plateforme' : e.auteur}
      {e.organisationId && `, ${k.cat.nomActeur(e.organisationId)}`}
    </span>
  </div>
);
function Contenu({ k, e, jour, lien }: { k: Chargee; e: Entree; jour: Date | null; lien: (n: number) => string }) {
  const barree = e.corrigeePar.length > 0;
  return (
    <div>
      <Tag ton={TONS[e.classe] ?? 'neutre'}>{libelleDe(k.cadre.classes, e.classe)}</Tag>{' '}
      {e.renvoi !== null && (
        <a className="govuk-link" href={lien(e.renvoi)}>
          {e.renvoiGenre === 'fait' ? 'Fait, suite du' : 'Corrige le'} n° {e.renvoi}
        </a>
      )}{' '}
      <span className={barree ? 'c-texte-brut c-entree__corrigee' : 'c-texte-brut'}>{e.contenu}</span>
      {e.decideur && <div>Décidé par {e.decideur}</div>}
      {e.duLe && (
        <div>
          À faire pour {aQuelMoment(e.duLe, jour).replace(/^à /, '')}
          {e.faitePar !== null && (
            <>
              ,{' '}
              <a className="govuk-link" href={lien(e.faitePar)}>
                fait (n° {e.faitePar})
              </a>
            </>
          )}
        </div>
      )}
      {e.corrigeePar.map((n) => (
        <div key={n}>
          <a className="govuk-link" href={lien(n)}>
            Corrigée par le n° {n}
          </a>
        </div>
      ))}
      {e.confirme.length > 0 && <div className="c-entree__auteur">Mots qui peuvent nommer quelqu’un, gardés en connaissance de cause</div>}
    </div>
  );
}
