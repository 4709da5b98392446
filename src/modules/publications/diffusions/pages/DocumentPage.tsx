import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { Fait } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { accorder, jour, jourEtHeure, surTotal } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { DocumentDiffuse, Lecteur } from '../diffusions.queries.ts';
import { CHEMIN } from '../lien.ts';
import { EtatDuDocument } from './DocumentsPage.tsx';
import { annoncer, QuiEstNomme } from './QuiEstNomme.tsx';

interface Props {
  d: DocumentDiffuse;
  sien: Lecteur | null;
  /** May this person read it now? */
  lisible: boolean;
  fini: boolean;
  /** Null for who only reads it. */
  lecteurs: readonly Lecteur[] | null;
  /** What replaced it. */
  suivant: string | null;
  catalogue: Catalogue;
  fait: string;
  retrait?: { motif: string; erreurs: readonly ErreurDeChamp[]; doutes: readonly ErreurDeChamp[] };
}
const FAITS: Readonly<Record<string, string>> = {
  diffuse: 'Le document est diffusé. Ses courriels partent.',
  remplace: 'La nouvelle version est diffusée aux mêmes personnes.',
  lu: 'C’est dit : vous l’avez lu.',
  retire: 'Le document est retiré : plus personne ne l’ouvre sans l’avoir déjà lu. Un courriel le dit à chaque personne de la liste.',
};
const VOIES = { compte: 'par son compte', lien: 'par le lien' } as const;

export const Contenu = ({ d, fichier }: { d: DocumentDiffuse; fichier: string }) => (
  <>
    {d.texte !== '' && <p className="govuk-body c-texte-brut">{d.texte}</p>}
    {d.fichierNom !== '' && (
      <p className="govuk-body">
        <a className="govuk-link" href={fichier} download>
          {`Télécharger « ${d.fichierNom} »`}
        </a>
      </p>
    )}
  </>
);

export function DocumentPage({ d, sien, lisible, fini, lecteurs, suivant, catalogue: c, fait, retrait }: Props) {
  const lus = lecteurs?.filter((l) => l.luLe).length ?? 0;
  return (
    <>
      <Fait code={fait} mots={FAITS} />
      <ErrorSummary erreurs={annoncer(retrait?.erreurs ?? [], retrait?.doutes ?? [])} />
      <PageHeader
        titre={d.titre}
        surtitre={`${c.nomActeur(d.organisationId)}, version ${d.version}`}
        etiquette={<EtatDuDocument d={{ retireLe: d.retireLe, aLire: sien ? sien.luLe === null : null }} />}
      />
      {d.retireLe && (
        <InsetText>
          {`Retiré le ${jourEtHeure(d.retireLe)}${d.retireMotif ? `. Motif : ${d.retireMotif}` : ''}.`}{' '}
          {suivant && (
            <a className="govuk-link" href={`${CHEMIN}/${suivant}`}>
              La version qui le remplace
            </a>
          )}
        </InsetText>
      )}
      {d.remplace && (
        <p className="govuk-body">
          Remplace{' '}
          <a className="govuk-link" href={`${CHEMIN}/${d.remplace}`}>
            {`la version ${d.version - 1}`}
          </a>
          .
        </p>
      )}
      {fini && !lecteurs && <InsetText>Sa diffusion a pris fin le {jour(d.jusquAu)}.</InsetText>}
      {lisible && <Contenu d={d} fichier={`${CHEMIN}/${d.id}/fichier`} />}
      {sien && !sien.luLe && !d.retireLe && !fini && (
        <Form action={`${CHEMIN}/${d.id}/lire`}>
          <p className="govuk-body">{`À lire avant le ${jour(d.lireAvant)}. L’ouvrir dit à qui vous l’adresse que vous l’avez lu.`}</p>
          <Button>Lire le document</Button>
        </Form>
      )}
      <SummaryList
        lignes={[
          { cle: 'Diffusé', valeur: `le ${jourEtHeure(d.diffuseLe)}${d.diffusePar ? `, par ${d.diffusePar}` : ''}` },
          { cle: 'À lire avant le', valeur: jour(d.lireAvant) },
          { cle: 'Consultable jusqu’au', valeur: jour(d.jusquAu) },
          ...(sien?.luLe ? [{ cle: 'Lu', valeur: `le ${jourEtHeure(sien.luLe)}` }] : []),
          ...(lecteurs
            ? [
                { cle: 'Adressé à', valeur: d.liste },
                { cle: 'Lu par', valeur: `${surTotal(lus, lecteurs.length)} ${accorder(lecteurs.length, 'personne')}` },
              ]
            : []),
        ]}
      />
      {lecteurs && (
        <Section titre="Qui l’a lu" id="lecteurs">
          <Table
            legende="Personnes de la liste : celles qui ne l’ont pas lu d’abord"
            legendeMasquee
            dense
            lignes={lecteurs}
            cle={(l) => l.id}
            colonnes={[
              { cle: 'nom', titre: 'Personne', entete: true, cellule: (l) => l.nom || 'nom effacé' },
              { cle: 'organisme', titre: 'Organisme', cellule: (l) => (l.organisationId ? c.nomActeur(l.organisationId) : '') },
              {
                cle: 'lu',
                titre: 'Lu',
                cellule: (l) =>
                  l.luLe && l.luVoie ? `le ${jourEtHeure(l.luLe)}, ${VOIES[l.luVoie as keyof typeof VOIES]}` : d.retireLe ? 'non' : 'pas encore',
              },
            ]}
          />
          {!d.retireLe && <p className="govuk-hint">{`Qui ne l’a pas lu est rappelé par courriel à partir du ${jour(d.lireAvant)}.`}</p>}
        </Section>
      )}
      {lecteurs && !d.retireLe && !d.anonymiseeLe && (
        <>
          <ButtonGroup>
            <LinkButton variante="secondaire" href={`${CHEMIN}/${d.id}/remplacer`}>
              Remplacer par une nouvelle version
            </LinkButton>
          </ButtonGroup>
          <Details resume="Retirer ce document" ouvert={retrait !== undefined}>
            <Form action={`${CHEMIN}/${d.id}/retirer`}>
              <TextInput
                nom="motif"
                libelle="Motif"
                aide="Chaque personne de la liste le reçoit par courriel."
                valeur={retrait?.motif ?? ''}
                erreur={erreurDe(retrait?.erreurs ?? [], 'motif')}
              />
              <QuiEstNomme doutes={retrait?.doutes ?? []} />
              <Button variante="secondaire">Retirer</Button>
            </Form>
          </Details>
        </>
      )}
    </>
  );
}
