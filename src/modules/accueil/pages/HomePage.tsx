import { Button, LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { Card, CardGrid } from '../../../ui/Card.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Columns, PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { enumerer, pluriel } from '../../../ui/typographie.ts';
import type { SuiteAVenir } from '../../../core/suites.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Completude } from '../../indicateurs/index.ts';
import type { FigureSuivie } from '../accueil.queries.ts';
import type { EtatFiche } from '../accueil.rules.ts';
import { changements, dettes } from '../changements.rules.ts';
import { CarteAuChoix, type FigureCarte } from './CarteDesTerritoires.tsx';
import { CeQuiAChange, CeQuiVient, EnRetard } from './CeQuiAChange.tsx';
import { direCompletude } from './figures.tsx';

export interface HomePageProps {
  catalogue: Catalogue;
  annee: string;
  /** The place chosen in the address, or the whole contract. */
  territoireId: string;
  completude: Completude;
  /** Late for the years before. */
  retards: readonly { annee: string; nombre: number }[];
  /** Every figure of the place. */
  suivi: readonly FigureSuivie[];
  etats: readonly EtatFiche[];
  suites: readonly SuiteAVenir[];
  lignesAvecPreuve: number;
  carte: FigureCarte | null;
  connecte: boolean;
  personas: boolean;
}

export function HomePage(p: HomePageProps) {
  const c = p.catalogue;
  const tetes = p.etats.flatMap((e) => e.tete ?? []);
  const lieu = { catalogue: c, annee: p.annee, territoireId: p.territoireId };
  const entier = p.territoireId === c.racine.id;
  const nom = c.territoires.get(p.territoireId)?.nom ?? c.racine.nom;
  const choix = c.enfants(c.racine.id).length > 1;
  return (
    <>
      <PageHeader titre={choix ? 'Qu’est-ce qui a changé près de chez vous ?' : 'Qu’est-ce qui a changé ?'} surtitre={c.contrat.titre} />
      {choix && (
        <Form action="/" methode="get" masques={p.carte ? { carte: p.carte.mesure.id } : {}} classe="c-pres">
          <Select
            nom="pres"
            libelle="Votre mairie ou votre quartier"
            aide="Le choix reste dans l’adresse de la page : gardez-la en favori."
            valeur={entier ? '' : p.territoireId}
            vide={`${c.racine.nom}, en entier`}
            options={optionsDeLieux(c)}
          />
          <Button>Voir</Button>
        </Form>
      )}
      <Section
        titre={`Ce qui a changé : ${nom}`}
        actions={
          !entier && (
            <a className="govuk-link" href={`/territoires/${p.territoireId}?annee=${p.annee}`}>
              Tous les chiffres de ce lieu
            </a>
          )
        }
      >
        <CeQuiAChange changes={changements(tetes)} comparees={tetes.filter((t) => t.comparaison).length} max={6} {...lieu} />
      </Section>
      <Columns min="large">
        <Section titre="Ce qui est en retard, et qui le doit">
          <EnRetard dettes={dettes(p.suivi)} catalogue={c} territoireId={p.territoireId} />
        </Section>
        <Section titre="Ce qui vient">
          <CeQuiVient suites={p.suites} dus={p.completude.aVenir} le={p.completude.jusquAu} />
        </Section>
      </Columns>
      <Section titre={entier ? 'Le contrat en entier' : `Où en est-on, ${nom}`}>
        <p className="govuk-body">
          <strong>{direCompletude(p.completude)}.</strong>
          {p.retards.length > 0 && (
            <>
              {' '}
              En retard pour les années d’avant{'\u00a0'}: {direRetards(p.retards)}.
            </>
          )}{' '}
          Ce que les partenaires enregistrent appuie {p.lignesAvecPreuve} des {c.lignes.size} lignes d’action. Chaque chiffre s’ouvre jusqu’à ses preuves.
        </p>
        <ButtonGroup>
          <LinkButton href={`/barometre?annee=${p.annee}&territoire=${p.territoireId}`}>Ouvrir le baromètre des {c.fiches.size} fiches</LinkButton>
          <LinkButton variante="secondaire" href="/bilan">
            Lire le bilan
          </LinkButton>
          {!p.connecte && (
            <LinkButton variante="secondaire" href={p.personas ? '/demonstration' : '/connexion'}>
              {p.personas ? 'Essayer avec une personne fictive' : 'Espace des partenaires'}
            </LinkButton>
          )}
        </ButtonGroup>
      </Section>
      <Section titre="De quoi s’agit-il ?">
        <p className="govuk-body">{c.contrat.resume}</p>
        <p className="govuk-body">
          Signé par {c.contrat.signataires.map((s) => c.nomActeur(s.acteur)).join(', ')}. {pluriel(c.fiches.size, 'fiche')}, {pluriel(c.lignes.size, 'ligne')}{' '}
          d’action, {pluriel(c.indicateurs.size, 'indicateur')}.
        </p>
        <CardGrid>
          {c.axes.map((a) => {
            const fiches = [...c.fiches.values()].filter((f) => f.axe === a.numero);
            return (
              <Card key={a.numero} titre={a.titre} href={`/axes/${a.numero}`} surtitre={`Axe ${a.numero} · ${pluriel(fiches.length, 'fiche')}`}>
                <p className="govuk-body">{a.resume}</p>
              </Card>
            );
          })}
        </CardGrid>
      </Section>
      {p.carte && (
        <Section titre="Sur la carte">
          <p className="govuk-body">Choisissez une mairie pour voir ses chiffres et ses actions.</p>
          <CarteAuChoix catalogue={c} annee={p.annee} carte={p.carte} action="/" masques={entier ? {} : { pres: p.territoireId }} />
        </Section>
      )}
    </>
  );
}

/** First the level under the whole, then each one's quarters under its name. */
function optionsDeLieux(c: Catalogue) {
  const premiers = c.enfants(c.racine.id);
  const option = (t: { id: string; nom: string }, groupe: string) => ({ valeur: t.id, libelle: t.nom, groupe });
  const sous = premiers.flatMap((t) =>
    c
      .descendants(t.id)
      .flatMap((id) => c.territoires.get(id) ?? [])
      .filter((x) => x.id !== t.id)
      .map((x) => option(x, t.nom)),
  );
  return [...premiers.map((t) => option(t, '')), ...sous];
}

/** « 23 pour 2025 et 2 pour 2024 ». */
const direRetards = (retards: HomePageProps['retards']): string => enumerer(retards.map((r) => `${r.nombre} pour ${r.annee}`));
