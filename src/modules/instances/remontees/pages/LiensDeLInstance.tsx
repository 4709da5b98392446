/** On the page of a body: which it works for, which work for it, what it passed and received. */
import { Pagination } from '../../../../ui/Pagination.tsx';
import type { EnPages } from '../../../../core/http/list-page.ts';
import { LinkButton } from '../../../../ui/Button.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { jour, jourDuMoment } from '../../../../ui/typographie.ts';
import type { Rattachement } from '../../rattachements/rattachements.queries.ts';
import type { RemonteeDeListe } from '../remontees.queries.ts';
import { ETATS_REMONTEE, NATURES_REMONTEE } from '../remontees.rules.ts';

export interface LiensDeLInstanceProps {
  instanceId: string;
  parentes: readonly Rattachement[];
  filles: readonly Rattachement[];
  envoyees: EnPages<RemonteeDeListe>;
  recues: EnPages<RemonteeDeListe>;
  /** Speaks for the body; writes its mandate. */
  parle: boolean;
  gere: boolean;
}
const direTemps = (r: Rattachement): string => (r.fin ? `du ${jour(r.debut)} au ${jour(r.fin)}` : `depuis le ${jour(r.debut)}`);

export function LiensDeLInstance(p: LiensDeLInstanceProps) {
  const dites = p.parentes.filter((r) => r.autre !== null);
  const filles = p.filles.filter((r) => r.autre !== null);
  return (
    <>
      {(dites.length > 0 || filles.length > 0 || p.gere) && (
        <Section
          titre="Instances liées"
          id="instances-liees"
          actions={
            p.gere ? (
              <a className="govuk-link" href={`/instances/${p.instanceId}/rattachements/nouveau`}>
                Dire de quelle instance elle dépend
              </a>
            ) : undefined
          }
        >
          <SummaryList
            lignes={[
              ...dites.map((r) => ({
                cle: 'Dépend de',
                valeur: (
                  <>
                    <a className="govuk-link" href={`/instances/${r.parenteId}`}>
                      {r.autre}
                    </a>
                    , {direTemps(r)}
                    {r.mission && <span className="c-note c-paragraphes"> {r.mission}</span>}
                    {p.gere && (
                      <>
                        {' '}
                        <a className="govuk-link" href={`/instances/${p.instanceId}/rattachements/${r.id}`}>
                          Changer le mandat
                        </a>
                      </>
                    )}
                  </>
                ),
              })),
              ...(filles.length > 0
                ? [
                    {
                      cle: 'En dépendent',
                      valeur: filles.map((r, rang) => (
                        <span key={r.id}>
                          {rang > 0 && ', '}
                          <a className="govuk-link" href={`/instances/${r.instanceId}`}>
                            {r.autre}
                          </a>
                        </span>
                      )),
                    },
                  ]
                : []),
            ]}
          />
        </Section>
      )}
      {(p.parle || p.envoyees.lignes.length > 0 || p.recues.lignes.length > 0) && (
        <Section
          titre="Entre instances"
          id="remontees"
          actions={
            p.parle ? (
              <LinkButton variante="secondaire" petit href={`/instances/${p.instanceId}/remontees/nouvelle`}>
                Transmettre à une autre instance
              </LinkButton>
            ) : undefined
          }
        >
          <Liste id="recues" legende="Reçu d’autres instances" sens="De" remontees={p.recues} />
          <Liste id="envoyees" legende="Transmis à d’autres instances" sens="À" remontees={p.envoyees} />
          {p.recues.lignes.length + p.envoyees.lignes.length === 0 && (
            <p className="govuk-body">Rien n’a été transmis ni reçu. Une proposition transmise revient ici avec sa réponse.</p>
          )}
        </Section>
      )}
    </>
  );
}

function Liste({ id, legende, sens, remontees }: { id: string; legende: string; sens: 'De' | 'À'; remontees: EnPages<RemonteeDeListe> }) {
  if (remontees.lignes.length === 0) return null;
  return (
    <div id={id}>
      <Table
        legende={legende}
        dense
        lignes={remontees.lignes}
        cle={(r) => r.id}
        colonnes={[
          {
            cle: 'titre',
            titre: 'Objet',
            entete: true,
            cellule: (r) => (
              <>
                <a className="govuk-link" href={`/remontees/${r.id}`}>
                  {r.titre}
                </a>{' '}
                <span className="c-note">
                  {NATURES_REMONTEE[r.nature].toLowerCase()}, {jourDuMoment(r.creeLe)}
                </span>
              </>
            ),
          },
          { cle: 'autre', titre: sens, cellule: (r) => r.autre ?? 'une instance restreinte' },
          { cle: 'etat', titre: 'État', cellule: (r) => `${ETATS_REMONTEE[r.etat]}${r.reponse ? ` : ${r.reponse}` : ''}` },
        ]}
      />
      {remontees.pages && <Pagination {...remontees.pages} objet="transmission" />}
    </div>
  );
}
