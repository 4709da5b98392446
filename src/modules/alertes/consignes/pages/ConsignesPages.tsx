import { Pagination } from '../../../../ui/Pagination.tsx';
import type { EnPages } from '../../../../core/http/list-page.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { enSuite } from '../../../../ui/enSuite.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Fait, NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jour, jourEtHeure, pluriel, surTotal } from '../../../../ui/typographie.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';
import type { Catalogue } from '../../../contrats/index.ts';
import { PersonneNommee } from '../../alerte/confirmer.tsx';
import { versionAu } from '../consignes.donnees.ts';
import { direAccuse } from '../accuse.rules.ts';
import type { Couverture, Diffusion, Envoi, NouvelEnvoi } from '../consignes.queries.ts';
import type { Consigne } from '../consignes.schema.ts';

const Points = ({ points }: { points: readonly string[] }) => (
  <ul className="govuk-list govuk-list--bullet">
    {enSuite(points, (p) => (
      <li>{p}</li>
    ))}
  </ul>
);
const EnExercice = () => (
  <div className="c-exercice">
    <WarningText>EXERCICE. Cette consigne est jouée : rien n’est à faire que d’en accuser réception.</WarningText>
  </div>
);

interface ConsignesPageProps {
  consignes: readonly Consigne[];
  diffusions: EnPages<Diffusion & Couverture>;
  catalogue: Catalogue;
  diffuse: boolean;
  aujourdhui: string;
}
export function ConsignesPage({ consignes, diffusions, catalogue: cat, diffuse, aujourdhui }: ConsignesPageProps) {
  return (
    <>
      <PageHeader titre="Consignes" chapo="Ce qu’une autorité demande à un type de site, et qui l’a lu." />
      <Table
        legende="Consignes diffusées"
        legendeMasquee
        dense
        vide={<EmptyState titre="Aucune consigne diffusée">Aucune n’a été envoyée dans vos lieux, ni à votre organisme.</EmptyState>}
        colonnes={[
          {
            cle: 'titre',
            titre: 'Consigne',
            entete: true,
            cellule: (d) => (
              <>
                <a className="govuk-link" href={`/alertes/consignes/${d.id}`}>
                  {d.titre}
                </a>{' '}
                {d.exercice && <Tag ton="garance">exercice</Tag>}
              </>
            ),
          },
          { cle: 'lieu', titre: 'Lieu', cellule: (d) => cat.territoires.get(d.territoireId)?.nom ?? d.territoireId },
          { cle: 'quand', titre: 'Diffusée', cellule: (d) => jourEtHeure(d.diffuseeLe) },
          { cle: 'accuses', titre: 'Accusés', numerique: true, cellule: (d) => surTotal(d.accuses, d.sites) },
          { cle: 'etat', titre: 'État', cellule: (d) => (d.leveeLe ? `levée le ${jourEtHeure(d.leveeLe)}` : 'en vigueur') },
        ]}
        lignes={diffusions.lignes}
        cle={(d) => d.id}
      />
      {diffusions.pages && <Pagination {...diffusions.pages} objet="consigne" />}
      {diffuse && (
        <Section titre="Diffuser une consigne">
          <Table
            legende="Consignes du contrat"
            legendeMasquee
            dense
            colonnes={[
              {
                cle: 'titre',
                titre: 'Consigne',
                entete: true,
                cellule: (x) => (
                  <a className="govuk-link" href={`/alertes/consignes/diffuser/${x.code}`}>
                    {x.titre}
                  </a>
                ),
              },
              { cle: 'version', titre: 'Version', cellule: (x) => direVersion(x, aujourdhui) },
              { cle: 'accuse', titre: 'Pour accuser', cellule: (x) => pluriel(x.accuse_jours, 'jour') },
            ]}
            lignes={consignes}
            cle={(x) => x.code}
          />
        </Section>
      )}
    </>
  );
}
function direVersion(x: Consigne, aujourdhui: string): string {
  const v = versionAu(x, aujourdhui);
  return v ? `n° ${v.numero}, depuis le ${jour(v.depuis)}` : 'aucune en vigueur';
}

