import { Pagination } from '../../../ui/Pagination.tsx';
import type { EnPages } from '../../../core/http/list-page.ts';
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jour, jourEtHeure, pluriel } from '../../../ui/typographie.ts';
import type { UrgenceTenue } from '../acceleree/acceleree.queries.ts';
import type { AlerteGrave } from '../acceleree/acceleree.rules.ts';
import { signataires, type Vue } from '../cellules.contexte.ts';
import type { Acceleree } from '../charte/charte.schema.ts';

/** Name of a tier in the contract's words; an alert is told by it and by its hour. */
export const direPalier = (v: Pick<Vue, 'cat'>, palier: string): string =>
  v.cat.listes.get('paliers-d-alerte')?.find((p) => p.code === palier)?.libelle ?? palier;

interface Props {
  vue: Vue;
  acceleree: Acceleree;
  urgences: EnPages<UrgenceTenue>;
  alertes: readonly AlerteGrave[];
  champs: Readonly<Record<string, string>>;
  /** The alert whose form was sent. */
  visee: string | null;
  erreurs: readonly ErreurDeChamp[];
}

export function AccelereePage(p: Props) {
  const { vue: v, acceleree: a } = p;
  const base = `/cellules/${v.cellule.id}`;
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader
        titre="Recours accéléré"
        surtitre={v.nom}
        chapo={`Une alerte grave l’ouvre pour ${pluriel(a.jours, 'jour')} : une séance sous ${pluriel(a.seance_jours, 'jour')}, un examen sous ${pluriel(a.examen_jours, 'jour')}. Charte, article ${a.article}.`}
      />
      {v.compose && (
        <Section titre="Alertes qui peuvent l’ouvrir">
          {p.alertes.length === 0 && (
            <EmptyState titre="Aucune alerte">Aucune alerte grave de ce territoire, depuis {pluriel(a.jours, 'jour')}, n’attend ce recours.</EmptyState>
          )}
          {p.alertes.map((x) => (
            <Ouvrir key={x.id} {...p} alerte={x} base={base} />
          ))}
        </Section>
      )}
      <Section titre="Recours ouverts">
        <Table
          legende="Recours ouverts"
          legendeMasquee
          lignes={p.urgences.lignes}
          cle={(u) => u.id}
          vide={<p className="govuk-body">Aucun encore.</p>}
          colonnes={[
            { cle: 'alerte', titre: 'Alerte', entete: true, cellule: (u) => `${direPalier(v, u.palier)}, ${jourEtHeure(u.alerteLe)}` },
            { cle: 'le', titre: 'Ouvert', cellule: (u) => jourEtHeure(u.ouverteLe) },
            {
              cle: 'fin',
              titre: 'Entrées',
              cellule: (u) => (u.jusquAu >= v.aujourdhui ? <Tag ton="bleu">{`jusqu’au ${jour(u.jusquAu)}`}</Tag> : <Tag>{`finies le ${jour(u.jusquAu)}`}</Tag>),
            },
            {
              cle: 'seance',
              titre: 'Séance',
              cellule: (u) =>
                u.seanceId === null || u.seanceJour === null ? (
                  'Aucune'
                ) : v.moi && v.signee ? (
                  <a className="govuk-link" href={`${base}/seances/${u.seanceId}`}>
                    {jour(u.seanceJour)}
                  </a>
                ) : (
                  jour(u.seanceJour)
                ),
            },
          ]}
        />
        {p.urgences.pages && <Pagination {...p.urgences.pages} objet="recours" objets="recours" />}
      </Section>
    </>
  );
}

function Ouvrir({ vue: v, acceleree: a, alerte, base, champs, visee, erreurs }: Props & { alerte: AlerteGrave; base: string }) {
  const sienne = visee === alerte.id;
  const valeur = (nom: string): string => (sienne ? (champs[nom] ?? '') : '');
  const erreur = (nom: string) => (sienne ? erreurs.find((e) => e.champ === nom)?.message : undefined);
  return (
    <Form action={`${base}/acceleree/${alerte.id}/ouvrir`}>
      <h3 className="govuk-heading-s">
        {direPalier(v, alerte.palier)}, {v.cat.territoires.get(alerte.territoireId)?.nom ?? alerte.territoireId}, {jourEtHeure(alerte.diffuseeLe)}
      </h3>
      <p className="govuk-body">Une séance est convoquée. Vous ne lisez aucune situation, et l’alerte n’apprend que le moment où ce recours s’ouvre.</p>
      <DateInput
        nom="jour"
        id={`jour-${alerte.id}`}
        libelle="Jour de la séance"
        aide={`Aujourd’hui, ou dans les ${pluriel(a.seance_jours, 'jour')}.`}
        valeur={valeur('jour')}
        min={v.aujourdhui}
        erreur={erreur('jour')}
      />
      <TextInput
        nom="heure"
        id={`heure-${alerte.id}`}
        libelle="Heure"
        aide="Par exemple 14:30."
        largeur={5}
        valeur={valeur('heure')}
        erreur={erreur('heure')}
      />
      <Select
        nom="preside"
        id={`preside-${alerte.id}`}
        libelle="Qui préside"
        vide="Choisir"
        valeur={valeur('preside')}
        erreur={erreur('preside')}
        options={signataires(v).map((m) => ({ valeur: m.id, libelle: `${m.nom}, ${v.cat.nomActeur(m.organisationId)}` }))}
      />
      <Button>Ouvrir le recours accéléré</Button>
    </Form>
  );
}
