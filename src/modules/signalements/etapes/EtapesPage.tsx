import type { ReactNode } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Circuit } from '../circuits/circuit.schema.ts';
import { ditDEtat, libelleDEtat } from '../circuits/circuit.rules.ts';
import { etatDe, estClos } from '../circuits/etats.ts';
import { aUnFormulaire } from '../compteurs/formulaire.tsx';
import { Ailleurs } from '../signaler/pages/Ailleurs.tsx';
import { ParLettre } from '../signaler/pages/SignalerPage.tsx';
import { etatsDans, type LigneDEtapes } from './etapes.rules.ts';

/** For who works: how many are at each step, service by service. */
interface Props {
  catalogue: Catalogue;
  circuits: readonly { circuit: Circuit; parLettre: string | null; lignes: readonly LigneDEtapes[] }[];
  /** How many times the blank form of each was taken. */
  diffusions: ReadonlyMap<string, number>;
  /** Circuits that others hold. */
  children?: ReactNode;
}
export function EtapesPage({ catalogue: cat, circuits, diffusions, children }: Props) {
  return (
    <>
      <PageHeader
        titre="Étapes des circuits"
        chapo="Combien de demandes sont à chaque étape, service par service, depuis le début. Une demande jointe à une autre avance avec elle, et n’est pas comptée à part. Une étape où il n’y en a aucune n’est pas montrée."
      />
      {circuits.map(({ circuit, parLettre, lignes }) => (
        <Section key={circuit.code} titre={circuit.titre} id={circuit.code}>
          <p className="govuk-body">
            <a className="govuk-link" href={`/signaler/${circuit.code}/parcours`}>
              Son parcours<span className="govuk-visually-hidden"> : {circuit.titre}</span>
            </a>
            {aUnFormulaire(circuit) && ` · formulaire à imprimer pris ${nombre(diffusions.get(circuit.code) ?? 0)} fois`}
            {parLettre && ` · lettres reçues à ${parLettre}`}
          </p>
          <Table
            legende={`Étapes : ${circuit.titre}`}
            legendeMasquee
            dense
            vide={<EmptyState titre="Rien encore">Aucune demande n’est passée par ce circuit.</EmptyState>}
            colonnes={[
              { cle: 'service', titre: 'Service', entete: true, cellule: (l) => cat.nomActeur(l.service) },
              { cle: 'recus', titre: 'Reçues', numerique: true, cellule: (l) => nombre(l.recus) },
              { cle: 'ouverts', titre: 'En cours', numerique: true, cellule: (l) => nombre(l.ouverts) },
              // A circuit has a dozen of them: those where none is take the place of the others.
              ...etatsDans(circuit.etats)
                .filter((e) => lignes.some((l) => l.etats.has(e)))
                .map((e) => ({
                  cle: e,
                  titre: libelleDEtat(circuit, e),
                  numerique: true,
                  cellule: (l: LigneDEtapes) => nombre(l.etats.get(e) ?? 0),
                })),
            ]}
            lignes={[...lignes].sort((a, b) => cat.nomActeur(a.service).localeCompare(cat.nomActeur(b.service), 'fr'))}
            cle={(l) => l.service}
          />
        </Section>
      ))}
      {children}
    </>
  );
}

/** For everyone: what happens to what is said in a circuit, by whom, how soon, and for how long it is kept. */
export function ParcoursPage({ circuit: c, catalogue: cat, parLettre }: { circuit: Circuit; catalogue: Catalogue; parLettre: string | null }) {
  const attend = { service: 'Un service', declarant: 'La personne qui a signalé', personne: 'Personne : c’est la fin' } as const;
  return (
    <>
      <PageHeader surtitre="Comment cela se passe" titre={c.titre} chapo={c.objet} />
      {c.exclut && <p className="govuk-body">{c.exclut}</p>}
      <ParLettre adresse={parLettre} />
      {aUnFormulaire(c) && (
        <Form action={`/signaler/${c.code}/formulaire`}>
          <p className="govuk-body">À remplir à la main et à remettre au service : rien n’en passe par ici. Seul le nombre de formulaires pris se compte.</p>
          <Button variante="secondaire">Télécharger le formulaire (PDF)</Button>
        </Form>
      )}
      <Table
        legende="Étapes"
        colonnes={[
          { cle: 'etape', titre: 'Étape', entete: true, cellule: (e) => libelleDEtat(c, e) },
          { cle: 'dit', titre: 'Ce qu’elle veut dire', cellule: (e) => ditDEtat(c, e) },
          { cle: 'qui', titre: 'Qui doit agir', cellule: (e) => attend[etatDe(e).attend] },
          { cle: 'delai', titre: 'Délai', cellule: (e) => (estClos(e) || c.etats[e]?.delai === undefined ? 'aucun' : pluriel(c.etats[e].delai, 'jour')) },
          { cle: 'suite', titre: 'Et ensuite', cellule: (e) => (c.etats[e]?.vers ?? []).map((v) => libelleDEtat(c, v)).join(', ') || 'rien de plus' },
        ]}
        lignes={etatsDans(c.etats)}
        cle={(e) => e}
      />
      <SummaryList
        lignes={[
          { cle: 'Pilote', valeur: cat.nomActeur(c.pilote) },
          { cle: 'Services', valeur: c.services.map((s) => cat.nomActeur(s)).join(', ') },
          {
            cle: 'Qui lit',
            valeur:
              c.lecture === 'services'
                ? 'Qui a fait la demande, les services qui s’en occupent, le pilote et la coordination.'
                : 'Le service en charge lit tout ; les autres partenaires lisent le quartier et le texte, sans ce qui dit qui est quelqu’un.',
          },
          {
            cle: 'Ce qui est gardé',
            valeur: `Après la fin : l’adresse de qui signale, ${pluriel(c.conservation.contact, 'jour')} ; les mots et le lieu exact, ${pluriel(c.conservation.contenu, 'jour')}.${
              c.transmis_sans_garder ? ' Ce qui est transmis est effacé d’ici : il ne reste qu’une date.' : ''
            }`,
          },
        ]}
      />
      <Ailleurs />
    </>
  );
}
