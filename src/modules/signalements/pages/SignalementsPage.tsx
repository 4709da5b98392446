import { LinkButton, ButtonGroup } from '../../../ui/Button.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { FilterLayout, FilterPanel } from '../../../ui/FilterPanel.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jour, jourCourt, jourDuMoment } from '../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDeLieu, TOUT } from '../../contrats/index.ts';
import { THEMES } from '../import/dialecte.rules.ts';
import type { EtatPublie, Signalement } from '../signalements.queries.ts';
import { canauxDe, PERIMETRES } from '../signalements.source.ts';

const nomDe = (liste: readonly { code: string; libelle: string }[], code: string) => liste.find((x) => x.code === code)?.libelle ?? code;
const options = (liste: readonly { code: string; libelle: string }[]) => liste.map((x) => ({ valeur: x.code, libelle: x.libelle }));

export interface SignalementsPageProps {
  catalogue: Catalogue;
  lignes: readonly Signalement[];
  types: ReadonlyMap<string, string>;
  filtres: Record<'canal' | 'type' | 'perimetre' | 'theme' | 'territoire' | 'debut' | 'fin', string>;
  lieu: Lieu;
  suite: string | null;
  lien: (changes: Record<string, string>) => string;
  export: string;
  peutImporter: boolean;
}

export function SignalementsPage(p: SignalementsPageProps) {
  const c = p.catalogue;
  const canaux = canauxDe(c);
  const f = p.filtres;
  const actifs = Object.entries(f)
    .filter(([cle, v]) => (cle === 'territoire' ? p.lieu.nom : v) !== '')
    .map(([cle, v]) => ({
      libelle:
        cle === 'canal'
          ? nomDe(canaux, v)
          : cle === 'perimetre'
            ? nomDe(PERIMETRES, v)
            : cle === 'theme'
              ? nomDe(THEMES, v)
              : cle === 'type'
                ? (p.types.get(v) ?? v)
                : cle === 'territoire'
                  ? p.lieu.nom
                  : `${cle === 'debut' ? 'depuis le' : 'jusqu’au'} ${jour(v)}`,
      href: p.lien({ [cle]: cle === 'territoire' ? p.lieu.sans : '' }),
    }));
  return (
    <>
      <PageHeader
        titre="Signalements"
        chapo="Ce que les habitants signalent, par tous les canaux. Aucun nom, aucun texte libre : seulement quoi, où, quand, et qui répond."
      />
      <ButtonGroup>
        {p.peutImporter && <LinkButton href="/signalements/imports">Importer un fichier</LinkButton>}
        <LinkButton variante="secondaire" href={p.export} telecharger>
          Exporter la liste (CSV)
        </LinkButton>
      </ButtonGroup>
      <FilterLayout
        filtres={
          <FilterPanel
            action="/signalements"
            actifs={actifs}
            effacer={`/signalements${p.lieu.effacer}`}
            bascule={p.lieu.bascule && { libelle: p.lieu.bascule.libelle, href: p.lien({ territoire: p.lieu.bascule.champ }) }}
          >
            <Select nom="canal" libelle="Canal" vide="tous" valeur={f.canal} options={options(canaux)} />
            <Select nom="theme" libelle="Thème" vide="tous" valeur={f.theme} options={options(THEMES)} />
            <Select nom="type" libelle="Type" vide="tous" valeur={f.type} options={[...p.types].map(([valeur, libelle]) => ({ valeur, libelle }))} />
            <Select nom="perimetre" libelle="Qui répond" vide="tous" valeur={f.perimetre} options={options(PERIMETRES)} />
            <Select nom="territoire" libelle="Territoire" valeur={p.lieu.territoire || TOUT} options={optionsDeLieu(c.territoires.values(), c)} />
            <DateInput nom="debut" libelle="Depuis le" valeur={f.debut} facultatif />
            <DateInput nom="fin" libelle="Jusqu’au" valeur={f.fin} facultatif />
          </FilterPanel>
        }
      >
        <Table
          legende="Signalements, les plus récents d’abord"
          dense
          vide={
            <EmptyState
              titre="Aucun signalement"
              actions={
                actifs.length > 0
                  ? [{ libelle: 'Effacer les filtres', href: '/signalements' }]
                  : p.peutImporter
                    ? [{ libelle: 'Importer un fichier', href: '/signalements/imports' }]
                    : []
              }
            >
              {actifs.length > 0 ? 'Aucun signalement ne correspond à ces filtres.' : 'Rien n’a encore été importé ni saisi.'}
            </EmptyState>
          }
          colonnes={[
            { cle: 'jour', titre: 'Date', cellule: (s) => jourCourt(s.jour) },
            {
              cle: 'objet',
              titre: 'Objet',
              entete: true,
              cellule: (s) => (
                <a className="govuk-link" href={`/signalements/${s.id}`}>
                  {s.sousType || p.types.get(s.type) || s.type}
                </a>
              ),
            },
            { cle: 'type', titre: 'Type', cellule: (s) => p.types.get(s.type) ?? s.type },
            { cle: 'lieu', titre: 'Lieu', cellule: (s) => c.territoires.get(s.territoireId)?.nom ?? s.territoireId },
            { cle: 'canal', titre: 'Canal', cellule: (s) => nomDe(canaux, s.canal) },
            { cle: 'etat', titre: 'État', cellule: (s) => s.etat ?? 'non transmis' },
          ]}
          lignes={p.lignes}
          cle={(s) => String(s.id)}
        />
        {p.suite && (
          <LinkButton variante="secondaire" href={p.suite}>
            Signalements suivants
          </LinkButton>
        )}
      </FilterLayout>
    </>
  );
}

export function SignalementPage(p: { signalement: Signalement; etats: readonly EtatPublie[]; catalogue: Catalogue; type: string; service: string }) {
  const s = p.signalement;
  const lieu = p.catalogue
    .ascendants(s.territoireId)
    .map((t) => t.nom)
    .join(', ');
  return (
    <>
      <PageHeader titre={s.sousType || p.type} surtitre={`Signalement ${s.idExterne}`} />
      <SummaryList
        lignes={[
          { cle: 'Date', valeur: jour(s.jour) },
          { cle: 'Type', valeur: p.type },
          { cle: 'Thème', valeur: nomDe(THEMES, s.theme) },
          { cle: 'Lieu', valeur: lieu },
          { cle: 'Adresse', valeur: s.adresse ?? 'non précisée' },
          { cle: 'Canal', valeur: nomDe(canauxDe(p.catalogue), s.canal) },
          { cle: 'Service responsable', valeur: p.service },
          { cle: 'Périmètre', valeur: nomDe(PERIMETRES, s.perimetre) },
          { cle: 'État', valeur: s.etat === null ? 'non transmis par ce canal' : `${s.etat}, lu le ${jourDuMoment(p.etats[0]?.luLe ?? new Date(0))}` },
          ...(p.etats.length > 1
            ? [
                {
                  cle: 'Auparavant',
                  valeur: p.etats
                    .slice(1)
                    .map((e) => `${e.etat} (${jourDuMoment(e.luLe)})`)
                    .join(', '),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}
