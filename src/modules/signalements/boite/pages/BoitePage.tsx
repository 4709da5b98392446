import type { Geometry } from 'geojson';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Radios } from '../../../../ui/Choices.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { FilterLayout, FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { type Colonne, Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour, jourDuMoment, pluriel } from '../../../../ui/typographie.ts';
import { type Catalogue, type Lieu, optionsDeLieu, TOUT } from '../../../contrats/index.ts';
import { PlanEtListe, type PointDuPlan, surLePlan } from '../../../../ui/maps/Plan.tsx';
import type { Circuits } from '../../circuits/circuits.ts';
import { libelleDEtat } from '../../circuits/circuit.rules.ts';
import { CODES_ETATS, ETATS, ETATS_A_TRAITER, etatDe } from '../../circuits/etats.ts';
import type { CompteParEtat, LigneDeBoite } from '../boite.queries.ts';
import { MOT_MAX } from '../../demandes/machine.rules.ts';

export interface BoitePageProps {
  catalogue: Catalogue;
  circuits: Circuits;
  lignes: readonly LigneDeBoite[];
  comptes: readonly CompteParEtat[] | null;
  champs: Readonly<Record<'circuit' | 'categorie' | 'etat' | 'service' | 'territoire' | 'retard' | 'qui' | 'q' | 'vue' | 'mailles', string>>;
  /** Under the plan; null without one. */
  contours: ReadonlyMap<string, Geometry> | null;
  tuiles: string | null;
  lieu: Lieu;
  lien: (changes: Record<string, string>) => string;
  suite: string | null;
  aujourdhui: string;
  siens: readonly string[];
  erreurs: readonly ErreurDeChamp[];
  message: string;
  /** What was asked of ticked rows and refused. */
  saisi?: LotSaisi | undefined;
}
export interface LotSaisi extends Record<'acte' | 'motif' | 'service', string> {
  coches: ReadonlySet<string>;
}

export const direDelai = (d: { duLe: string | null; etat: string }, aujourdhui: string): string => {
  if (d.duLe === null) return etatDe(d.etat).attend === 'declarant' ? 'attend le déclarant' : 'sans délai';
  return d.duLe < aujourdhui ? `en retard depuis le ${jour(d.duLe, { annee: false })}` : `pour le ${jour(d.duLe, { annee: false })}`;
};

/** Where it is on the plan: none without a point. */
function pointDe(d: LigneDeBoite, aujourdhui: string): PointDuPlan[] {
  if (d.lon === null || d.lat === null) return [];
  const enRetard = d.duLe !== null && d.duLe < aujourdhui;
  return [
    {
      id: `demande-${d.numero}`,
      lon: d.lon,
      lat: d.lat,
      libelle: `n° ${d.numero}, ${d.titre}${enRetard ? ', en retard' : ''}`,
      href: `#demande-${d.numero}`,
      ton: enRetard ? 'fort' : 'moyen',
    },
  ];
}

