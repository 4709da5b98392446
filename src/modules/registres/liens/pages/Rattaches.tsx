import { Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { nombre } from '../../../../ui/typographie.ts';
import type { DefinitionRegistre } from '../../definition.ts';
import { champDe, type Etape, quantitesDe } from '../../registres.rules.ts';
import type { Rattachement } from '../liens.queries.ts';

interface Props {
  cibleId: string;
  rattachements: readonly Rattachement[];
  definitions: readonly DefinitionRegistre[];
}
interface Ligne {
  cle: string;
  d: DefinitionRegistre;
  champ: string;
  faits: Rattachement | undefined;
  compte: Readonly<Partial<Record<Etape, number>>>;
}

/** What hangs on a record, added up by register: each number opens the list that it counts. */
export function Rattaches({ cibleId, rattachements, definitions }: Props) {
  const lignes = definitions.flatMap((d): Ligne[] => {
    const siens = rattachements.filter((r) => r.registre === d.code);
    return [...new Set(siens.map((r) => r.champ))].map((champ) => {
      const ici = siens.filter((r) => r.champ === champ);
      return {
        cle: `${d.code}.${champ}`,
        d,
        champ,
        faits: ici.find((r) => r.etape === 'realisee'),
        compte: Object.fromEntries(ici.map((r) => [r.etape, r.nombre])),
      };
    });
  });
  if (lignes.length === 0) return null;
  const lien = (l: Ligne, etape: Etape) => {
    const n = l.compte[etape] ?? 0;
    const suite = new URLSearchParams({ territoire: 'tous', [l.champ]: cibleId, ...(l.d.etapes ? { etape } : {}) });
    return n === 0 ? (
      '–'
    ) : (
      <a className="govuk-link" href={`/registres/${l.d.code}?${suite}`}>
        {nombre(n)}
      </a>
    );
  };
  return (
    <Section titre="Ce qui s’y rattache" id="rattaches">
      <Table
        legende="Enregistrements rattachés, par registre"
        legendeMasquee
        dense
        lignes={lignes}
        cle={(l) => l.cle}
        colonnes={[
          {
            cle: 'registre',
            titre: 'Registre',
            entete: true,
            cellule: (l) => {
              const memes = lignes.filter((x) => x.d.code === l.d.code).length > 1;
              return memes ? `${l.d.libelle} (${champDe(l.d, l.champ)?.libelle ?? l.champ})` : l.d.libelle;
            },
          },
          { cle: 'faits', titre: 'Réalisés', numerique: true, cellule: (l) => lien(l, 'realisee') },
          { cle: 'prevus', titre: 'Programmés', numerique: true, cellule: (l) => lien(l, 'programmee') },
          { cle: 'annules', titre: 'Annulés', numerique: true, cellule: (l) => lien(l, 'annulee') },
          {
            cle: 'sommes',
            titre: 'Au total',
            cellule: (l) =>
              quantitesDe(l.d)
                .flatMap((q, i) => {
                  const s = l.faits?.sommes[i] ?? null;
                  return s === null ? [] : [`${q.libelle} : ${nombre(s, 2)}`];
                })
                .join(' ; ') || '–',
          },
        ]}
      />
      <p className="govuk-hint">Seul ce qui est réalisé s’additionne. Un champ laissé vide ne vaut pas zéro : il n’est pas dans le total.</p>
    </Section>
  );
}