interface DiffuserPageProps {
  consigne: Consigne;
  version: Consigne['versions'][number];
  autorites: readonly string[];
  catalogue: Catalogue;
  territoires: readonly string[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  /** What may name somebody. */
  doutes: readonly ErreurDeChamp[];
  /** Null while no place is chosen. */
  sites: readonly NouvelEnvoi[] | null;
}
export function DiffuserPage({ consigne, version, autorites, catalogue: cat, territoires, champs, erreurs, doutes, sites }: DiffuserPageProps) {
  const commun = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre={consigne.titre} surtitre="Diffuser une consigne" chapo={`Version ${version.numero}, depuis le ${jour(version.depuis)}.`} />
      <Points points={version.points} />
      {sites && (
        <p className="govuk-body">
          {pluriel(sites.length, 'site concerné', 'sites concernés')} dans ce lieu, dont{' '}
          {pluriel(sites.filter((x) => x.courriel !== '').length, 'joint', 'joints')} par courriel ; les autres, par les comptes de leur organisme.
        </p>
      )}
      <Form action={`/alertes/consignes/diffuser/${consigne.code}`}>
        <Select
          {...commun('autorite')}
          libelle="Autorité qui l’ordonne"
          vide="Choisissez"
          options={autorites.map((a) => ({ valeur: a, libelle: cat.nomActeur(a) }))}
        />
        <DateInput {...commun('ordonnee_jour')} libelle="Ordonnée le" />
        <TextInput {...commun('ordonnee_heure')} libelle="À quelle heure" type="time" largeur={5} />
        <Select
          {...commun('territoire')}
          libelle="Lieu"
          vide="Choisissez"
          options={territoires.map((t) => ({ valeur: t, libelle: cat.territoires.get(t)?.nom ?? t }))}
        />
        <Textarea
          {...commun('precision')}
          libelle="Précision de l’autorité"
          aide="Ajoutée à la consigne. Sans nom de personne."
          max={600}
          lignes={3}
          facultatif
        />
        <Checkbox nom="exercice" libelle="C’est un exercice" aide="Chaque message le dit." coche={champs.exercice === 'oui'} />
        <PersonneNommee doutes={doutes} />
        <Button>Diffuser</Button>
      </Form>
    </>
  );
}

