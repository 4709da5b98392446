import { Section } from '../../../../ui/PageHeader.tsx';
import { type Colonne, Table } from '../../../../ui/Table.tsx';
import { nombre, pluriel } from '../../../../ui/typographie.ts';
import type { Totaux } from '../../activite.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import { quantitesDe } from '../../registres.rules.ts';

interface Total {
  cle: string;
  libelle: string;
  unite: string;
  neuf: number | null;
  sansValeur: number;
  ancien: number | null;
  deja: number | null;
}

/** What the rows add up to, against what is recorded in the same years. */
export function TableDesTotaux({ d, totaux: t, publie }: { d: DefinitionRegistre; totaux: Totaux; publie: boolean }) {
  if (t.lignes === 0 || t.du === null || t.au === null) return null;
  const quand = t.du === t.au ? `en ${t.du}` : `de ${t.du} à ${t.au}`;
  const quantites = quantitesDe(d).map(
    (q, i): Total => ({
      cle: q.code,
      libelle: q.libelle,
      unite: q.unite,
      neuf: t.sommes[i] ?? null,
      sansValeur: t.sansValeur[i] ?? 0,
      ancien: t.anciennes[i] ?? null,
      deja: t.deja[i] ?? null,
    }),
  );
  const lignes: Total[] = [
    { cle: '', libelle: d.libelle, unite: '', neuf: t.lignes, sansValeur: 0, ancien: t.remplacees === 0 ? null : t.remplacees, deja: t.enregistrees },
    ...quantites.filter((q) => q.neuf !== null || q.ancien !== null),
  ];
  // Nothing known is not zero: it is left out of a sum, and said when nothing at all is known.
  const dire = (v: number | null) => (v === null ? '–' : nombre(v, 2));
  const colonnes: Colonne<Total>[] = [
    {
      cle: 'quoi',
      titre: 'Quantité',
      entete: true,
      cellule: (q) => (
        <>
          {q.libelle}
          {q.unite !== '' && <span className="govuk-hint c-apercu__note">en {q.unite}</span>}
        </>
      ),
    },
    {
      cle: 'neuf',
      titre: publie ? 'Dans cet import' : 'À publier',
      numerique: true,
      cellule: (q) => (
        <div>
          <strong>{dire(q.neuf)}</strong>
          {q.sansValeur > 0 && <span className="govuk-hint c-apercu__note">{pluriel(q.sansValeur, 'ligne')} sans valeur</span>}
        </div>
      ),
    },
  ];
  const avant: Colonne<Total>[] = [
    { cle: 'deja', titre: `Enregistré aujourd’hui ${quand}`, numerique: true, cellule: (q) => dire(q.deja) },
    ...(t.remplacees > 0 ? [{ cle: 'ancien', titre: 'Remplacé par les lignes corrigées', numerique: true, cellule: (q: Total) => dire(q.ancien) }] : []),
    {
      cle: 'apres',
      titre: 'Après publication',
      numerique: true,
      cellule: (q) => <strong>{dire(q.neuf === null && q.deja === null ? null : (q.deja ?? 0) - (q.ancien ?? 0) + (q.neuf ?? 0))}</strong>,
    },
  ];
  return (
    <Section titre="Totaux">
      <Table
        legende="Totaux des lignes à publier"
        legendeMasquee
        dense
        lignes={lignes}
        cle={(q) => q.cle}
        colonnes={publie ? colonnes : [...colonnes, ...avant]}
      />
    </Section>
  );
}
