import { ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jour } from '../../../../ui/typographie.ts';
import { direVide, type Fiche, TITRES } from '../fiche.tsx';

export function FichePage({ f, pdf, word }: { f: Fiche; pdf: string; word: string }) {
  return (
    <>
      <PageHeader titre={`Points chauds : ${f.territoire.nom}`} surtitre={`${f.periode}, fiche du ${jour(f.editeLe)}`} chapo={`${f.sujet} : ${f.chapo}`} />
      <ButtonGroup>
        <LinkButton href={pdf} telecharger>
          PDF d’une page
        </LinkButton>
        <LinkButton variante="secondaire" href={word} telecharger>
          Word
        </LinkButton>
      </ButtonGroup>
      {f.lignes === null || f.lignes.length === 0 ? (
        <p className="govuk-body">{direVide(f)}</p>
      ) : (
        <Table
          legende="Points chauds, ce qui a été fait et ce qui attend"
          legendeMasquee
          dense
          colonnes={[
            { cle: 'lieu', titre: TITRES.lieu, entete: true, cellule: (l) => l.lieu },
            { cle: 'nombre', titre: TITRES.nombre, cellule: (l) => l.nombre },
            { cle: 'fait', titre: TITRES.fait, cellule: (l) => l.fait },
            { cle: 'bloque', titre: TITRES.bloque, cellule: (l) => l.bloque },
          ]}
          lignes={f.lignes}
          cle={(l) => l.cle}
        />
      )}
      <Section titre="Avant de comparer">
        <ul className="govuk-list govuk-list--bullet">
          {f.notes.map((n) => (
            <li key={n}>{n}</li>
          ))}
        </ul>
      </Section>
    </>
  );
}
