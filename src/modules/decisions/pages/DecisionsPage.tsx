import { Button, ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { Card, CardGrid } from '../../../ui/Card.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SubNavigation } from '../../../ui/SubNavigation.tsx';
import { Table } from '../../../ui/Table.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { capitale, nombre, pluriel } from '../../../ui/typographie.ts';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { type Catalogue, type Lieu, optionsDActeurs, optionsDeFiches, optionsDeLieu, TOUT } from '../../contrats/index.ts';
import { ETATS_DECISION, type EtatDecision, NATURES, numeroEcrit } from '../decisions.rules.ts';
import type { DecisionDeListe } from '../listes.queries.ts';
import type { OrigineChargee } from '../origines.ts';
import { EcheanceDite, EtatDecisionTag } from './EtatDecisionTag.tsx';

export interface DecisionsPageProps {
  catalogue: Catalogue;
  lignes: readonly DecisionDeListe[];
  comptes: Readonly<Record<EtatDecision | 'retard', number>>;
  filtres: Readonly<Record<'qui' | 'responsable' | 'fiche' | 'ligne' | 'territoire' | 'etat' | 'retard' | 'nature' | 'q' | 'vue', string>>;
  lieu: Lieu;
  /** The one whose decisions these are, when it is asked for and may be known. */
  origine: OrigineChargee | null;
  /** What the address asks: `{ instance: <id> }`. */
  demandee: Readonly<Record<string, string>>;
  lien: (changes: Record<string, string>) => string;
  suite: string | null;
  /** Kept by this person: such lines may be ticked. */
  tenue: (d: Pick<DecisionDeListe, 'origineGenre' | 'origineId'>) => boolean;
  aujourdhui: string;
  erreurs: readonly ErreurDeChamp[];
  message: string;
}
const QUI = { moi: 'confiées à moi', 'mon-organisation': 'confiées à mon organisation' } as const;
const ORDRE: readonly EtatDecision[] = ['a_faire', 'en_cours', 'bloque', 'fait', 'abandonne'];

export function DecisionsPage(p: DecisionsPageProps) {
  const f = p.filtres;
  const tableau = f.vue === 'tableau';
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.message && <NotificationBanner ton="succes">{p.message}</NotificationBanner>}
      <PageHeader
        titre="Décisions et actions"
        surtitre={p.origine?.nom}
        chapo="Ce que les instances ont décidé, qui s’en charge et où cela en est. Rien ne se ferme sans preuve ou sans raison."
      />
      <ButtonGroup>
        {p.origine?.tient && <LinkButton href={`/decisions/nouvelle?${p.origine.genre}=${p.origine.id}`}>Ajouter une décision</LinkButton>}
        <LinkButton variante="secondaire" href={p.lien({}).replace('/decisions?', '/decisions.csv?')}>
          Exporter (CSV)
        </LinkButton>
      </ButtonGroup>
      {!p.origine && p.lignes.some(p.tenue) && (
        <p className="govuk-body-s">
          Pour ajouter une décision prise hors séance, ouvrez{' '}
          <a className="govuk-link" href="/instances">
            son instance
          </a>{' '}
          puis « Décisions ».
        </p>
      )}
      <SubNavigation
        libelle="Présentation"
        entrees={[
          { libelle: 'Liste', href: p.lien({ vue: '' }), actif: !tableau },
          { libelle: 'Par état', href: p.lien({ vue: 'tableau' }), actif: tableau },
        ]}
      />
      <FilterLayout filtres={<Filtres {...p} />}>
        {p.lignes.length === 0 ? <Vide {...p} /> : tableau ? <Tableau {...p} /> : <Liste {...p} />}
        {p.suite && (
          <p className="govuk-body">
            <a className="govuk-link" href={p.suite}>
              Décisions plus anciennes
            </a>
          </p>
        )}
      </FilterLayout>
    </>
  );
}