interface ConsignePageProps {
  d: Diffusion;
  envois: readonly (Envoi & { accusable: boolean })[];
  /** All of them, for the figure. */
  total: readonly Envoi[];
  tient: boolean;
  catalogue: Catalogue;
  fait: string;
}
const FAITS: Readonly<Record<string, string>> = {
  diffusee: 'La consigne est enregistrée. Ses courriels partent.',
  accusee: 'C’est dit : vous l’avez lue.',
  levee: 'La consigne est levée. Un courriel le dit aux sites qui en ont l’adresse.',
};
export function ConsignePage({ d, envois, total, tient, catalogue: cat, fait }: ConsignePageProps) {
  const accuses = total.filter((e) => e.accuseLe).length;
  const sansCourriel = total.filter((e) => e.courriel === '').length;
  return (
    <>
      <Fait code={fait} mots={FAITS} />
      <PageHeader
        titre={d.titre}
        surtitre={cat.territoires.get(d.territoireId)?.nom}
        etiquette={
          <>
            {d.exercice && <Tag ton="garance">exercice</Tag>} <Tag ton={d.leveeLe ? 'neutre' : 'bleu'}>{d.leveeLe ? 'levée' : 'en vigueur'}</Tag>
          </>
        }
      />
      {d.exercice && <EnExercice />}
      <Points points={d.points} />
      {d.precisionDite && (
        <InsetText>
          <p className="c-texte-brut">{d.precisionDite}</p>
        </InsetText>
      )}
      <SummaryList
        lignes={[
          { cle: 'Ordonnée par', valeur: `${cat.nomActeur(d.autoriteId)}, le ${jourEtHeure(d.ordonneeLe)}` },
          { cle: 'Diffusée par', valeur: `${d.diffuseePar} (${cat.nomActeur(d.organisationId)}), le ${jourEtHeure(d.diffuseeLe)}` },
          { cle: 'Version', valeur: `n° ${d.numero}` },
          { cle: 'À accuser avant le', valeur: jour(d.duLe) },
          ...(d.leveeLe ? [{ cle: 'Levée', valeur: `le ${jourEtHeure(d.leveeLe)}, par ${d.leveePar}` }] : []),
          ...(tient
            ? [
                { cle: 'Couverture', valeur: `${surTotal(accuses, total.length)} sites ont accusé réception` },
                ...(sansCourriel > 0
                  ? [{ cle: 'Sans correspondant', valeur: `${pluriel(sansCourriel, 'site')} : rappelé par les comptes de l’organisme, s’il en a` }]
                  : []),
              ]
            : []),
        ]}
      />
      <Section titre={tient ? 'Sites' : 'Vos sites'}>
        <Table
          legende="Sites concernés"
          legendeMasquee
          dense
          colonnes={[
            { cle: 'nom', titre: 'Site', entete: true, cellule: (e) => e.nom },
            { cle: 'organisme', titre: 'Organisme', cellule: (e) => cat.nomActeurA(e.organisationId, e.territoireId) },
            { cle: 'personne', titre: 'Correspondant', cellule: (e) => e.personne || 'aucun' },
            {
              cle: 'accuse',
              titre: 'Accusé',
              cellule: (e) =>
                e.accuseLe ? (
                  direAccuse(e)
                ) : e.accusable ? (
                  <Form action={`/alertes/consignes/${d.id}/accuser`} masques={{ envoi: e.id }}>
                    <Button petit variante="secondaire">
                      J’ai lu
                    </Button>
                  </Form>
                ) : d.leveeLe ? (
                  'non, avant la levée'
                ) : (
                  'attendu'
                ),
            },
          ]}
          lignes={envois}
          cle={(e) => e.id}
        />
      </Section>
      {tient && !d.leveeLe && (
        <Details resume="Lever cette consigne">
          <Form action={`/alertes/consignes/${d.id}/lever`}>
            <p className="govuk-body">Un courriel le dira aux sites qui en ont l’adresse ; plus rien n’est attendu d’eux.</p>
            <Button>Lever</Button>
          </Form>
        </Details>
      )}
      <p className="govuk-body">
        <LinkButton href="/alertes/consignes" variante="discret">
          Toutes les consignes
        </LinkButton>
      </p>
    </>
  );
}

/** For who has a link and no account. */
export function AccusePage({ envoi, d, catalogue: cat, action }: { envoi: Envoi; d: Diffusion; catalogue: Catalogue; action: string }) {
  return (
    <>
      <PageHeader titre={d.titre} surtitre={`Consigne pour ${envoi.nom}`} chapo={`${cat.nomActeur(d.autoriteId)}, le ${jourEtHeure(d.ordonneeLe)}.`} />
      {d.exercice && <EnExercice />}
      {d.leveeLe && <InsetText>Cette consigne est levée depuis le {jourEtHeure(d.leveeLe)}.</InsetText>}
      <Points points={d.points} />
      {d.precisionDite && <p className="govuk-body c-texte-brut">{d.precisionDite}</p>}
      {envoi.accuseLe ? (
        <NotificationBanner ton="succes">{`Vous avez dit l’avoir lue le ${jourEtHeure(envoi.accuseLe)}.`}</NotificationBanner>
      ) : (
        !d.leveeLe && (
          <Form action={action}>
            <Button>J’ai lu cette consigne</Button>
          </Form>
        )
      )}
    </>
  );
}
