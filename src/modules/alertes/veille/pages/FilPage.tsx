import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Fait } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jour, jourDuMoment, nombre } from '../../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDeLieu } from '../../../contrats/index.ts';
import type { Proposition } from '../propositions.queries.ts';
import { fiabiliteDe, libelleDe } from '../veille.donnees.ts';
import type { LigneDuFil } from '../veille.queries.ts';
import { direAtteinte, direTendance, type Tendance } from '../veille.rules.ts';
import type { Veille } from '../veille.schema.ts';
import { PropositionsDAlerte } from './PropositionsDAlerte.tsx';

type Montree = LigneDuFil & { lisible: boolean; retirable: boolean };
interface FilPageProps {
  veille: Veille;
  catalogue: Catalogue;
  lieu: Lieu;
  lisibles: readonly string[];
  nature: string;
  aujourdhui: string;
  depuis: string;
  lignes: readonly Montree[];
  total: number;
  page: number;
  parPage: number;
  tendance: Tendance;
  parties: readonly { id: string; nom: string; tendance: Tendance }[];
  propositions: readonly (Proposition & { decide: boolean; lit: boolean })[];
  fait: string;
}
const FAITS: Readonly<Record<string, string>> = {
  ecrite: 'Le signal est écrit. Ceux qui veillent sur ce lieu le lisent.',
  propose: 'Le signal est écrit. Il fait proposer une alerte : la coordination du lieu décide.',
  retiree: 'Le signal est retiré : il ne compte plus.',
  decidee: 'C’est décidé.',
};

export function FilPage(p: FilPageProps) {
  const { veille: v, catalogue: cat, lieu } = p;
  const adresse = (plus: Record<string, string>) => {
    const q = Object.entries({ territoire: lieu.champ, nature: p.nature, ...plus }).filter(([, x]) => x !== '');
    return `/alertes/tensions${q.length > 0 ? `?${new URLSearchParams(q)}` : ''}`;
  };
  return (
    <>
      <Fait code={p.fait} mots={FAITS} />
      <PageHeader
        titre="Fil des tensions"
        surtitre={lieu.nom || cat.racine.nom}
        chapo="Des lieux et des moments, jamais des personnes ni des groupes."
        actions={<LinkButton href={`/alertes/tensions/nouvelle${lieu.territoire ? `?territoire=${lieu.territoire}` : ''}`}>Écrire une tension</LinkButton>}
      />
      <PropositionsDAlerte veille={v} catalogue={cat} propositions={p.propositions} aujourdhui={p.aujourdhui} dire={direAtteinte} />
      <Section titre="Tendance">
        <p className="govuk-body">{direTendance(p.tendance)}.</p>
        {p.parties.length > 0 && (
          <Table
            legende="Signaux par lieu"
            legendeMasquee
            dense
            colonnes={[
              {
                cle: 'nom',
                titre: 'Lieu',
                entete: true,
                cellule: (x) => (
                  <a className="govuk-link" href={adresse({ territoire: x.id })}>
                    {x.nom}
                  </a>
                ),
              },
              { cle: 'recents', titre: 'Quatre semaines', numerique: true, cellule: (x) => nombre(x.tendance.recents) },
              { cle: 'avant', titre: 'Les quatre d’avant', numerique: true, cellule: (x) => nombre(x.tendance.avant) },
            ]}
            lignes={p.parties}
            cle={(x) => x.id}
          />
        )}
      </Section>
      <Section titre={`Signaux depuis le ${jour(p.depuis)}`}>
        <FilterPanel
          action="/alertes/tensions"
          effacer={`/alertes/tensions${lieu.effacer}`}
          actifs={[
            ...(lieu.nom ? [{ libelle: lieu.nom, href: adresse({ territoire: lieu.sans }) }] : []),
            ...(p.nature ? [{ libelle: libelleDe(v.natures, p.nature), href: adresse({ nature: '' }) }] : []),
          ]}
          bascule={lieu.bascule ? { libelle: lieu.bascule.libelle, href: adresse({ territoire: lieu.bascule.champ }) } : null}
        >
          <Select
            nom="territoire"
            libelle="Lieu"
            valeur={lieu.champ}
            options={optionsDeLieu(
              [...cat.territoires.values()].filter((t) => p.lisibles.includes(t.id)),
              cat,
            )}
          />
          <Select
            nom="nature"
            libelle="Ce qui est observé"
            vide="Tout"
            valeur={p.nature}
            options={v.natures.map((n) => ({ valeur: n.code, libelle: n.libelle }))}
          />
        </FilterPanel>
        <Table
          legende="Signaux"
          legendeMasquee
          dense
          vide={
            <EmptyState titre="Aucun signal" actions={[{ libelle: 'Écrire une tension', href: '/alertes/tensions/nouvelle' }]}>
              Personne n’a rien écrit ici depuis le {jour(p.depuis)}.
            </EmptyState>
          }
          colonnes={[
            { cle: 'nature', titre: 'Ce qui est observé', entete: true, cellule: (l) => <Observe veille={v} l={l} /> },
            {
              cle: 'ou',
              titre: 'Lieu',
              cellule: (l) => (
                <>
                  {cat.territoires.get(l.territoireId)?.nom ?? l.territoireId}
                  <br />
                  {libelleDe(v.lieux, l.lieu)}
                  {l.ailleurs === 'oui' && ', avec un autre quartier ou une commune voisine'}
                </>
              ),
            },
            {
              cle: 'quand',
              titre: 'Moment',
              cellule: (l) => (
                <>
                  {jour(l.jour)}
                  <br />
                  {libelleDe(v.creneaux, l.creneau)}
                </>
              ),
            },
            {
              cle: 'source',
              titre: 'Source',
              cellule: (l) => (
                <>
                  {l.organisationId ? cat.nomActeurA(l.organisationId, l.territoireId) : 'Établissement'}
                  <br />
                  {fiabiliteDe(v, l.fiabilite)}
                </>
              ),
            },
          ]}
          lignes={p.lignes}
          cle={(l) => l.id}
        />
        <Pagination page={p.page} total={p.total} parPage={p.parPage} objet="signal" objets="signaux" href={(n) => adresse({ page: String(n) })} />
      </Section>
    </>
  );
}

function Observe({ veille: v, l }: { veille: Veille; l: Montree }) {
  return (
    <div id={l.id} className="c-tension">
      {libelleDe(v.natures, l.nature)}
      {l.retireeLe && (
        <>
          {' '}
          <Tag>retiré</Tag>
          <br />
          <span className="govuk-body-s">
            le {jourDuMoment(l.retireeLe)} : {l.retraitMotif}
          </span>
        </>
      )}
      {!l.retireeLe && l.texte !== '' && l.lisible && (
        <>
          <br />
          <span className="govuk-body-s">{l.texte}</span>
        </>
      )}
      {l.demande && (
        <>
          <br />
          {l.lisible ? (
            <a className="govuk-link govuk-body-s" href={`/signalements/demandes/${l.id}`}>
              Le signalement de l’établissement
            </a>
          ) : (
            <span className="govuk-body-s">Signalement d’établissement : son texte est réservé à ses destinataires.</span>
          )}
        </>
      )}
      {l.retirable && (
        <Details resume="Retirer ce signal">
          <Form action={`/alertes/tensions/${l.id}/retirer`}>
            <TextInput id={`motif-${l.id}`} nom="motif" libelle="Pourquoi" aide="Une erreur, un doublon." attributs={{ maxLength: 300 }} />
            <Button variante="secondaire" petit>
              Retirer
            </Button>
          </Form>
        </Details>
      )}
    </div>
  );
}
