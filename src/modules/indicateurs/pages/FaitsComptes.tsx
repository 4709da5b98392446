import { LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jourCourt, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import { type AtomePreuve, FAITS_PAR_PAGE, type Preuve } from '../preuve/preuve.ts';

interface Props {
  atome: AtomePreuve;
  /** What this list holds, apart from the others of the page. */
  titre: string;
  rang: number;
  preuve: Preuve;
  catalogue: Catalogue;
  page: number;
  peutOuvrir: boolean;
  connecte: boolean;
}

/** The records that a figure counts: exactly those of its formula, page by page. */
export function FaitsComptes({ atome: a, titre, rang, preuve, catalogue: c, page, peutOuvrir, connecte }: Props) {
  const { mesure: m, periode, territoireId } = preuve;
  const adresse = (chemin: string, n?: number) => `/chiffres/${m.id}${chemin}?periode=${periode}&territoire=${territoireId}${n ? `&page=${n}` : ''}`;
  const id = `comptes-${rang + 1}`;
  if (a.compte === null)
    return (
      <Section titre={titre} niveau={3}>
        <InsetText>
          Ce registre n’est pas public : ni ses enregistrements ni leur nombre ne se lisent ici.{' '}
          {!connecte && (
            <a className="govuk-link" href={`/connexion?retour=${encodeURIComponent(adresse(''))}`}>
              Connectez-vous pour les voir.
            </a>
          )}
        </InsetText>
      </Section>
    );
  if (a.faits === null)
    return (
      <Section titre={titre} niveau={3}>
        <InsetText>
          {pluriel(a.compte, 'enregistrement')} {a.compte > 1 ? 'entrent' : 'entre'} dans ce chiffre. Ce registre n’est pas public :{' '}
          {connecte ? (
            'votre mandat ne permet pas de l’ouvrir.'
          ) : (
            <a className="govuk-link" href={`/connexion?retour=${encodeURIComponent(adresse(''))}`}>
              connectez-vous pour les voir.
            </a>
          )}
        </InsetText>
      </Section>
    );
  if (a.compte === 0)
    return (
      <Section titre={titre} niveau={3}>
        <EmptyState
          titre="Aucun enregistrement sur cette période"
          actions={peutOuvrir ? [{ libelle: 'Ajouter un enregistrement', href: `/registres/${a.source.nom}/nouveau` }] : []}
        >
          Personne n’a enregistré d’activité qui compte pour ce chiffre ici.
        </EmptyState>
      </Section>
    );
  const somme = a.atome.mode === 'somme' ? a.source.quantites[a.atome.colonne ?? ''] : undefined;
  return (
    <Section titre={titre} niveau={3} id={id}>
      <Table
        legende={`${pluriel(a.compte, 'enregistrement')}, les plus récents d’abord`}
        colonnes={[
          { cle: 'jour', titre: 'Date', cellule: (f) => jourCourt(f.jour) },
          {
            cle: 'titre',
            titre: 'Intitulé',
            entete: true,
            cellule: (f) =>
              peutOuvrir ? (
                <a className="govuk-link" href={a.source.lien(f.id)}>
                  {f.titre}
                </a>
              ) : (
                f.titre
              ),
          },
          { cle: 'territoire', titre: 'Lieu', cellule: (f) => c.territoires.get(f.territoireId)?.nom ?? f.territoireId },
          { cle: 'organisation', titre: 'Organisation', cellule: (f) => (f.organisationId ? c.nomActeur(f.organisationId) : '') },
          ...(somme
            ? [
                {
                  cle: 'quantite',
                  titre: somme.libelle,
                  numerique: true,
                  cellule: (f: (typeof a.faits & object)[number]) => (f.quantite === null ? 'non renseigné' : nombre(f.quantite)),
                },
              ]
            : []),
        ]}
        lignes={a.faits}
        cle={(f) => f.id}
        dense
      />
      <Pagination page={page} total={a.compte} parPage={FAITS_PAR_PAGE} href={(n) => `${adresse('', n)}#${id}`} objet="enregistrement" />
      <LinkButton variante="secondaire" petit telecharger href={`${adresse('/enregistrements.csv')}&source=${a.source.nom}`}>
        Télécharger ces enregistrements (CSV)
      </LinkButton>
    </Section>
  );
}
