import { Button } from '../../../../ui/Button.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { jourDuMoment } from '../../../../ui/typographie.ts';
import { type Catalogue, type Lieu, TOUT } from '../../../contrats/index.ts';
import { nomEntier } from '../../instances.noms.rules.ts';
import type { Instance } from '../../instances.types.ts';
import type { Contribution } from '../contributions.queries.ts';
import { direEtat, estRetiree } from '../contributions.rules.ts';

export function ParticiperPage({ instances, catalogue: c, lieu }: { instances: readonly Instance[]; catalogue: Catalogue; lieu: Lieu }) {
  const premiers = c.enfants(c.racine.id);
  return (
    <>
      <PageHeader
        titre="Participer"
        chapo="Écrivez à une instance publique près de chez vous. Elle lit, en débat et répond ici, sans vous demander votre nom."
      />
      <form method="get" className="c-filtres-ligne">
        <Select
          nom="territoire"
          libelle="Où"
          valeur={lieu.territoire || TOUT}
          options={[{ valeur: TOUT, libelle: c.racine.nom }, ...premiers.map((t) => ({ valeur: t.id, libelle: t.nom }))]}
        />
        <Button variante="secondaire">Voir</Button>
      </form>
      <Table<Instance>
        legende="Instances ouvertes aux habitants"
        legendeMasquee
        lignes={instances}
        cle={(i) => i.id}
        vide={<EmptyState titre="Aucune instance ouverte ici">Choisissez un autre lieu, ou tout le territoire.</EmptyState>}
        colonnes={[
          {
            cle: 'nom',
            titre: 'Instance',
            entete: true,
            cellule: (i) => (
              <a className="govuk-link" href={`/participer/${i.id}`}>
                {nomEntier(i, c)}
              </a>
            ),
          },
          { cle: 'lieu', titre: 'Où', cellule: (i) => c.territoires.get(i.territoireId)?.nom ?? '' },
          { cle: 'objet', titre: 'De quoi elle parle', phrases: true, cellule: (i) => i.objet },
        ]}
      />
    </>
  );
}

interface ContribuerProps {
  instance: Instance;
  catalogue: Catalogue;
  contributions: readonly Contribution[];
  suite: boolean;
  page: number;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
export const EtatDit = ({ k }: { k: Pick<Contribution, 'etat' | 'accepteeLe' | 'anonymiseeLe'> }) => (
  <Tag ton={k.anonymiseeLe ? 'neutre' : k.etat === 'repondue' ? 'vert' : k.etat === 'acceptee' ? 'bleu' : k.etat === 'recue' ? 'laiton' : 'neutre'}>
    {direEtat(k)}
  </Tag>
);

export function ContribuerPage({ instance: i, catalogue: c, contributions, suite, page, champs, erreurs }: ContribuerProps) {
  const commun = (nom: string) => ({ nom, valeur: champs[nom] ?? '', erreur: erreurDe(erreurs, nom) });
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre={nomEntier(i, c)} surtitre="Participer" chapo={i.objet} />
      <Section titre="Proposer un sujet" id="proposer">
        <p className="govuk-body">
          Votre texte est lu avant d’être publié. Accepté, il vient à l’ordre du jour, et la réponse se lit sur cette page. Aucun nom n’est demandé ni gardé.
        </p>
        <Form action={`/participer/${i.id}`}>
          <TextInput {...commun('objet')} libelle="De quoi s’agit-il" />
          <Textarea {...commun('texte')} libelle="Votre proposition" aide="Sans nom, adresse ni téléphone de personne." max={1500} lignes={6} />
          <Button>Envoyer</Button>
        </Form>
      </Section>
      <Section titre="Ce que les habitants proposent" id="contributions">
        {contributions.length === 0 ? (
          <p className="govuk-body">{page > 1 ? 'Rien de plus ancien.' : 'Aucune contribution n’est publiée pour l’instant.'}</p>
        ) : (
          contributions.map((k) => (
            <article key={k.id} className="govuk-!-margin-bottom-6">
              <h3 className="govuk-heading-s govuk-!-margin-bottom-1">
                {k.objet} <EtatDit k={k} />
              </h3>
              <p className="govuk-body c-texte-brut">{k.texte}</p>
              {k.reponse && k.repondueLe && (
                <InsetText>
                  <p className="govuk-body-s govuk-!-margin-bottom-1">{`Réponse du ${jourDuMoment(k.repondueLe)}`}</p>
                  <p className="govuk-body c-texte-brut">{k.reponse}</p>
                </InsetText>
              )}
            </article>
          ))
        )}
        {suite && (
          <p className="govuk-body">
            <a className="govuk-link" href={`/participer/${i.id}?page=${page + 1}`}>
              Contributions plus anciennes
            </a>
          </p>
        )}
      </Section>
    </>
  );
}

const DITS: Readonly<Record<Contribution['etat'], string>> = {
  recue: 'Elle attend d’être lue. Gardez l’adresse de cette page pour la suivre.',
  acceptee: 'Elle est publiée, et demandée à l’ordre du jour.',
  ecartee: 'Elle n’est pas publiée.',
  repondue: 'La réponse est publiée.',
};
function direSuivi(k: Contribution): string {
  if (k.anonymiseeLe) return 'Ses mots sont effacés, le délai pour les garder est passé.';
  return estRetiree(k) ? 'Elle a été publiée, puis retirée.' : DITS[k.etat];
}
export function SuiviPage({ k }: { k: Contribution }) {
  return (
    <>
      <PageHeader titre={k.objet} surtitre="Votre contribution" etiquette={<EtatDit k={k} />} chapo={direSuivi(k)} />
      {k.motif && <InsetText>{`Motif : ${k.motif}`}</InsetText>}
      {k.texte && <p className="govuk-body c-texte-brut">{k.texte}</p>}
      {k.reponse && (
        <InsetText>
          <p className="govuk-body c-texte-brut">{k.reponse}</p>
        </InsetText>
      )}
      <p className="govuk-body">
        <a className="govuk-link" href={`/participer/${k.instanceId}`}>
          Toutes les contributions à cette instance
        </a>
      </p>
    </>
  );
}
