import { Pagination } from '../../../../ui/Pagination.tsx';
import type { EnPages } from '../../../../core/http/list-page.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jour, jourEtHeure } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import { direBesoin } from '../../referentiel/besoins.ts';
import { direVerification, lieuEcrit } from '../../trouver/pages/parts.tsx';
import type { Acces } from '../../verification/lien.ts';
import { direChangement } from '../changements.ts';
import type { Service, StructureTenue, Version } from '../structures.queries.ts';

const VOIES: Readonly<Record<string, string>> = {
  page: 'sur cette page',
  lien: 'par le lien reçu',
  import: 'par un fichier',
  commande: 'en ligne de commande',
};
export function StructureTenuePage(p: {
  structure: StructureTenue;
  catalogue: Catalogue;
  services: readonly Service[];
  versions: EnPages<Version>;
  acces: Acces | null;
  /** Its link still opens the card. */
  valide: boolean;
  /** May correct it. */
  tient: boolean;
  aujourdhui: string;
  fait: string;
}) {
  const s = p.structure;
  const base = `/annuaire/structures/${s.id}`;
  return (
    <>
      {p.fait === 'lien' && <NotificationBanner ton="succes">Le lien est parti vers le correspondant.</NotificationBanner>}
      <PageHeader
        titre={s.nom}
        surtitre={lieuEcrit(s, p.catalogue)}
        chapo={direVerification(s, p.aujourdhui).phrase}
        actions={
          <>
            {p.tient && <LinkButton href={`${base}/corriger`}>Corriger</LinkButton>}
            {s.etat === 'publiee' && !s.jointeA && (
              <LinkButton href={`/aide/lieux/${s.id}`} variante="secondaire">
                Voir la fiche publique
              </LinkButton>
            )}
          </>
        }
      />
      {s.jointeA && (
        <InsetText>
          Réuni à <a href={`/annuaire/structures/${s.jointeA}`}>une autre fiche</a>, qui montre ses services. Rien n’est effacé : les échanges permettent de les
          séparer.
        </InsetText>
      )}
      {s.aRelire && (
        <InsetText>
          Comment joindre ce lieu a été corrigé par le lien du correspondant : relisez l’historique, puis <a href={`${base}/corriger`}>corrigez</a> ou cochez «
          J’ai tout relu », avant le {jour(s.revoirLe)}.
        </InsetText>
      )}
      {s.etat === 'retiree' && <InsetText>Retiré : le public ne le trouve plus.</InsetText>}
      <SummaryList
        lignes={[
          {
            cle: 'Organisme qui en répond',
            valeur: s.organisationId ? p.catalogue.nomActeur(s.organisationId) : 'aucun : la coordination du contrat doit vérifier cette fiche',
          },
          ...(s.source ? [{ cle: 'Source', valeur: s.source }] : []),
          ...(s.systemes.length > 0
            ? [
                {
                  cle: 'Nommé par le contrat',
                  valeur: s.systemes.map((x) => (
                    <span key={x}>
                      <a className="govuk-link" href={`/dispositifs/${x}`}>
                        {p.catalogue.systemes.get(x)?.nom ?? x}
                      </a>
                      <br />
                    </span>
                  )),
                },
              ]
            : []),
          ...(p.tient
            ? [
                {
                  cle: 'Correspondant',
                  valeur: p.acces
                    ? `${p.acces.nom}, ${p.acces.courriel}${p.acces.envoyeLe ? `, lien envoyé le ${jourEtHeure(p.acces.envoyeLe)}` : ''}${p.valide ? '' : ', qui n’ouvre plus : renvoyez-le'}`
                    : 'aucun',
                },
              ]
            : []),
        ]}
      />
      {p.tient && p.acces && s.etat === 'publiee' && (
        <Form action={`${base}/lien`}>
          <Button variante="secondaire">Demander au correspondant de vérifier</Button>
        </Form>
      )}
      <Section
        titre="Ce qui y est proposé"
        id="services"
        actions={
          p.tient ? (
            <a className="govuk-link" href={`${base}/services/nouveau`}>
              Ajouter un service
            </a>
          ) : undefined
        }
      >
        {p.services.length === 0 && (
          <p className="govuk-body">Rien encore : tant qu’aucun besoin n’est coché, ce lieu n’est trouvé que par son nom et son territoire.</p>
        )}
        <ul className="govuk-list govuk-list--bullet">
          {p.services.map((v) => (
            <li key={v.id}>
              {p.tient ? (
                <a className="govuk-link" href={`${base}/services/${v.id}`}>
                  {v.nom}
                </a>
              ) : (
                v.nom
              )}
              {v.besoins.length > 0 && ` : ${v.besoins.map(direBesoin).join(', ')}`}
              {v.retireLe && ' (n’est plus proposé)'}
            </li>
          ))}
        </ul>
      </Section>
      {p.tient && (
        <Section titre="Historique" id="historique">
          <p className="govuk-body-s">Rétablir ramène ce que le public lisait. L’organisme, le territoire, le refuge et le correspondant restent.</p>
          <Table
            legende="Versions de la fiche"
            legendeMasquee
            dense
            colonnes={[
              { cle: 'version', titre: 'Version', entete: true, cellule: (v) => `${v.version}, ${v.quoi}` },
              { cle: 'qui', titre: 'Par', cellule: (v) => `${v.par}, ${VOIES[v.voie] ?? v.voie}, le ${jourEtHeure(v.le)}` },
              {
                cle: 'quoi',
                titre: 'Changements',
                cellule: (v) =>
                  Object.entries(v.champs)
                    .map(([champ, [a, b]]) => direChangement(champ, a, b))
                    .join(' ; ') || 'aucun',
              },
              {
                cle: 'acte',
                titre: 'Rétablir',
                titreMasque: true,
                cellule: (v) =>
                  v.version < s.version ? (
                    <Form action={`${base}/retablir`} masques={{ jusqua: String(v.version) }}>
                      <Button variante="discret" petit>
                        Rétablir<span className="govuk-visually-hidden"> la version {v.version}</span>
                      </Button>
                    </Form>
                  ) : (
                    'en ligne'
                  ),
              },
            ]}
            lignes={p.versions.lignes}
            cle={(v) => String(v.version)}
          />
          {p.versions.pages && <Pagination {...p.versions.pages} objet="version" />}
          <Form action={`${base}/retirer`} masques={{ acte: s.etat === 'publiee' ? 'retirer' : 'remettre' }}>
            <Button variante={s.etat === 'publiee' ? 'danger' : 'secondaire'}>
              {s.etat === 'publiee' ? 'Retirer de ce que voit le public' : 'Remettre en ligne'}
            </Button>
          </Form>
        </Section>
      )}
    </>
  );
}
