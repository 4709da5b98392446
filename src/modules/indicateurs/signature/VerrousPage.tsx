import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { formatPeriode, jour, jourEtHeure } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import type { ExceptionDeVerrou, Verrou } from './verrous.queries.ts';

type Champs = Readonly<Record<string, string>>;
const quoi = (v: Pick<Verrou, 'fiche'>) => (v.fiche === null ? 'toutes les fiches' : `fiche ${v.fiche}`);
const etat = (v: Verrou) => (v.leveLe ? <Tag>rouverte</Tag> : <Tag ton="vert">figée</Tag>);

export interface VerrousPageProps {
  catalogue: Catalogue;
  verrous: readonly Verrou[];
  total: number;
  page: number;
  parPage: number;
  /** Fiches that this person may lock, '' for all of them; none for who may not. */
  fiches: readonly string[];
  periodes: readonly string[];
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
  etonnements: readonly ErreurDeChamp[];
}

export function VerrousPage(p: VerrousPageProps) {
  const { catalogue: c } = p;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Périodes figées"
        chapo="Une période figée ne reçoit plus ni valeur ni validation : ses chiffres fournis sont ceux qui ont été publiés. Qui les doit peut encore les confirmer ou les contester : c’est dit à côté, sans changer leur valeur. Ceux que les registres calculent suivent leurs enregistrements."
        actions={
          <LinkButton variante="secondaire" href="/rectificatifs">
            Rectificatifs publiés
          </LinkButton>
        }
      />
      <Table<Verrou>
        legende="Périodes figées, et celles qui l’ont été"
        legendeMasquee
        vide={
          <EmptyState titre="Aucune période n’est figée">
            La coordination centrale fige une période quand ses chiffres sont publiés : une correction est ensuite un rectificatif, dit à tous.
          </EmptyState>
        }
        colonnes={[
          {
            cle: 'periode',
            titre: 'Période',
            entete: true,
            cellule: (v) => (
              <a className="govuk-link" href={`/chiffres/verrous/${v.id}`}>
                {formatPeriode(v.periode)}
                <span className="govuk-visually-hidden">{`, ${quoi(v)}`}</span>
              </a>
            ),
          },
          { cle: 'fiche', titre: 'Portée', cellule: quoi },
          { cle: 'etat', titre: 'État', cellule: etat },
          { cle: 'le', titre: 'Figée', cellule: (v) => `${jourEtHeure(v.le)}, ${v.par} (${c.nomActeur(v.parOrganisation)})` },
          { cle: 'motif', titre: 'Pourquoi', cellule: (v) => v.motif },
          { cle: 'leve', titre: 'Rouverte', cellule: (v) => (v.leveLe ? `${jourEtHeure(v.leveLe)} : ${v.leveMotif}` : '') },
        ]}
        lignes={p.verrous}
        cle={(v) => v.id}
      />
      <Pagination page={p.page} total={p.total} parPage={p.parPage} href={(n) => `/chiffres/verrous?page=${n}`} objet="période" />
      {p.fiches.length > 0 && (
        <Section titre="Figer une période" id="figer">
          <Form action="/chiffres/verrous">
            <Select
              nom="periode"
              libelle="Période"
              vide="choisissez"
              aide="Elle est finie. Figer une année fige ses semestres, ses trimestres et ses mois."
              valeur={p.champs.periode}
              erreur={erreurDe(p.erreurs, 'periode')}
              options={p.periodes.map((x) => ({ valeur: x, libelle: formatPeriode(x), groupe: x.slice(0, 4) }))}
            />
            <Select
              nom="fiche"
              libelle="Portée"
              valeur={p.champs.fiche}
              erreur={erreurDe(p.erreurs, 'fiche')}
              options={p.fiches.map((f) => ({ valeur: f, libelle: f === '' ? 'toutes les fiches du contrat' : `${f} ${c.fiches.get(f)?.titre ?? ''}` }))}
            />
            <Textarea
              nom="motif"
              libelle="Pourquoi"
              aide="Ce que la période figée dit : une publication, une séance. Tout le monde le lira."
              valeur={p.champs.motif}
              lignes={2}
              erreur={erreurDe(p.erreurs, 'motif')}
            />
            <Confirmer etonnements={p.etonnements} />
            <Button>Figer</Button>
          </Form>
        </Section>
      )}
    </>
  );
}

export interface VerrouPageProps {
  titre: string;
  catalogue: Catalogue;
  verrou: Verrou;
  exceptions: readonly ExceptionDeVerrou[];
  mesures: readonly Mesure[];
  aujourdhui: string;
  auPlusTard: string;
  permis: boolean;
  /** The form that comes back with what was typed. */
  acte: 'lever' | 'exception' | null;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}

