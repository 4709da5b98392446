import { Pagination } from '../../../ui/Pagination.tsx';
import type { EnPages } from '../../../core/http/list-page.ts';
import { Button } from '../../../ui/Button.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jourDuMoment } from '../../../ui/typographie.ts';
import type { Ouverte } from '../cellules.contexte.ts';
import type { ApportDe } from '../situations/situations.queries.ts';

export function ApportsPage({ vue: v, apports, retire }: { vue: Ouverte; apports: EnPages<ApportDe>; retire: boolean }) {
  return (
    <>
      {retire && <NotificationBanner ton="succes">Retiré. Une sauvegarde d’avant le garde jusqu’à la destruction de la situation.</NotificationBanner>}
      <PageHeader
        titre="Ce que mon institution a apporté"
        surtitre={v.nom}
        chapo={`${v.cat.nomActeur(v.moi.organisationId)} retire ce qu’elle a dit quand elle le décide, même d’une situation qu’elle ne lit plus.`}
      />
      <Table
        legende="Apports"
        legendeMasquee
        lignes={apports.lignes}
        cle={(a) => a.id}
        vide={<p className="govuk-body">Rien encore.</p>}
        colonnes={[
          { cle: 'situation', titre: 'Situation', entete: true, cellule: (a) => `n° ${a.numero}` },
          { cle: 'le', titre: 'Apporté', cellule: (a) => jourDuMoment(a.le) },
          {
            cle: 'retirer',
            titre: 'Retirer',
            titreMasque: true,
            cellule: (a) => (
              <Form action={`/cellules/${v.cellule.id}/situations/${a.situationId}/retirer/${a.id}`}>
                <Button petit variante="secondaire">
                  Retirer <span className="govuk-visually-hidden">ce qui est dit de la situation n° {a.numero}</span>
                </Button>
              </Form>
            ),
          },
        ]}
      />
      {apports.pages && <Pagination {...apports.pages} objet="apport" />}
    </>
  );
}
