import { createElement, Fragment } from 'react';
import { direModule, type Lien, moduleAttendu } from '../../../../core/capacites.ts';
import type { Bloc } from '../../../../core/module.ts';
import { InsetText } from '../../../../ui/InsetText.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { espacer, pluriel } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../catalogue.ts';
import type { Systeme } from '../../contrats.schema.ts';
import { type Demande, direDemande, type Service } from '../../couverture.rules.ts';
import { ancre } from '../../recherche/entrees.rules.ts';
import { ARCHETYPES, ETATS, EtatSystemeTag } from './mots.tsx';

export interface DispositifPageProps {
  catalogue: Catalogue;
  systeme: Systeme;
  service: Service;
  /** Pages of a demand that this reader may open. */
  ouvrables: (d: Demande) => readonly Lien[];
  /** What other modules say of it. */
  blocs: readonly Bloc[];
}

const phrase = (t: string) => t.charAt(0).toUpperCase() + t.slice(1);

const fichesDesLignes = (c: Catalogue) =>
  new Map(
    [...c.fiches.values()].flatMap((f) => f.actions.flatMap((a) => [a, ...a.lignes].map((l) => [l.id, { fiche: f.numero, libelle: l.libelle }] as const))),
  );

/** Records are named by the list that holds them: « L’enregistrement · Opérations : contrôle routier ». */
const direLaDemande = (d: Demande): string =>
  d.capacite === 'enregistrement' && d.liens?.[0] ? `L’enregistrement · ${d.liens[0].libelle}` : phrase(direDemande(d));

function Ou({ d, ouvrables, type }: { d: Demande; ouvrables: readonly Lien[]; type: string | undefined }) {
  if (!d.liens) return <>{espacer(`Attendu du module « ${direModule(moduleAttendu(d.capacite))} »`)}</>;
  if (ouvrables.length === 0) return <>Pour les personnes qui travaillent sur le contrat</>;
  const dire = (l: Lien, rang: number) => (d.capacite === 'enregistrement' ? 'Voir ces enregistrements' : rang === 0 && type ? type : l.libelle);
  return ouvrables.map((l, rang) => (
    <Fragment key={l.href}>
      {rang > 0 && <br />}
      <a className="govuk-link" href={l.href}>
        {dire(l, rang)}
        {d.capacite === 'enregistrement' && <span className="govuk-visually-hidden"> : {l.libelle}</span>}
      </a>
    </Fragment>
  ));
}

export function DispositifPage({ catalogue: c, systeme: s, service: v, ouvrables, blocs }: DispositifPageProps) {
  const fiches = s.fiches.flatMap((n) => c.fiches.get(n) ?? []);
  const lignes = fichesDesLignes(c);
  const manquent = v.demandes.filter((d) => d.liens === null);
  return (
    <>
      <PageHeader
        surtitre={`Dispositif ${s.id} · ${ARCHETYPES[s.archetype] ?? s.archetype}`}
        titre={s.nom}
        etiquette={<EtatSystemeTag etat={v.etat} />}
        chapo={ETATS[v.etat].sens}
      />
      {s.hors_perimetre === undefined ? (
        <Section titre="Ce qu’il demande">
          <p className="govuk-body">
            {v.demandes.length === 0
              ? 'Ce dispositif ne dit pas encore ce qu’il demande.'
              : `${pluriel(v.demandes.length, 'chose demandée', 'choses demandées')}, dont ${v.presentes} dans Concorde${manquent.length === 0 ? '.' : ` ; il en manque ${manquent.length}.`}`}
          </p>
          {v.demandes.length > 0 && (
            <Table
              legende="Ce que le dispositif demande, et où le trouver"
              legendeMasquee
              colonnes={[
                { cle: 'demande', titre: 'Demandé', entete: true, cellule: direLaDemande },
                { cle: 'etat', titre: 'Dans Concorde', cellule: (d) => (d.liens ? <Tag ton="vert">oui</Tag> : <Tag>attendu</Tag>) },
                {
                  cle: 'ou',
                  titre: 'Où',
                  cellule: (d) => (
                    <Ou
                      d={d}
                      ouvrables={ouvrables(d)}
                      type={d.objet.instance === undefined || d.objet.mesures ? undefined : c.typesInstance.get(d.objet.instance)?.nom}
                    />
                  ),
                },
              ]}
              lignes={v.demandes}
              cle={(d) => JSON.stringify([d.capacite, d.objet])}
            />
          )}
        </Section>
      ) : (
        <InsetText>{phrase(s.hors_perimetre)}.</InsetText>
      )}
      {createElement(Fragment, null, ...blocs.map((b) => b.corps))}
      <Section titre="D’où il vient">
        <SummaryList
          lignes={[
            { cle: 'Qui le porte', valeur: s.porteur },
            {
              cle: fiches.length > 1 ? 'Fiches' : 'Fiche',
              valeur:
                fiches.length === 0
                  ? 'L’ensemble du contrat'
                  : fiches.map((f) => (
                      <p key={f.numero} className="govuk-body govuk-!-margin-bottom-1">
                        <a className="govuk-link" href={`/fiches/${f.numero}`}>
                          {f.numero} {f.titre}
                        </a>
                      </p>
                    )),
            },
            ...(s.lignes.length > 0
              ? [
                  {
                    cle: s.lignes.length > 1 ? 'Lignes d’action' : 'Ligne d’action',
                    valeur: s.lignes.map((id) => {
                      const l = lignes.get(id);
                      return (
                        <p key={id} className="govuk-body govuk-!-margin-bottom-1">
                          <a className="govuk-link" href={`/fiches/${l?.fiche ?? ''}#${ancre(id)}`}>
                            {id}
                          </a>{' '}
                          {l?.libelle}
                        </p>
                      );
                    }),
                  },
                ]
              : []),
          ]}
        />
      </Section>
      <p className="govuk-body">
        <a className="govuk-link" href={`/dispositifs?archetype=${s.archetype}`}>
          Les autres dispositifs du même genre
        </a>
      </p>
    </>
  );
}