function Filtres(p: DecisionsPageProps) {
  const f = p.filtres;
  const c = p.catalogue;
  const actifs = [
    ...(f.q ? [{ libelle: `« ${f.q} »`, href: p.lien({ q: '' }) }] : []),
    ...(f.qui ? [{ libelle: QUI[f.qui as keyof typeof QUI], href: p.lien({ qui: '' }) }] : []),
    ...(p.origine ? [{ libelle: p.origine.nom, href: p.lien({ [p.origine.genre]: '' }) }] : []),
    ...(f.responsable ? [{ libelle: c.nomActeur(f.responsable), href: p.lien({ responsable: '' }) }] : []),
    ...(f.fiche ? [{ libelle: `fiche ${f.fiche}`, href: p.lien({ fiche: '' }) }] : []),
    ...(f.ligne ? [{ libelle: `engagement ${f.ligne}`, href: p.lien({ ligne: '' }) }] : []),
    ...(p.lieu.nom ? [{ libelle: p.lieu.nom, href: p.lien({ territoire: p.lieu.sans }) }] : []),
    ...(f.etat ? [{ libelle: f.etat === 'ouvertes' ? 'ouvertes' : ETATS_DECISION[f.etat as EtatDecision], href: p.lien({ etat: '' }) }] : []),
    ...(f.retard ? [{ libelle: 'en retard', href: p.lien({ retard: '' }) }] : []),
    ...(f.nature ? [{ libelle: NATURES[f.nature as keyof typeof NATURES], href: p.lien({ nature: '' }) }] : []),
  ];
  return (
    <FilterPanel
      action="/decisions"
      actifs={actifs}
      effacer={`/decisions${p.lieu.effacer}`}
      bascule={p.lieu.bascule && { libelle: p.lieu.bascule.libelle, href: p.lien({ territoire: p.lieu.bascule.champ }) }}
      masques={{ vue: f.vue, ligne: f.ligne, ...p.demandee }}
    >
      <TextInput nom="q" libelle="Mots" valeur={f.q} type="search" />
      <Select
        nom="qui"
        libelle="Confiées"
        vide="à tous"
        valeur={f.qui}
        options={Object.entries(QUI).map(([valeur, l]) => ({ valeur, libelle: l.replace('confiées ', '') }))}
      />
      <Select
        nom="etat"
        libelle="État"
        vide="tous"
        valeur={f.etat}
        options={[
          { valeur: 'ouvertes', libelle: `ouvertes (${nombre(p.comptes.a_faire + p.comptes.en_cours + p.comptes.bloque)})` },
          ...ORDRE.map((e) => ({ valeur: e, libelle: `${ETATS_DECISION[e]} (${nombre(p.comptes[e])})` })),
        ]}
      />
      <Select nom="retard" libelle="Retard" vide="toutes" valeur={f.retard} options={[{ valeur: 'oui', libelle: `en retard (${nombre(p.comptes.retard)})` }]} />
      <Select nom="territoire" libelle="Territoire" valeur={p.lieu.territoire || TOUT} options={optionsDeLieu(c.enfants(c.racine.id), c)} />
      <Select nom="fiche" libelle="Fiche" vide="toutes" valeur={f.fiche} options={optionsDeFiches(c)} />
      <Select
        nom="nature"
        libelle="Nature"
        vide="toutes"
        valeur={f.nature}
        options={Object.entries(NATURES).map(([valeur, libelle]) => ({ valeur, libelle }))}
      />
      <Select nom="responsable" libelle="Responsable" vide="tous" valeur={f.responsable} options={optionsDActeurs(c)} />
    </FilterPanel>
  );
}

