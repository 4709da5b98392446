import type { ReactNode } from 'react';
import { ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jour, pluriel } from '../../../ui/typographie.ts';
import { Ecrit } from '../bilan/BilanFiche.tsx';
import { direEcheance } from '../bilan/bilan.phrases.ts';
import type { EtatTerritoire } from './etat.contenu.ts';
import { direChiffres, titreAvant } from './etat.document.ts';

/** The same page on the screen, each figure a link to its proof. */
export function EtatPage({ e }: { e: EtatTerritoire }) {
  return (
    <>
      <PageHeader titre={`État : ${e.territoire.nom}`} surtitre={jour(e.editeLe)} chapo="Une page, à imprimer ou à remettre avant une réunion." />
      <ButtonGroup>
        <LinkButton href={`/etat/${e.territoire.id}/pdf`} telecharger>
          PDF d’une page
        </LinkButton>
        <LinkButton variante="secondaire" href={`/etat/${e.territoire.id}/docx`} telecharger>
          Word
        </LinkButton>
        <LinkButton variante="discret" href={`/bilan/${e.annee}/${e.territoire.id}`}>
          Le bilan {e.annee}
        </LinkButton>
      </ButtonGroup>
      <Section titre="Ce qui a changé">
        {e.mots && (
          <div className="c-bilan">
            <Ecrit t={e.mots} />
          </div>
        )}
        <Liste lignes={e.changements} sinon="" />
      </Section>
      <Section titre={e.enCours ? `Les chiffres, au ${jour(e.editeLe)}` : `Les chiffres de ${e.annee}`}>
        <Table
          legende={`Chiffres de ${e.annee}, et de l’année d’avant`}
          legendeMasquee
          dense
          lignes={direChiffres(e)}
          cle={(c) => c.id}
          colonnes={[
            {
              cle: 'libelle',
              titre: 'Mesure',
              entete: true,
              cellule: (c) => (
                <a className="govuk-link" href={`/chiffres/${c.id}?periode=${e.annee}&territoire=${e.territoire.id}`}>
                  {c.libelle}
                </a>
              ),
            },
            { cle: 'annee', titre: String(e.annee), numerique: true, cellule: (c) => <strong>{c.annee}</strong> },
            { cle: 'avant', titre: titreAvant(e), numerique: true, cellule: (c) => c.avant },
            ...(e.territoire.contratEntier ? [] : [{ cle: 'ensemble', titre: `Avec ${e.ensemble}`, cellule: (c: { comparaison: string }) => c.comparaison }]),
          ]}
        />
      </Section>
      <Section titre="Décisions en retard">
        <Liste
          lignes={[
            ...e.enRetard.map((d) => `${d.libelle} (${d.instance}) : ${d.qui}, attendu le ${direEcheance(d)}`),
            ...(e.autresEnRetard > 0 ? [`et ${pluriel(e.autresEnRetard, 'autre')}`] : []),
          ]}
          sinon="Aucune."
        />
      </Section>
      <Section titre="Prochaines séances">
        <Liste lignes={e.seances} sinon="Aucune n’est fixée." />
      </Section>
      <Section titre="Ce qui est dû">
        <Liste lignes={[...e.dus, ...(e.autresDus > 0 ? [`et ${pluriel(e.autresDus, 'autre')}`] : [])]} sinon="Rien dans les semaines qui viennent." />
      </Section>
    </>
  );
}

const Liste = ({ lignes, sinon }: { lignes: readonly ReactNode[]; sinon: string }) =>
  lignes.length === 0 ? (
    <p className="govuk-body">{sinon}</p>
  ) : (
    <ul className="govuk-list govuk-list--bullet">
      {lignes.map((l) => (
        <li key={String(l)}>{l}</li>
      ))}
    </ul>
  );
