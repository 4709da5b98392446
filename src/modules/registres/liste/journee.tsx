/** What « Ma journée » says of registers: what one records most, and what one's organisation recorded last. */
import { auTravail, type Utilisateur } from '../../../core/authorize.ts';
import type { Contexte } from '../../../core/http/http.ts';
import type { Emplacement } from '../../../core/module.ts';
import { ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { jourCourt } from '../../../ui/typographie.ts';
import { choisirLieu, getCatalogue, type Lieu } from '../../contrats/index.ts';
import { definitionsDecouvertes } from '../registres.definitions.ts';
import { peutCreer } from '../registres.policy.ts';
import { nouveauNom } from '../registres.rules.ts';
import { listDernieresSaisies } from './liste.queries.ts';

const MONTRES = 10;
const PROPOSES = 3;

const definitions = new Map(definitionsDecouvertes.map((d) => [d.code, d]));
const dernieres = (c: Contexte, u: Utilisateur, lieu?: Lieu) => listDernieresSaisies(c.db, c.contrat.id, u.organisationId, lieu?.territoires, MONTRES);

/** Registers to write in: what this organisation recorded most lately comes first; someone new is offered the first ones. */
export const enregistrer: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u) return null;
  const metier = auTravail(u);
  const habituels = metier ? (await dernieres(c, u)).map((s) => s.registre) : [];
  const proposes = [...new Set([...habituels, ...definitions.keys()])]
    .flatMap((code) => definitions.get(code) ?? [])
    .filter((d) => peutCreer(u, d))
    .slice(0, PROPOSES);
  if (proposes.length === 0) return null;
  const corps = metier ? (
    <ButtonGroup>
      {proposes.map((d) => (
        <LinkButton key={d.code} variante="secondaire" href={`/registres/${d.code}/nouveau`}>
          {nouveauNom(d)}
        </LinkButton>
      ))}
    </ButtonGroup>
  ) : (
    <EmptyState
      titre="Votre mandat ouvre un registre"
      actions={proposes.flatMap((d) => [
        { libelle: 'Lire le registre', href: `/registres/${d.code}` },
        { libelle: nouveauNom(d), href: `/registres/${d.code}/nouveau` },
      ])}
    >
      Vous y lisez et y enregistrez ; le reste de la plateforme ne vous est pas ouvert.
    </EmptyState>
  );
  return { rang: 10, corps };
};

export const derniersEnregistrements: Emplacement<null> = async (c) => {
  const u = c.utilisateur;
  if (!u || !auTravail(u)) return null;
  const lieu = choisirLieu(u, '', await getCatalogue(c.db, c.contrat.id));
  const lignes = await dernieres(c, u, lieu);
  // Who records nothing is not told that nothing was.
  if (lignes.length === 0 && ![...definitions.values()].some((d) => peutCreer(u, d))) return null;
  const corps = (
    <Section
      titre={`Derniers enregistrements de votre organisation${lieu.nom ? `, ${lieu.nom}` : ''}`}
      actions={
        <a className="govuk-link" href="/registres">
          Tous les registres
        </a>
      }
    >
      <Table
        legende="Derniers enregistrements"
        legendeMasquee
        dense
        vide={
          <EmptyState titre="Aucun enregistrement" actions={[{ libelle: 'Ouvrir les registres', href: '/registres' }]}>
            Ce que votre organisation enregistre apparaîtra ici, et comptera pour les fiches concernées.
          </EmptyState>
        }
        colonnes={[
          { cle: 'jour', titre: 'Date', cellule: (s) => jourCourt(s.jour) },
          {
            cle: 'titre',
            titre: 'Intitulé',
            entete: true,
            cellule: (s) => (
              <a className="govuk-link" href={`/registres/${s.registre}/${s.id}`}>
                {s.titre}
              </a>
            ),
          },
          { cle: 'registre', titre: 'Registre', cellule: (s) => definitions.get(s.registre)?.libelle ?? s.registre },
        ]}
        lignes={lignes}
        cle={(s) => s.id}
      />
    </Section>
  );
  return { rang: 70, corps };
};
