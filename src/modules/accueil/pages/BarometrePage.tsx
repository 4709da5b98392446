import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { Chiffre } from '../../../ui/Chiffre.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Sparkline } from '../../../ui/charts/Sparkline.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Table } from '../../../ui/Table.tsx';
import { surTotal } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { EtatFiche } from '../accueil.rules.ts';
import { FigureCourte } from './figures.tsx';

export interface BarometrePageProps {
  catalogue: Catalogue;
  annee: string;
  annees: readonly string[];
  territoireId: string;
  etats: readonly EtatFiche[];
}

export function BarometrePage(p: BarometrePageProps) {
  const { catalogue: c, annee, territoireId } = p;
  const lien = (a: string) => `/barometre?annee=${a}&territoire=${territoireId}`;
  return (
    <>
      <PageHeader
        titre={`Baromètre ${annee}`}
        surtitre={c.territoires.get(territoireId)?.nom}
        chapo="Où en est chaque fiche : ce que l’on sait, ce qui manque, ce qui appuie les actions. Le contrat ne fixe pas de cible : aucun taux d’avancement n’est inventé."
      />
      <SubNavigation libelle="Année" entrees={p.annees.map((a) => ({ libelle: a, href: lien(a), actif: a === annee }))} />
      {c.axes.map((axe) => (
        <Section key={axe.numero} titre={axe.titre}>
          <FichesTable
            catalogue={c}
            annee={annee}
            territoireId={territoireId}
            etats={p.etats.filter((e) => e.fiche.axe === axe.numero)}
            legende={`Fiches de l’axe ${axe.numero}`}
          />
        </Section>
      ))}
      <ButtonGroup>
        <LinkButton variante="secondaire" telecharger href={`/barometre.csv?annee=${annee}&territoire=${territoireId}`}>
          Télécharger le baromètre (CSV)
        </LinkButton>
        <LinkButton variante="secondaire" href={`/bilan?annee=${annee}`}>
          Bilan de l’année
        </LinkButton>
      </ButtonGroup>
    </>
  );
}

export function FichesTable({
  catalogue: c,
  annee,
  territoireId,
  etats,
  legende,
}: {
  catalogue: Catalogue;
  annee: string;
  territoireId: string;
  etats: readonly EtatFiche[];
  legende: string;
}) {
  const suite = `?annee=${annee}&territoire=${territoireId}`;
  return (
    <Table
      legende={legende}
      legendeMasquee
      colonnes={[
        {
          cle: 'fiche',
          titre: 'Fiche',
          entete: true,
          cellule: (e) => <a className="govuk-link" href={`/fiches/${e.fiche.numero}${suite}`}>{`${e.fiche.numero} ${e.fiche.titre}`}</a>,
        },
        {
          cle: 'tete',
          titre: 'Un chiffre pour la situer',
          cellule: (e) =>
            e.tete ? (
              <div>
                <FigureCourte figure={e.tete} annee={annee} territoireId={territoireId} catalogue={c} />
                <p className="govuk-body-s c-libelle-figure">{e.tete.mesure.libelle}</p>
              </div>
            ) : (
              <Chiffre
                {...(e.completude.attendus === 0 ? { etat: 'sans_objet', nonVentile: true } : { etat: 'manquant' })}
                valeur={null}
                unite=""
                attenduDe={e.fiche.mesures[0]?.aupres ?? []}
                nommer={c.nomActeur}
              />
            ),
        },
        {
          cle: 'tendance',
          titre: 'Depuis le début',
          cellule: (e) =>
            e.tete ? (
              <Sparkline
                points={e.tete.annees.map((a) => ({ x: a.annee, etat: a.chiffre.etat, valeur: a.chiffre.valeur }))}
                libelle={e.tete.mesure.libelle}
                unite={e.tete.mesure.unite}
              />
            ) : null,
        },
        { cle: 'connus', titre: 'Chiffres connus', numerique: true, cellule: (e) => surTotal(e.completude.connus, e.completude.attendus) },
        { cle: 'manquants', titre: 'Manquants', numerique: true, cellule: (e) => e.completude.manquants },
        { cle: 'preuves', titre: 'Lignes appuyées', numerique: true, cellule: (e) => surTotal(e.lignesAvecPreuve, e.fiche.lignes.length) },
      ]}
      lignes={etats}
      cle={(e) => e.fiche.numero}
    />
  );
}