export function BoitePage(p: BoitePageProps) {
  const { champs: f, catalogue: cat } = p;
  const circuit = p.circuits.get(f.circuit);
  const nomEtat = (code: string) => (code === 'ouvertes' ? 'toutes celles qui sont ouvertes' : code === 'closes' ? 'closes' : libelleDEtat(circuit, code));
  const actifs = [
    ...(circuit ? [{ libelle: circuit.titre, href: p.lien({ circuit: '', categorie: '' }) }] : []),
    ...(f.categorie && circuit ? [{ libelle: circuit.categories.find((k) => k.code === f.categorie)?.libelle ?? '', href: p.lien({ categorie: '' }) }] : []),
    ...(f.etat ? [{ libelle: nomEtat(f.etat), href: p.lien({ etat: '' }) }] : []),
    ...(f.service ? [{ libelle: f.service === 'tous' ? 'tous les services' : cat.nomActeur(f.service), href: p.lien({ service: '' }) }] : []),
    ...(p.lieu.nom ? [{ libelle: p.lieu.nom, href: p.lien({ territoire: p.lieu.sans }) }] : []),
    ...(f.retard ? [{ libelle: 'en retard', href: p.lien({ retard: '' }) }] : []),
    ...(f.qui ? [{ libelle: 'prises par moi', href: p.lien({ qui: '' }) }] : []),
    ...(f.mailles ? [{ libelle: 'un point chaud', href: p.lien({ mailles: '' }) }] : []),
    ...(f.q ? [{ libelle: `« ${f.q} »`, href: p.lien({ q: '' }) }] : []),
  ];
  const aTraiter = p.comptes?.filter((x) => ETATS_A_TRAITER.some((e) => e === x.etat)).reduce((n, x) => n + x.nombre, 0);
  const surCarte = f.vue === 'carte';
  const points = surCarte ? p.lignes.flatMap((d) => pointDe(d, p.aujourdhui)) : [];
  const services = [...new Set([...p.circuits.values()].flatMap((c) => c.services))];
  const lieuDe = (d: LigneDeBoite) => [d.adresse, cat.territoires.get(d.territoireId)?.nom ?? d.territoireId].filter(Boolean).join(', ');
  const table = (
    <Table
      legende="Demandes"
      dense
      selection={{
        nom: 'demande',
        libelle: (d) => `Cocher la demande n° ${d.numero}`,
        valeur: (d) => `${d.id}:${d.version}`,
        cochee: (d) => p.saisi?.coches.has(d.id) === true,
      }}
      vide={
        <EmptyState titre="Rien n’attend" actions={actifs.length > 0 ? [{ libelle: 'Effacer les filtres', href: '/signalements/boite' }] : []}>
          {actifs.length > 0 ? 'Aucune demande ne correspond à ces filtres.' : 'Aucune demande n’attend votre service.'}
        </EmptyState>
      }
      colonnes={(
        [
          {
            cle: 'objet',
            titre: 'Demande',
            entete: true,
            cellule: (d) => (
              <>
                <a className="govuk-link" href={`/signalements/demandes/${d.id}`} {...(surCarte ? pointDe(d, p.aujourdhui).map(surLePlan)[0] : {})}>
                  {d.titre}
                </a>
                <br />
                <span className="govuk-body-s">
                  n° {d.numero}, {surCarte ? lieuDe(d) : (p.circuits.get(d.circuit)?.titre ?? d.circuit)}
                  {d.jointes > 0 && `, avec ${pluriel(d.jointes, 'signalement joint', 'signalements joints')}`}
                </span>
              </>
            ),
          },
          {
            cle: 'lieu',
            titre: 'Lieu',
            cellule: lieuDe,
          },
          { cle: 'recu', titre: 'Reçue', cellule: (d) => jourDuMoment(d.recuLe) },
          {
            cle: 'etat',
            titre: 'État',
            cellule: (d) => <Tag ton={etatDe(d.etat).ton}>{libelleDEtat(p.circuits.get(d.circuit), d.etat)}</Tag>,
          },
          { cle: 'delai', titre: 'Délai', cellule: (d) => (d.closLe ? `close le ${jourDuMoment(d.closLe)}` : direDelai(d, p.aujourdhui)) },
          { cle: 'qui', titre: 'Service', cellule: (d) => [cat.nomActeurA(d.serviceId, d.territoireId), d.agent].filter(Boolean).join(', ') },
        ] satisfies Colonne<LigneDeBoite>[]
      ).filter((x) => !surCarte || !['lieu', 'recu', 'qui'].includes(x.cle))}
      lignes={p.lignes}
      cle={(d) => d.id}
    />
  );
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      {p.message && <NotificationBanner ton="succes">{p.message}</NotificationBanner>}
      <PageHeader
        titre="Demandes à traiter"
        chapo={`Ce qui attend ${f.service === 'tous' ? 'un service' : f.service ? cat.nomActeur(f.service) : 'votre service'}, le plus pressé d’abord.${aTraiter === undefined ? '' : ` ${pluriel(aTraiter, 'demande')} à traiter en tout.`}`}
        actions={
          <>
            <LinkButton href="/signalements/saisir">Nouvelle demande</LinkButton>
            <LinkButton variante="secondaire" href="/signalements/etapes">
              Étapes
            </LinkButton>
            <LinkButton variante="secondaire" href={p.lien({ vue: surCarte ? '' : 'carte' })}>
              {surCarte ? 'Liste seule' : 'Carte et liste'}
            </LinkButton>
          </>
        }
      />
      <FilterLayout
        filtres={
          <FilterPanel
            action="/signalements/boite"
            masques={{ ...(f.vue ? { vue: f.vue } : {}), ...(f.mailles ? { mailles: f.mailles } : {}) }}
            actifs={actifs}
            effacer={`/signalements/boite${p.lieu.effacer}`}
            bascule={p.lieu.bascule && { libelle: p.lieu.bascule.libelle, href: p.lien({ territoire: p.lieu.bascule.champ }) }}
          >
            <TextInput nom="q" libelle="Numéro ou mots" valeur={f.q} facultatif />
            <Select
              nom="circuit"
              libelle="Circuit"
              vide="tous"
              valeur={f.circuit}
              options={[...p.circuits.values()].map((c) => ({ valeur: c.code, libelle: c.titre }))}
            />
            {circuit && (
              <Select
                nom="categorie"
                libelle="Objet"
                vide="tous"
                valeur={f.categorie}
                options={circuit.categories.map((k) => ({ valeur: k.code, libelle: k.libelle }))}
              />
            )}
            <Select
              nom="etat"
              libelle="État"
              vide="à traiter"
              valeur={f.etat}
              options={[
                { valeur: 'ouvertes', libelle: 'toutes celles qui sont ouvertes' },
                { valeur: 'closes', libelle: 'closes' },
                ...CODES_ETATS.map((c) => ({ valeur: c, libelle: ETATS[c].libelle, groupe: 'Un état' })),
              ]}
            />
            <Select
              nom="service"
              libelle="Service"
              vide="le mien"
              valeur={f.service}
              options={[{ valeur: 'tous', libelle: 'tous les services' }, ...services.map((s) => ({ valeur: s, libelle: cat.nomActeur(s) }))]}
            />
            <Select nom="territoire" libelle="Territoire" valeur={p.lieu.territoire || TOUT} options={optionsDeLieu(cat.territoires.values(), cat)} />
            <Select nom="retard" libelle="Délai" vide="tous" valeur={f.retard} options={[{ valeur: 'oui', libelle: 'en retard' }]} />
            <Select nom="qui" libelle="Prises par" vide="tous" valeur={f.qui} options={[{ valeur: 'moi', libelle: 'moi' }]} />
          </FilterPanel>
        }
      >
        <Form action="/signalements/boite/lot">
          {surCarte && p.contours ? (
            <PlanEtListe titre="Plan des demandes" contours={p.contours} points={points} tuiles={p.tuiles}>
              {table}
              {points.length < p.lignes.length && (
                <p className="govuk-body-s">{`Sans point sur le plan : ${pluriel(p.lignes.length - points.length, 'demande')}.`}</p>
              )}
            </PlanEtListe>
          ) : (
            table
          )}
          {p.lignes.length > 0 && (
            <>
              <Radios
                nom="acte"
                legende="Pour les lignes cochées"
                erreur={erreurDe(p.erreurs, 'acte')}
                valeur={p.saisi?.acte}
                options={[
                  { valeur: 'prise', libelle: 'Les prendre en charge' },
                  { valeur: 'transmis', libelle: 'Les transmettre', aide: 'Avec le service et la raison, plus bas.' },
                  { valeur: 'note', libelle: 'Écrire une note' },
                  { valeur: 'operation', libelle: 'En faire une opération', aide: 'Programmée à la page suivante ; chacun en aura le retour.' },
                  { valeur: 'recurrence', libelle: 'Suivre le lieu', aide: 'Quand c’est le même objet au même endroit, plusieurs fois.' },
                ]}
                petit
              />
              <Select
                nom="service"
                libelle="À quel service ?"
                vide="Choisissez"
                valeur={p.saisi?.service}
                options={services.map((s) => ({ valeur: s, libelle: cat.nomActeur(s) }))}
              />
              <Textarea
                nom="motif"
                libelle="Raison ou note"
                valeur={p.saisi?.motif}
                erreur={erreurDe(p.erreurs, 'motif')}
                lignes={2}
                max={MOT_MAX}
                facultatif
              />
              <Button>Faire</Button>
            </>
          )}
        </Form>
        {p.suite && (
          <LinkButton variante="secondaire" href={p.suite}>
            Demandes suivantes
          </LinkButton>
        )}
      </FilterLayout>
    </>
  );
}