function Vide(p: DecisionsPageProps) {
  const filtre = [...Object.entries(p.filtres), ...Object.entries(p.demandee)].some(([cle, v]) => v !== '' && cle !== 'vue');
  return (
    <EmptyState
      titre="Aucune décision"
      actions={[
        ...(filtre ? [{ libelle: 'Voir toutes les décisions', href: '/decisions' }] : []),
        ...(p.origine?.tient ? [{ libelle: 'Ajouter une décision', href: `/decisions/nouvelle?${p.origine.genre}=${p.origine.id}` }] : []),
      ]}
    >
      {filtre ? 'Aucune décision ne correspond à ces filtres.' : 'Les décisions prises en séance apparaîtront ici.'}
    </EmptyState>
  );
}

function Liste(p: DecisionsPageProps) {
  const cochables = p.lignes.some((d) => p.tenue(d) && d.closeLe === null);
  const table = (
    <Table
      legende="Décisions et actions, les plus récentes d’abord"
      dense
      lignes={p.lignes}
      cle={(d) => d.id}
      selection={cochables ? { nom: 'decision', libelle: (d) => `Choisir ${numeroEcrit(d)} ${d.origine}`, valeur: (d) => `${d.id}:${d.version}` } : undefined}
      colonnes={[
        {
          cle: 'libelle',
          titre: 'Quoi',
          entete: true,
          cellule: (d) => (
            <>
              <a className="govuk-link" href={`/decisions/${d.id}`}>
                {d.libelle}
              </a>
              <span className="c-decision__lieu">
                {numeroEcrit(d)}, {d.origine}
                {d.ligne ? `, engagement ${d.ligne}` : d.fiche ? `, fiche ${d.fiche}` : ''}
              </span>
            </>
          ),
        },
        { cle: 'qui', titre: 'Qui', cellule: (d) => p.catalogue.nomActeurA(d.responsableId, d.territoireId) },
        { cle: 'quand', titre: 'Échéance', cellule: (d) => <EcheanceDite d={d} aujourdhui={p.aujourdhui} /> },
        { cle: 'etat', titre: 'État', cellule: (d) => <EtatDecisionTag etat={d.etat} /> },
      ]}
    />
  );
  if (!cochables) return table;
  return (
    <Form action="/decisions/lot">
      {table}
      <Details resume="Agir sur les lignes cochées" ouvert={p.erreurs.length > 0}>
        <p className="govuk-body" data-selection-compte="">
          Cochez des lignes de vos instances.
        </p>
        <DateInput nom="echeance" libelle="Nouvelle échéance" facultatif erreur={erreurDe(p.erreurs, 'echeance')} />
        <ButtonGroup>
          <Button nom="acte" valeur="echeance" variante="secondaire">
            Changer l’échéance
          </Button>
          <Button nom="acte" valeur="relance" variante="secondaire">
            Envoyer un rappel
          </Button>
        </ButtonGroup>
      </Details>
    </Form>
  );
}

function Tableau(p: DecisionsPageProps) {
  const colonnes = ORDRE.filter((e) => p.lignes.some((d) => d.etat === e));
  return (
    <>
      {colonnes.map((e) => {
        const siennes = p.lignes.filter((d) => d.etat === e);
        return (
          <Section key={e} titre={`${capitale(ETATS_DECISION[e])} : ${pluriel(p.comptes[e], 'décision ou action', 'décisions et actions')}`}>
            <CardGrid>
              {siennes.map((d) => (
                <Card key={d.id} titre={d.libelle} href={`/decisions/${d.id}`} surtitre={`${numeroEcrit(d)}, ${d.origine}`}>
                  <p className="govuk-body-s">
                    {p.catalogue.nomActeurA(d.responsableId, d.territoireId)}
                    <br />
                    <EcheanceDite d={d} aujourdhui={p.aujourdhui} />
                  </p>
                  {d.etat === 'bloque' && <p className="govuk-body-s">Pour débloquer : {d.condition}</p>}
                </Card>
              ))}
            </CardGrid>
            {siennes.length < p.comptes[e] && (
              <p className="govuk-body">
                <a className="govuk-link" href={p.lien({ vue: '', etat: e })}>
                  Toutes celles de cet état
                </a>
              </p>
            )}
          </Section>
        );
      })}
    </>
  );
}
