/** What « Ma journée » says of figures: those that the person's organisation owes. */
import { auTravail } from '../../../core/authorize.ts';
import { jourDe } from '../../../core/clock.ts';
import type { Emplacement } from '../../../core/module.ts';
import { Chiffre } from '../../../ui/Chiffre.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { de, formatPeriode, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { getFigures } from '../chiffres.ts';
import { getFormulaire } from '../formulaires.ts';
import { type Dette, listDettes } from './dettes.rules.ts';

const MONTRES = 12;

export const chiffresAttendus: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !auTravail(u)) return null;
  const f = await getFormulaire(c.db, c.contrat.id);
  const cat = f.catalogue;
  const figures = await getFigures(c.db, c.contrat.id, f, {
    mesures: [...cat.mesures.keys()],
    periodes: anneesCloses(cat, jourDe(c.maintenant)),
    territoireId: cat.racine.id,
    aire: null,
  });
  const dettes = listDettes(cat.mesures.values(), u.organisationId, figures);
  return { rang: 40, corps: <ChiffresAttendus dettes={dettes} organisation={cat.nomActeur(u.organisationId)} catalogue={cat} /> };
};

/** Years of the contract that are over, the latest first. */
function anneesCloses(c: Catalogue, aujourdhui: string): string[] {
  const [premiere, derniere] = [Number(c.contrat.debut.slice(0, 4)), Number(c.contrat.fin.slice(0, 4))];
  const fin = Math.min(Number(aujourdhui.slice(0, 4)) - 1, derniere);
  return Array.from({ length: Math.max(0, fin - premiere + 1) }, (_, i) => String(fin - i));
}

function ChiffresAttendus({ dettes, organisation, catalogue: c }: { dettes: readonly Dette[]; organisation: string; catalogue: Catalogue }) {
  return (
    <Section
      titre={`Chiffres attendus ${de(organisation)}`}
      actions={
        dettes.length > 0 ? (
          <a className="govuk-link" href="/chiffres">
            Tous les chiffres à fournir
          </a>
        ) : undefined
      }
    >
      <Table
        legende={`${pluriel(dettes.length, 'chiffre')} à fournir`}
        dense
        vide={<EmptyState titre="Rien n’est dû">Votre organisation a fourni tous les chiffres échus qui lui sont demandés.</EmptyState>}
        colonnes={[
          {
            cle: 'libelle',
            titre: 'Chiffre',
            entete: true,
            cellule: (d) => (
              <a className="govuk-link" href={`/chiffres/${d.mesure.id}/saisir?periode=${d.periode}`}>
                {d.mesure.libelle}
              </a>
            ),
          },
          { cle: 'periode', titre: 'Période', cellule: (d) => formatPeriode(d.periode) },
          { cle: 'fiche', titre: 'Fiche', cellule: (d) => d.mesure.fiche },
          { cle: 'etat', titre: 'État', cellule: (d) => <Chiffre {...d.chiffre} nommer={c.nomActeur} court /> },
        ]}
        lignes={dettes.slice(0, MONTRES)}
        cle={(d) => `${d.mesure.id}-${d.periode}`}
      />
    </Section>
  );
}
