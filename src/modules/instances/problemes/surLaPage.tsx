/** On the page of a body: the problems that it follows. */
import { Pagination } from '../../../ui/Pagination.tsx';
import { enPages } from '../../../core/http/list-page.ts';
import type { Contexte } from '../../../core/http/http.ts';
import { LinkButton } from '../../../ui/Button.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jourCourt } from '../../../ui/typographie.ts';
import { cadreDe, sousPromesse } from '../instances.contexte.ts';
import { peutDemander, peutLireSeances } from '../instances.policy.ts';
import type { PageDInstance } from '../reunions.ts';
import { listProblemes } from './problemes.queries.ts';
import { ETATS_PROBLEME } from './problemes.rules.ts';

const PAR_PAGE = 30;

export async function problemesDeLInstance(c: Contexte, p: PageDInstance) {
  const { instance: i, catalogue } = p;
  if (!p.lit || i.confidentialite === 'nommee') return null;
  const lus = await listProblemes(c.db, c.contrat.id, i.id);
  const problemes = lus.filter((x) => peutLireSeances(c.utilisateur, cadreDe(sousPromesse(i, x)), catalogue.contient));
  const ecrit = i.closeLe === null && peutDemander(c.utilisateur, cadreDe(i), catalogue.contient);
  if (problemes.length === 0 && !ecrit) return null;
  const { lignes, pages } = enPages(c, problemes, PAR_PAGE, 'problemes');
  return (
    <Section
      titre="Problèmes suivis"
      id="problemes"
      actions={
        ecrit ? (
          <LinkButton variante="secondaire" petit href={`/instances/${i.id}/problemes/nouveau`}>
            Ouvrir un problème
          </LinkButton>
        ) : undefined
      }
    >
      {problemes.length === 0 ? (
        <p className="govuk-body">Aucun problème n’est suivi. Une fois ouvert, un problème est proposé à chaque ordre du jour jusqu’à ce qu’il soit réglé.</p>
      ) : (
        <Table
          legende="Problèmes, les ouverts d’abord"
          legendeMasquee
          dense
          lignes={lignes}
          cle={(x) => x.id}
          colonnes={[
            {
              cle: 'titre',
              titre: 'Problème',
              entete: true,
              cellule: (x) => (
                <>
                  <a className="govuk-link" href={`/problemes/${x.id}`}>
                    {x.titre}
                  </a>
                  {x.lieu && <span className="c-note"> {x.lieu}</span>}
                </>
              ),
            },
            {
              cle: 'charge',
              titre: 'En charge',
              cellule: (x) => (x.organisationId ? catalogue.nomActeurA(x.organisationId, x.territoireId) : x.qui || 'à désigner'),
            },
            { cle: 'echeance', titre: 'Pour le', cellule: (x) => (x.echeance ? jourCourt(x.echeance) : '') },
            { cle: 'etat', titre: 'État', cellule: (x) => ETATS_PROBLEME[x.etat] },
          ]}
        />
      )}
      {pages && <Pagination {...pages} objet="problème" />}
    </Section>
  );
}
