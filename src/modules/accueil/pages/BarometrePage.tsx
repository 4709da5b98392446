import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { pluriel } from '../../../ui/typographie.ts';
import { type Cible, CiblesTable } from '../../decisions/index.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { EtatFiche } from '../accueil.rules.ts';
import { changements } from '../changements.rules.ts';
import { CeQuiAChange } from './CeQuiAChange.tsx';
import { ListeDesFiches } from './ListeDesFiches.tsx';

export interface BarometrePageProps {
  catalogue: Catalogue;
  annee: string;
  annees: readonly string[];
  territoireId: string;
  etats: readonly EtatFiche[];
  /** Axis shown alone, `retard` for the fiches that wait for something late; everything otherwise. */
  vue: string;
  cibles: readonly Cible[];
  /** Decisions open to this reader. */
  ouvre: boolean;
}

export function BarometrePage(p: BarometrePageProps) {
  const { catalogue: c, annee, territoireId, vue } = p;
  const lien = (o: { annee?: string; vue?: string }) =>
    `/barometre?annee=${o.annee ?? annee}&territoire=${territoireId}${(o.vue ?? vue) === '' ? '' : `&vue=${o.vue ?? vue}`}`;
  const enRetard = p.etats.filter((e) => e.completude.enRetard > 0);
  const montres = vue === 'retard' ? enRetard : p.etats;
  const axes = c.axes.filter((a) => !vue.startsWith('axe-') || vue === `axe-${a.numero}`);
  const tetes = montres.filter((e) => axes.some((a) => a.numero === e.fiche.axe)).flatMap((e) => e.tete ?? []);
  return (
    <>
      <PageHeader
        titre={`Baromètre ${annee}`}
        surtitre={c.territoires.get(territoireId)?.nom}
        chapo={`Ce qui a changé, fiche par fiche, et ce qui manque. Le contrat ne fixe pas de cible : ${p.cibles.length === 0 ? 'aucun taux d’avancement n’est inventé.' : 'celles d’ici viennent chacune d’une décision, sans taux d’avancement.'}`}
      />
      <SubNavigation libelle="Année" entrees={p.annees.map((a) => ({ libelle: a, href: lien({ annee: a }), actif: a === annee }))} />
      <SubNavigation
        libelle="Fiches montrées"
        entrees={[
          { libelle: 'Toutes', href: lien({ vue: '' }), actif: vue === '' },
          ...c.axes.map((a) => ({ libelle: `Axe ${a.numero}`, href: lien({ vue: `axe-${a.numero}` }), actif: vue === `axe-${a.numero}` })),
          { libelle: 'En retard', href: lien({ vue: 'retard' }), actif: vue === 'retard', compte: enRetard.length },
        ]}
      />
      <Section titre="Ce qui a le plus changé">
        <CeQuiAChange
          changes={changements(tetes)}
          comparees={tetes.filter((t) => t.comparaison).length}
          max={5}
          catalogue={c}
          annee={annee}
          territoireId={territoireId}
        />
      </Section>
      {p.cibles.length > 0 && (
        <Section titre="Les cibles décidées">
          <CiblesTable cibles={p.cibles} catalogue={c} ouvre={p.ouvre} />
        </Section>
      )}
      {axes.map((axe) => {
        const etats = montres.filter((e) => e.fiche.axe === axe.numero);
        return (
          etats.length > 0 && (
            <Section
              key={axe.numero}
              titre={axe.titre}
              actions={<a className="govuk-link" href={`/axes/${axe.numero}`}>{`Axe ${axe.numero}, ${pluriel(etats.length, 'fiche')}`}</a>}
            >
              <ListeDesFiches catalogue={c} annee={annee} territoireId={territoireId} etats={etats} />
            </Section>
          )
        );
      })}
      {montres.length === 0 && <p className="govuk-body">Aucune fiche n’a de chiffre en retard pour {annee}.</p>}
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