export function VerrouPage(p: VerrouPageProps) {
  const { verrou: v, catalogue: c } = p;
  const qui = (nom: string, organisation: string | null) => `${nom} (${c.nomActeur(organisation ?? '')})`;
  const finie = (e: ExceptionDeVerrou) => e.fermeeLe !== null || e.jusquAu < p.aujourdhui || v.leveLe !== null;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader surtitre="Période figée" titre={p.titre} etiquette={etat(v)} />
      <SummaryList
        lignes={[
          { cle: 'Figée', valeur: `le ${jourEtHeure(v.le)}, par ${qui(v.par, v.parOrganisation)}` },
          { cle: 'Pourquoi', valeur: v.motif },
          ...(v.leveLe
            ? [
                { cle: 'Rouverte', valeur: `le ${jourEtHeure(v.leveLe)}, par ${qui(v.levePar ?? '', v.leveParOrganisation)}` },
                { cle: 'Pourquoi rouverte', valeur: v.leveMotif ?? '' },
              ]
            : []),
        ]}
      />
      <Section titre="Exceptions" id="exceptions">
        <Table<ExceptionDeVerrou>
          legende="Exceptions datées, la plus récente d’abord"
          legendeMasquee
          dense
          vide={<EmptyState titre="Aucune exception">Rien n’a été corrigé depuis que cette période est figée.</EmptyState>}
          colonnes={[
            {
              cle: 'mesure',
              titre: 'Chiffre',
              entete: true,
              cellule: (e) => (
                <a className="govuk-link" href={`/chiffres/${e.mesureId}?periode=${v.periode}`}>
                  {c.chiffre(e.mesureId)?.court ?? e.mesureId}
                </a>
              ),
            },
            { cle: 'qui', titre: 'Dû par', cellule: (e) => (e.debiteur === null ? 'tous ceux qui le doivent' : c.nomActeur(e.debiteur)) },
            { cle: 'jusqu_au', titre: 'Jusqu’au', cellule: (e) => (e.fermeeLe ? `fermée le ${jourEtHeure(e.fermeeLe)} par ${e.fermeePar}` : jour(e.jusquAu)) },
            { cle: 'motif', titre: 'Pourquoi', cellule: (e) => e.motif },
            { cle: 'par', titre: 'Ouverte par', cellule: (e) => `${qui(e.par, e.parOrganisation)}, ${jourEtHeure(e.le)}` },
            {
              cle: 'acte',
              titre: 'Action',
              titreMasque: true,
              cellule: (e) =>
                finie(e) ? (
                  <Tag>terminée</Tag>
                ) : p.permis ? (
                  <Form action={`/chiffres/verrous/${v.id}/exceptions/${e.id}/fermer`}>
                    <Button variante="discret" petit>
                      Fermer
                      <span className="govuk-visually-hidden">{` l’exception pour ${c.chiffre(e.mesureId)?.court ?? e.mesureId}`}</span>
                    </Button>
                  </Form>
                ) : (
                  <Tag ton="bleu">ouverte</Tag>
                ),
            },
          ]}
          lignes={p.exceptions}
          cle={(e) => e.id}
        />
      </Section>
      {p.permis && !v.leveLe && <Actes {...p} />}
    </>
  );
}

function Actes({ verrou: v, acte, catalogue: c, champs, erreurs, mesures, ...p }: VerrouPageProps) {
  const dans = (quel: VerrouPageProps['acte']) => (acte === quel ? { champs, erreurs } : { champs: {} as Champs, erreurs: [] });
  const [lever, exception] = [dans('lever'), dans('exception')];
  const debiteurs = [...new Set(mesures.flatMap((m) => m.aupres))].sort((a, b) => c.nomActeur(a).localeCompare(c.nomActeur(b), 'fr'));
  return (
    <>
      <Details resume="Ouvrir une exception datée" ouvert={acte === 'exception'} id="exception">
        <Form action={`/chiffres/verrous/${v.id}/exceptions`}>
          <Select
            nom="mesure"
            libelle="Chiffre"
            vide="choisissez"
            valeur={exception.champs.mesure}
            erreur={erreurDe(exception.erreurs, 'mesure')}
            options={mesures.map((m) => ({ valeur: m.id, libelle: `${m.id} ${m.court}`, groupe: `Fiche ${m.fiche}` }))}
          />
          <Select
            nom="debiteur"
            libelle="Dû par"
            vide="tous ceux qui le doivent"
            valeur={exception.champs.debiteur}
            erreur={erreurDe(exception.erreurs, 'debiteur')}
            options={debiteurs.map((d) => ({ valeur: d, libelle: c.nomActeur(d) }))}
          />
          <DateInput
            nom="jusqu_au"
            libelle="Jusqu’au"
            aide="Ce jour compris. L’exception prend fin d’elle-même."
            min={p.aujourdhui}
            max={p.auPlusTard}
            valeur={exception.champs.jusqu_au}
            erreur={erreurDe(exception.erreurs, 'jusqu_au')}
          />
          <Textarea
            nom="motif"
            libelle="Pourquoi"
            aide="Publié avec le rectificatif, si celui qui corrige n’en dit pas plus."
            valeur={exception.champs.motif}
            lignes={2}
            erreur={erreurDe(exception.erreurs, 'motif')}
          />
          <Button variante="secondaire">Ouvrir l’exception</Button>
        </Form>
      </Details>
      <Details resume="Rouvrir toute la période" ouvert={acte === 'lever'} id="lever">
        <Form action={`/chiffres/verrous/${v.id}/lever`}>
          <p className="govuk-body">Tous ceux qui doivent un chiffre pourront de nouveau le corriger. Chaque correction restera un rectificatif publié.</p>
          <Textarea nom="motif" id="motif-lever" libelle="Pourquoi" valeur={lever.champs.motif} lignes={2} erreur={erreurDe(lever.erreurs, 'motif-lever')} />
          <Button variante="danger">Rouvrir</Button>
        </Form>
      </Details>
    </>
  );
}
